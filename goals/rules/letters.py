"""HR writes to the managers in whose teams goals are missing: once, and only where they are missing still."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from goals.due import in_gap
from goals.models import GapLetter, Year
from journal import clock
from journal.rules import record
from people.access import in_part
from people.models import Employee

AGAIN = timedelta(days=7)  # whoever was written to is left in peace for so long


def managers_in_gap(reader: Employee, year: Year) -> QuerySet[Employee]:
    """Who leads somebody of the reader's part of HR without as many agreed goals as the year asks, by name."""
    theirs = in_gap(year.pk, clock.today()).filter(in_part(reader))
    leaders = Employee.objects.working().filter(pk__in=theirs.order_by().values("manager"))
    found: QuerySet[Employee] = leaders.order_by("name", "pk")
    return found


def to_write(reader: Employee, year: Year) -> QuerySet[Employee]:
    """Those of managers_in_gap() whom nobody of HR has written to within AGAIN, and never the reader themselves."""
    lately = GapLetter.objects.filter(year=year, at__gt=clock.now() - AGAIN).values("manager")
    return managers_in_gap(reader, year).exclude(pk__in=lately).exclude(pk=reader.pk)


def write(year: Year, *, by: Employee, key: UUID) -> int:
    """Tell each of to_write() by the clock's next sweep. Returns to how many; a second call with the same `key` writes
    to nobody. What is agreed before the mail leaves is not spoken of (goals.due.goals_missing asks again)."""
    if not by.is_hr:
        raise PermissionDenied
    with transaction.atomic():
        # HR people wait for each other here: the later one writes to those whom the first left.
        Year.objects.select_for_update(no_key=True).get(pk=year.pk)
        before = GapLetter.objects.filter(key=key).count()
        if before:
            return before
        rows = [GapLetter(year=year, manager=one, by=by, at=clock.now(), key=key) for one in to_write(by, year)]
        GapLetter.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["year", "manager"],
            update_fields=["by", "at", "key"],
            batch_size=500,
        )
        if rows:
            record("year.write_to_managers", year, by=by, managers=len(rows))
    return len(rows)
