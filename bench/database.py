"""A database for measuring, on the server that DATABASE_URL names: made empty, dropped afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

BEFORE = connection.settings_dict["NAME"]


@contextmanager
def database_of_its_own() -> Iterator[None]:
    """An empty, migrated database; on PostgreSQL without parallel workers, whose CPU nobody would count."""
    try:
        make_anew()
        yield
    finally:
        connection.creation.destroy_test_db(BEFORE, verbosity=0)


def make_anew() -> None:
    """The measured database, empty: again for what is compared at two sizes."""
    if connection.settings_dict["NAME"] != BEFORE:
        connection.creation.destroy_test_db(BEFORE, verbosity=0)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(connection.settings_dict["NAME"])
            cursor.execute(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0")
        connection.close()


@contextmanager
def unchecked() -> Iterator[None]:
    """Rows written by the million without asking triggers and foreign keys of each, where PostgreSQL lets us."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('is_superuser') = 'on'")
            if cursor.fetchone()[0]:
                cursor.execute("SET session_replication_role = replica")
                try:
                    yield
                finally:
                    cursor.execute("SET session_replication_role = DEFAULT")
                return
    yield


def address() -> str:
    """The DATABASE_URL of the database that is measured now, for processes started beside this one."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
