"""How far everybody is, by department: counted by one statement, kept where it changed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from goals.models import Coverage, Goal, Year
from journal import clock
from people.models import Employee


@dataclass(frozen=True)
class Status:
    """What HR may know of a goal."""

    state: str
    counted: int
    confirmed: int
    target: int
    due_on: date

    @property
    def label(self) -> str:
        return str(Goal.State(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.state in Goal.OPEN


FIGURES = ("people", "agreed", "confirmed", "waiting", "gap")
COUNT = """
    SELECT e.department_id, COUNT(*),
        SUM(CASE WHEN COALESCE(g.agreed, 0) >= %(asked)s THEN 1 ELSE 0 END),
        SUM(CASE WHEN COALESCE(g.confirmed, 0) >= %(asked)s THEN 1 ELSE 0 END),
        SUM(CASE WHEN COALESCE(g.agreed, 0) < %(asked)s AND COALESCE(g.open, 0) > 0 THEN 1 ELSE 0 END)
    FROM people_employee e
    LEFT JOIN (
        SELECT owner_id,
            SUM(CASE WHEN state IN ('active', 'reported', 'confirmed') THEN 1 ELSE 0 END) AS agreed,
            SUM(CASE WHEN state IN ('active', 'reported', 'confirmed') AND confirmed >= target THEN 1 ELSE 0 END)
                AS confirmed,
            SUM(CASE WHEN state IN ('offered', 'proposed', 'sent_back') THEN 1 ELSE 0 END) AS open
        FROM goals_goal WHERE year_id = %(year)s GROUP BY owner_id
    ) g ON g.owner_id = e.id
    WHERE e.left_on IS NULL OR e.left_on >= %(today)s
    GROUP BY e.department_id
"""


def count_all() -> None:
    """Count the present year, and last year until its last reports are answered. Twice changes nothing."""
    today = clock.today()
    current = Year.objects.current()
    for year in Year.objects.filter(answer_by_on__gte=today, first_on__lte=today):
        count(year)
    if current is not None and current.first_on > today:  # a year that is agreed on ahead
        count(current)


def count(year: Year) -> int:
    """Count one year anew; writes only the departments whose figures changed and returns how many those are.

    The statement reads every goal of the year once (a grouping of 100,000 people: some tenths of a second); Python
    sees one row a department.
    """
    with transaction.atomic():
        _one_count_at_a_time()
        stands = {row.department_id: row for row in Coverage.objects.filter(year=year)}
        counted = _counted(year)
        changed = _changed(year, counted, stands)
        Coverage.objects.filter(pk__in=[row.pk for row in stands.values() if row.department_id not in counted]).delete()
        Coverage.objects.bulk_create([row for row in changed if row.pk is None], batch_size=1000)
        kept = [row for row in changed if row.pk is not None]
        Coverage.objects.bulk_update(kept, [*FIGURES, "counted_at"], batch_size=1000)
    return len(changed)


def statuses_of(people: Collection[Employee], year: Year, *, reader: Employee) -> dict[int, list[Status]]:
    """The states of these people's goals by owner, as HR may know them: no words, no drafts, no people met.

    Without what was withdrawn: most of it are the others of a shortlist.
    """
    found: dict[int, list[Status]] = defaultdict(list)
    rows = Goal.objects.standing().status_for(reader).filter(owner__in=people, year=year).order_by("due_on", "pk")
    for row in rows:
        found[row["owner"]].append(Status(row["state"], row["counted"], row["confirmed"], row["target"], row["due_on"]))
    return found


def _counted(year: Year) -> dict[int | None, tuple[int, ...]]:
    asked = max(year.minimum, 1)
    values: dict[str, int | str] = {"asked": asked, "year": year.pk, "today": clock.today().isoformat()}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, values)
        rows = cursor.fetchall()
    return {
        place: (people, agreed, confirmed, waiting, people - agreed)
        for place, people, agreed, confirmed, waiting in rows
    }


def _changed(year: Year, counted: dict[Any, tuple[int, ...]], stands: dict[Any, Coverage]) -> list[Coverage]:
    """What is to be written: new rows, and those that say something else than before."""
    now, rows = clock.now(), []
    for place, figures in counted.items():
        row = stands.get(place) or Coverage(year=year, department_id=place)
        if row.pk is None or tuple(getattr(row, name) for name in FIGURES) != figures:
            for name, figure in zip(FIGURES, figures, strict=True):
                setattr(row, name, figure)
            row.counted_at = now
            rows.append(row)
    return rows


def _one_count_at_a_time() -> None:
    """Wait until nobody else counts: two workers would both add the rows of a new department."""
    ContentType.objects.select_for_update().get_or_create(app_label="goals", model="coverage")
