"""How often one-on-ones were held, moved and missed: a manager's own figures, and counts per department for HR."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import F, QuerySet

from conversations.models import OneOnOne, Series
from conversations.querysets import tallies
from journal.prepared import asked
from people.models import Employee

PLACE = "series__direct__department"
FEWEST = 4  # pairs in a cell that HR may read


@dataclass(frozen=True)
class Counts:
    """Of one span: one-on-ones held, moved at least once, missed; hours held."""

    held: int
    moved: int
    missed: int
    minutes_held: int

    @property
    def hours(self) -> str:
        """ "12" or "12.5": hours and, where there is one, the half."""
        halves = round(self.minutes_held / 30)
        return f"{halves // 2}.5" if halves % 2 else str(halves // 2)


def span_of(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)


def count(one_on_ones: Iterable[OneOnOne], year: int) -> Counts:
    """The figures of one series whose one-on-ones are at hand."""
    first, after = span_of(year)
    mine = [one for one in one_on_ones if first <= one.starts_at < after]
    held = [one for one in mine if one.state == "held"]
    moved = sum(one.moved > 0 for one in mine if one.state != "dropped")
    missed = sum(one.state == "missed" for one in mine)
    return Counts(len(held), moved, missed, sum(one.minutes for one in held))


@dataclass(frozen=True)
class Row:
    direct: Employee
    counts: Counts
    missed_in_a_row: bool


def own_report(manager: Employee, year: int) -> tuple[Counts, list[Row]]:
    """The manager's figures in all, and per direct by name. Two statements, however many directs."""
    first, after = span_of(year)
    said = OneOnOne.objects.filter(series__manager=manager, starts_at__gte=first, starts_at__lt=after)
    grouped = said.order_by().values("series__direct").annotate(**tallies())
    per_direct = {row["series__direct"]: _of(row) for row in grouped}
    people = Employee.objects.in_bulk(per_direct)
    rows = [Row(people[pk], counts, False) for pk, counts in per_direct.items()]
    rows.sort(key=lambda row: row.direct.name)
    total = [sum(getattr(counts, name) for counts in per_direct.values()) for name in Counts.__dataclass_fields__]
    return Counts(*total), rows


def two_missed(one_on_ones: Iterable[OneOnOne]) -> bool:
    """Whether the last two of a series that were said to be held or missed were missed."""
    said = sorted((one for one in one_on_ones if one.state in ("held", "missed")), key=lambda one: one.starts_at)
    return len(said) >= 2 and all(one.state == "missed" for one in said[-2:])


def missed_twice(manager: Employee) -> list[Series]:
    """The manager's open series whose last two one-on-ones were missed; for the manager's eyes only."""
    series = {each.pk: each for each in asked(_led_by, manager.pk)}
    said: dict[int, list[OneOnOne]] = {}
    for one in asked(_ones_of, list(series)):
        said.setdefault(one.series_id, []).append(one)
    return [series[pk] for pk, ones in said.items() if two_missed(ones)]


def _led_by(manager: int) -> QuerySet[Series]:
    return Series.objects.going_on().filter(manager=manager, direct__manager=F("manager")).with_people()


def _ones_of(series: list[int]) -> QuerySet[OneOnOne]:
    return OneOnOne.objects.filter(series__in=series).only("series_id", "state", "starts_at")


@dataclass(frozen=True)
class Cell:
    """A department in HR's report. counts is None where it has fewer than four pairs, or could be worked out."""

    name: str
    counts: Counts | None


def per_department(reader: Employee, first: date, after: date) -> tuple[Counts | None, list[Cell]]:
    """For HR: counts by the department of the direct, in the reader's part, and in all.

    No cell of fewer than four pairs; where exactly one is withheld, the smallest other one is too, so that the sum
    does not give it away; the sum itself is withheld below four pairs.
    """
    start, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, after))
    rows = list(OneOnOne.objects.for_hr(reader).per_department(start, end))
    withheld = withheld_of({row[PLACE]: row["pairs"] for row in rows})
    cells = [
        Cell(
            row["series__direct__department__name"], None if row["series__direct__department"] in withheld else _of(row)
        )
        for row in rows
    ]
    pairs = sum(row["pairs"] for row in rows)
    total = Counts(*(sum(row[name] for row in rows) for name in Counts.__dataclass_fields__))
    return (total if pairs >= FEWEST else None), cells


def withheld_of(pairs: dict[Any, int]) -> set[Any]:
    """The keys of cells that stay empty, from how many pairs each has."""
    small = {key for key, number in pairs.items() if number < FEWEST}
    others = sorted((number, str(key), key) for key, number in pairs.items() if key not in small)
    if len(small) == 1 and others:
        small.add(others[0][2])
    return small


def _of(row: Any) -> Counts:
    return Counts(*(row[name] for name in Counts.__dataclass_fields__))
