"""Statements that the ORM puts into words once and that are asked with other values from then on.

A page of eight statements spends half of its time on their words, the same for everybody, each time anew. So:

    tasks = asked(lambda me: Reading.objects.editable_by(me).select_related("version"), request.user)

It stands in this app because every other one may import it.
"""

import re
import sys
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import QuerySet
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from journal import clock

R = TypeVar("R")
Shape = tuple[Any, ...]
STAND_INS = range(2_011_000_000, 2_012_000_000, 997)  # no key of ours is one, and any integer column could hold one
MARK = re.compile(r"2011\d{6}")  # one of them, or what somebody reckoned of one
MOST = 512  # values; a longer list is asked for as it is
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # as SQLite is told one


def asked(rows: Callable[..., QuerySet[Any, R]], *given: Any) -> list[R]:
    """What the queryset of `rows(*given)` finds. Its SQL is made once for each shape of what is given.

    rows: a function or lambda that makes the queryset of what it is given and of nothing else. It is called with
    stand-ins, so it hands on what it gets and asks nothing about it.
    given: objects of models, ints, UUIDs and lists of ints may differ from call to call. Of an object, `rows` knows the
    key, the foreign keys, and the fields that its model names in `decides`. Words, days, flags and None belong to the
    shape, as do the reader's day, time zone and language: let none of them come from somebody's keyboard.

    A statement that names a moment, which would stay the first one, is made anew each time. Raises RuntimeError where
    `rows` has values of its own from around it, asks on the way, reckons with a value or slices by one.
    """
    code = rows.__code__
    if rows.__closure__ or rows.__defaults__:
        raise RuntimeError(f"{rows.__qualname__} brings values along: give them")
    shape: list[Any] = []
    values: list[Any] = []
    for each in given:
        form, theirs = _taken_apart(each)
        shape.append(form)
        values += theirs
    statement = _statement(rows.__module__, code, tuple(shape), _around(), connection.vendor)
    return statement.asked(values) if statement else list(rows(*given))


def first(rows: Callable[..., QuerySet[Any, R]], *given: Any) -> R | None:
    """The first of asked(), for a queryset that finds one or few; None if there is none."""
    return next(iter(asked(rows, *given)), None)


@dataclass(frozen=True)
class _Varies:
    """Something given, as part of the shape. numbers: how many of a list. names, said: of a model's object, the fields
    that differ, and those that are the same for all who share the words."""

    kind: type
    numbers: int = 0
    names: tuple[str, ...] = ()
    said: tuple[tuple[str, Any], ...] = ()

    def stand_in(self, free: Iterator[int]) -> tuple[Any, list[Any]]:
        """What stands for it, and what then stands in the statement for each of its values."""
        if self.kind is UUID:
            one = UUID(int=next(free))
            return one, [one]
        numbers = [next(free) for _each in self.names or range(self.numbers or 1)]
        if self.kind is int:
            return numbers[0], numbers
        if self.kind is list:
            return numbers, list(numbers)
        known = dict([*zip(self.names, numbers, strict=True), *self.said])
        fields = [field.attname for field in self.kind._meta.concrete_fields if field.attname in known]  # type: ignore[attr-defined]
        return self.kind.from_db(connection.alias, fields, [known[name] for name in fields]), numbers  # type: ignore[attr-defined]


@dataclass(frozen=True)
class _Statement:
    """converters: what makes Python's values of the database's. places: in `params`, of a value, and of which one."""

    rows: QuerySet[Any, Any]
    compiler: Any
    converters: Any
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]

    def asked(self, values: list[Any]) -> list[Any]:
        params = list(self.params)
        for place, which in self.places:
            params[place] = _adapted(values[which])
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_options, **_named: (self.sql, tuple(params))
        compiler.get_converters = lambda _columns: self.converters
        rows = self.rows._clone()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_options, **_named: compiler
        return list(rows)


def _taken_apart(given: Any) -> tuple[Any, list[Any]]:
    """(what decides on the words, what may differ)."""
    if type(given) is int or isinstance(given, UUID):
        return _Varies(type(given)), [given]
    if isinstance(given, list):  # filled up to the next power of two: few shapes for lists of any length
        room = 1 << (len(given) - 1).bit_length() if given else 0
        return (_Varies(list, room), [*given, *given[:1] * (room - len(given))]) if given else ((), [])
    if not isinstance(given, models.Model):
        return given, []
    given = getattr(given, "_wrapped", given)  # request.user stands behind a curtain, which the look above has drawn
    known: dict[str, Any] = given.__dict__
    model: Any = type(given)
    keys, decides = _fields(model)
    names = tuple(name for name in keys if known.get(name) is not None)
    said = tuple((name, None) for name in keys if name in known and known[name] is None)
    return (
        _Varies(model, 0, names, said + tuple((name, known[name]) for name in decides if name in known)),
        [known[name] for name in names],
    )


@lru_cache
def _fields(model: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys and foreign keys; what else querysets ask of an object in Python, so that other words may follow."""
    keys = [f.attname for f in model._meta.concrete_fields if f.primary_key or f.many_to_one or f.one_to_one]
    return tuple(keys), tuple(getattr(model, "decides", ()))


@lru_cache(maxsize=2000)
def _statement(
    module: str, code: CodeType, shape: tuple[Any, ...], around: tuple[Any, ...], vendor: str
) -> _Statement | None:
    """The words for a shape, around a reader, in a vendor's SQL; None where they are not worth keeping."""
    rows = cast(Callable[..., QuerySet[Any, Any]], FunctionType(code, vars(sys.modules[module])))
    if sum(each.numbers for each in shape if isinstance(each, _Varies)) > MOST:
        return None
    free = iter(STAND_INS)
    stand_ins = [each.stand_in(free) if isinstance(each, _Varies) else (each, []) for each in shape]
    numbers = [_adapted(number) for _one, theirs in stand_ins for number in theirs]
    _ = connection.features.supports_json_field  # SQLite is asked once a connection, by what first speaks of JSON
    with connection.execute_wrapper(_refuse):
        found = rows(*(one for one, _theirs in stand_ins))
        compiler = found.query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
    places = tuple((n, numbers.index(param)) for n, param in enumerate(params) if param in numbers)
    own = {n for n, _which in places}
    rest = [param for n, param in enumerate(params) if n not in own]
    alone = {_adapted(number) for one, theirs in stand_ins if not isinstance(one, models.Model) for number in theirs}
    if (
        any(number not in params for number in alone)
        or MARK.search(sql)
        or any(MARK.search(str(param)) for param in rest)
    ):
        raise RuntimeError(f"{code.co_filename}:{code.co_firstlineno} reckons with a value or loses one: {sql} {rest}")
    if any(isinstance(param, datetime) or MOMENT.match(str(param)) for param in rest):
        return None
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return _Statement(found, compiler, converters, sql, tuple(params), places)


def _around() -> Shape:
    """What a queryset may take from around its reader: the day, the time zone, the language."""
    return clock.today(), get_current_timezone_name(), get_language()


def _adapted(value: Any) -> Any:
    native = connection.features.has_native_uuid_field
    return value.hex if isinstance(value, UUID) and not native else value


def _refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise RuntimeError(f"a statement that is being prepared would ask another on the way: {sql}")
