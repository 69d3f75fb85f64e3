"""Statements that the ORM puts into words once and that are asked with other values from then on: pages that everybody
opens all day spend half of their time on the words otherwise."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

DAY = date(1, 2, 3)  # stands in a statement where a day of the reader's will


@lru_cache(maxsize=16)
def _words(rows: Callable[[], QuerySet[Any, Any]], vendor: str) -> tuple[str, tuple[Any, ...], dict[int, Any]]:
    """SQL, its values, and what makes Python's values of the database's; per vendor."""
    compiler = rows().query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    return sql, tuple(params), compiler.get_converters([column[0] for column in compiler.select])


def asked(rows: Callable[[], QuerySet[Any, Any]], values: Mapping[Any, Any]) -> list[list[Any]]:
    """The rows of a `values_list` query, in its columns' order.

    rows: a function at the top of a module that makes the query with stand-ins (negative keys, DAY). values: what
    each stand-in is this time.
    """
    sql, params, converters = _words(rows, connection.vendor)
    adapted = {_adapted(stand_in): _adapted(value) for stand_in, value in values.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql, [adapted.get(value, value) for value in params])
        found = [list(row) for row in cursor.fetchall()]
    for column, (functions, expression) in converters.items():
        for row in found:
            for function in functions:
                row[column] = function(row[column], expression, connection)
    return found


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
