"""A database for measuring, on the server that DATABASE_URL names: made empty, dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """An empty, migrated database; on PostgreSQL without parallel workers, whose CPU nobody would count."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                name = connection.ops.quote_name(connection.settings_dict["NAME"])
                cursor.execute(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0")
            connection.close()
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def address() -> str:
    """The DATABASE_URL of the database that is measured now, for processes started beside this one."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
