"""A file's rows into ImportRow: each cell cleaned and looked at by itself, in one pass with flat memory."""

import io
import re
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, transaction

from people.models import ImportRow, ImportRun
from people.tables import Row, Table, day_of

BATCH = 5_000
COLUMNS = (
    *("run_id", "line", "verdict", "name", "email", "staff_number", "preferred_name", "job_title", "department"),
    *("site", "manager", "hired_on", "left_on", "problem", "field", "value", "at_reading"),
)
LIMITS = {
    "name": 120, "first_name": 60, "last_name": 59, "email": 254, "staff_number": 40, "preferred_name": 120,
    "job_title": 120, "department": 300, "site": 120, "manager": 254,
}  # fmt: skip
FORMULA = tuple("=+@-")
EMAIL = re.compile(r"[a-z0-9!#$%&'*/?^_`{|}~][a-z0-9.!#$%&'*+/=?^_`{|}~-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}")

Clean = Callable[[str], Any]


class _BadCell(ValueError):
    """Carries the field, what is wrong with it and what stood there: makes the row a bad one."""


def _text(field: str, raw: str) -> str:
    limit = LIMITS[field]
    if len(raw) > limit * 4 + 100:
        raise _BadCell(field, "too_long", raw)
    text = " ".join(raw.split())
    if len(text) > limit:
        raise _BadCell(field, "too_long", raw)
    if not text.isprintable():  # control characters, zero width, turned direction
        raise _BadCell(field, "unprintable", raw)
    if text.startswith(FORMULA):
        raise _BadCell(field, "formula", raw)
    return text


def _email(raw: str) -> str:
    text = _text("email", raw).lower()
    if not text:
        raise _BadCell("email", "empty", raw)
    if not EMAIL.fullmatch(text) or ".." in text:
        raise _BadCell("email", "no_email", raw)
    return text


def _manager(raw: str) -> str:
    text = _text("manager", raw)
    return text.lower() if "@" in text else text


def _day(field: str, day_first: bool | None, raw: str) -> date | None:
    text = raw.strip()
    if not text:
        return None
    found = day_of(text, day_first) if len(text) < 40 else None
    if found is None:
        raise _BadCell(field, "no_date", raw)
    return found


def _cleaner(field: str, run: ImportRun) -> Clean:
    if field == "email":
        return _email
    if field == "manager":
        return _manager
    if field in {"hired_on", "left_on"}:
        return partial(_day, field, run.day_first)
    return partial(_text, field)


class Reading:
    """How this run's file is read: which cell goes where, cleaned how."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.width = len(run.header)
        self.cleaners = [(field, column, _cleaner(field, run)) for field, column in run.mapping.items()]

    def record(self, row: Row) -> tuple[Any, ...]:
        """The values of COLUMNS for one row of the file."""
        line, cells = row
        values: dict[str, Any] = {}
        try:
            self._fill(values, cells)
        except _BadCell as bad:
            field, problem, raw = bad.args
            column = "name" if field in {"first_name", "last_name"} else field
            return self._finish(line, values, ("bad", problem, column, _shown(raw)))
        return self._finish(line, values, ("new", "", "", ""))

    def _fill(self, values: dict[str, Any], cells: list[str] | None) -> None:
        """Every cell that is good, then the complaint about the first that is not: who is meant stays known."""
        if cells is None:
            raise _BadCell("", "unreadable", "")
        if len(cells) != self.width and (len(cells) < self.width or any(cells[self.width :])):
            raise _BadCell("", "width", str(len(cells)))
        first_bad: _BadCell | None = None
        for field, column, clean in self.cleaners:
            try:
                values[field] = clean(cells[column])
            except _BadCell as bad:
                first_bad = first_bad or bad
        if first_bad:
            raise first_bad
        self._look_at_the_whole(values)

    def _look_at_the_whole(self, values: dict[str, Any]) -> None:
        if "first_name" in values:
            values["name"] = f"{values['first_name']} {values['last_name']}".strip()
        if not values["name"]:
            raise _BadCell("name", "empty", "")
        hired, left = values.get("hired_on"), values.get("left_on")
        if hired and left and left < hired:
            raise _BadCell("left_on", "before_joining", left.isoformat())

    def _finish(self, line: int, values: dict[str, Any], end: tuple[str, str, str, str]) -> tuple[Any, ...]:
        verdict, problem, column, value = end
        get = values.get
        return (
            self.run.pk, line, verdict, get("name", ""), get("email", ""), get("staff_number") or None,
            get("preferred_name", ""), get("job_title", ""), get("department", ""), get("site", ""),
            get("manager", ""), get("hired_on"), get("left_on"), problem, column, value, verdict == "bad",
        )  # fmt: skip


def _shown(raw: str) -> str:
    """The refused cell as a page may show it: short, and without what cannot be printed."""
    text = " ".join(raw[:200].split())[:120]
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)


def read_rows(run: ImportRun, table: Table, after_batch: Callable[[int], None]) -> None:
    """Write every row of `table` to ImportRow, a batch a transaction; what an earlier attempt left goes first.

    after_batch: called with how many rows are read so far.
    """
    ImportRow.objects.filter(run=run).delete()
    reading, rows, done = Reading(run), table.rows(), 0
    while batch := [reading.record(row) for row in islice(rows, BATCH)]:
        with transaction.atomic():
            _write(batch)
        done += len(batch)
        after_batch(done)


def _write(batch: list[tuple[Any, ...]]) -> None:
    columns = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Neither sign can stand in a clean value, so only the backslash is left to be escaped.
            statement = f"COPY people_importrow ({columns}) FROM STDIN (DELIMITER E'\\x1f', NULL E'\\x01')"
            lines = ("\x1f".join(["\x01" if value is None else str(value) for value in row]) for row in batch)
            cursor.cursor.copy_expert(statement, io.StringIO("\n".join(lines).replace("\\", "\\\\") + "\n"))
        else:
            marks = ", ".join(["%s"] * len(COLUMNS))
            cursor.executemany(f"INSERT INTO people_importrow ({columns}) VALUES ({marks})", batch)
