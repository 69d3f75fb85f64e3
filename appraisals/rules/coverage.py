"""Who has an appraisal, who reviews it, and what part of the year it is about: found by a sweep, said set by set.

Joiners get theirs, leavers' ends with their last day, and where the manager changed before the review was handed on
the next one reviews and the earlier one is asked for words. Nothing here is written once the review is handed on.
"""

from datetime import date
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Lower

from appraisals.models import Appraisal, Changed, Roll, Scheme, Words
from goals.models import Year
from journal import clock
from people.models import DepartmentLine, Employee

State = Appraisal.State
BEFORE_HANDING_ON = (State.OPEN, State.SELF_REVIEW, State.REVIEW)


def covered(scheme: Scheme) -> QuerySet[Employee]:
    """Whom the scheme covers: departments with those inside, job titles, hired by; and there during the year."""
    year = scheme.year
    people = Employee.objects.filter(
        Q(left_on=None) | Q(left_on__gte=year.first_on), Q(hired_on=None) | Q(hired_on__lte=year.last_on)
    )
    departments = [department.pk for department in scheme.departments.all()]
    if departments:
        people = people.filter(department__in=DepartmentLine.objects.filter(above__in=departments).values("below"))
    titles = [title.strip().lower() for title in scheme.job_titles.splitlines() if title.strip()]
    if titles:
        people = people.annotate(title=Lower("job_title")).filter(title__in=titles)
    if scheme.hired_by_on:
        people = people.filter(Q(hired_on=None) | Q(hired_on__lte=scheme.hired_by_on))
    return cast("QuerySet[Employee]", people)


def cover(scheme: Scheme) -> int:
    """Give everybody covered an appraisal and bring those not handed on up to date. Returns how many are new.

    A handful of statements for any number of people; a second run changes nothing.
    """
    with transaction.atomic():
        Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
        new = _open_for_newcomers(scheme)
        _follow_managers(scheme)
        _follow_days(scheme)
    return new


def score_all_anew(scheme: Scheme) -> None:
    """What a score depends on for everybody has changed: the next tick scores the whole round."""
    Scheme.objects.filter(pk=scheme.pk).update(rolled_on=None)
    Roll.objects.open().filter(scheme=scheme).update(next_id=0, done=0)


def part_of(year: Year, from_on: date, until_on: date) -> int:
    """Ten-thousandths of the year from one day to another, both included; half goes up."""
    days, whole = max(0, (until_on - from_on).days + 1), (year.last_on - year.first_on).days + 1
    return min(10_000, (20_000 * days + whole) // (2 * whole))


def _leads() -> Exists:
    return Exists(Employee.objects.filter(manager=OuterRef("pk")).working().order_by())


def _open_for_newcomers(scheme: Scheme) -> int:
    has_one = Appraisal.objects.filter(scheme=scheme, employee=OuterRef("pk"))
    people = covered(scheme).filter(~Exists(has_one)).order_by("pk").annotate(leads=_leads())
    select, params = people.values_list("pk", "manager_id", "leads").query.get_compiler(connection=connection).as_sql()
    postgres = connection.vendor == "postgresql"
    fresh = "gen_random_uuid()" if postgres else "lower(hex(randomblob(16)))"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appraisals_appraisal (employee_id, reviewer_id, leads, uuid, scheme_id, year_id, number,"  # noqa: S608 the ORM compiled it
            " state, part, from_on, until_on, opened_at, step, step_words)"
            f" SELECT new.*, {fresh}, %s, %s, 1, 'open', 10000, %s, %s, %s, '', ''"
            f" FROM ({select}) AS new WHERE true ON CONFLICT DO NOTHING",
            [scheme.pk, scheme.year_id, *_dates(scheme), _moment(), *params],
        )
        return int(cursor.rowcount)


def _dates(scheme: Scheme) -> list[Any]:
    year = scheme.year
    return [connection.ops.adapt_datefield_value(day) for day in (year.first_on, year.last_on)]


def _moment() -> Any:
    return connection.ops.adapt_datetimefield_value(clock.now())


def _follow_managers(scheme: Scheme) -> None:
    """Whose manager is another now: the earlier one is asked for words, once, and the next one reviews."""
    waiting = Appraisal.objects.filter(scheme=scheme, replaced_at=None, state__in=BEFORE_HANDING_ON)
    moved = waiting.exclude(reviewer=F("employee__manager")).exclude(reviewer=None, employee__manager=None)
    rows = list(moved.select_related("reviewer", "employee").order_by("pk"))
    begun = [row for row in rows if _has_begun(scheme, row)]
    asked = [Words(appraisal=row, author=row.reviewer, why=Words.Why.EARLIER) for row in begun if row.reviewer]
    Words.objects.bulk_create(asked, ignore_conflicts=True)
    now_above = Employee.objects.filter(pk=OuterRef("employee")).values("manager")
    waiting.filter(pk__in=[row.pk for row in rows]).update(reviewer=Subquery(now_above))


def _has_begun(scheme: Scheme, row: Appraisal) -> bool:
    """Whether the earlier manager led them for any of the year: not before its first day."""
    return clock.today() > scheme.year.first_on and row.reviewer is not None and row.reviewer.is_active


def _follow_days(scheme: Scheme) -> None:
    """First and last day of those who joined or left during the year, the part it is, and whether they lead."""
    year = scheme.year
    waiting = Appraisal.objects.filter(scheme=scheme, replaced_at=None, state__in=BEFORE_HANDING_ON)
    partly = waiting.filter(
        Q(employee__hired_on__gt=year.first_on) | Q(employee__left_on__lt=year.last_on) | ~Q(part=10_000)
    )
    for row in partly.select_related("employee").order_by("pk"):
        from_on = max(row.employee.hired_on or year.first_on, year.first_on)
        until_on = min(row.employee.left_on or year.last_on, year.last_on)
        part = part_of(year, from_on, until_on)
        if (row.from_on, row.until_on, row.part) != (from_on, until_on, part):
            waiting.filter(pk=row.pk).update(from_on=from_on, until_on=until_on, part=part)
            Changed.objects.create(appraisal=row)
    leading = Employee.objects.filter(pk=OuterRef("employee")).annotate(leads_now=_leads()).values("leads_now")
    wrong = waiting.annotate(leads_now=Subquery(leading)).exclude(leads=F("leads_now"))
    ids = list(wrong.order_by("pk").values_list("pk", flat=True))
    flipped = Case(When(leads=True, then=Value(False)), default=Value(True))
    waiting.filter(pk__in=ids).update(leads=flipped)
    Changed.objects.bulk_create([Changed(appraisal_id=pk) for pk in ids])
