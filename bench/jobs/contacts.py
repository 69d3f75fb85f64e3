"""Who knows whom over 1,000,000 encounters: our finder against the one statement that the composite index answers.

`size` is the number of encounters. The floor reads the same ties by the same index, written by hand; what the page
itself costs is measured too, and the same with a tenth of the encounters, for it must not grow with them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from bench.meter import compared
from bench.report import Report
from goals.models import Year
from goals.whoknows import whom_to_ask
from journal import clock
from people.models import Department, Employee
from relgoals.scale import numbers, people

PEOPLE, CALLS = 20_000, 20
BY_HAND = """
    SELECT tie.id, tie.last_on, colleague.id, colleague.name, colleague.email, colleague.preferred_name,
           colleague.job_title, place.name
    FROM goals_tie tie JOIN people_employee colleague ON colleague.id = tie.owner_id
    LEFT JOIN people_department place ON place.id = colleague.department_id
    WHERE tie.department_id = %s AND tie.job_id IS NULL AND tie.owner_id <> %s
      AND (colleague.left_on IS NULL OR colleague.left_on >= %s)
    ORDER BY tie.last_on DESC, tie.id LIMIT 20
"""


def run(report: Report, size: int | None = None) -> None:
    if connection.vendor != "postgresql":
        report.note("This job fills its tables with PostgreSQL's words: it needs PostgreSQL.")
        return
    encounters = size or 1_000_000
    people(PEOPLE)
    reader = Employee.objects.get(pk=17)
    small = _measured(reader, encounters // 10)
    large = _measured(reader, encounters)
    for name in ("by hand", "finder"):
        report.note(f"{name}: {large[name] * 1e3:.2f} ms of CPU at {encounters:,}, {small[name] * 1e3:.2f} at a tenth")
    report.figure("who-knows-whom", large["finder"] / large["by hand"], 1.5)
    report.figure("who-knows-whom-growth", large["finder"] / small["finder"], 1.3)


def _measured(reader: Employee, encounters: int) -> dict[str, float]:
    """CPU seconds of one look-up, by hand and as the page does it."""
    _fill(encounters)
    today, places = clock.today(), list(Department.objects.order_by("pk")[:CALLS])
    works: dict[str, Callable[[], object]] = {
        "by hand": lambda: [_by_hand(place, reader, today) for place in places],
        "finder": lambda: [whom_to_ask(reader, place, "", today) for place in places],
    }
    return {name: cost / CALLS for name, cost in compared(works).items()}


def _by_hand(place: Department, reader: Employee, today: date) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [place.pk, reader.pk, today])
        return cursor.fetchall()


def _fill(encounters: int) -> None:
    """So many encounters, fifty a person in twenty steps among the departments, and the ties they come to."""
    year, each = _year(), max(1, encounters // PEOPLE)
    with connection.cursor() as cursor:
        for table in ("goals_tie", "goals_encounter", "goals_report", "goals_contact", "goals_goal"):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(
            "INSERT INTO goals_goal (id, uuid, owner_id, year_id, author_id, behaviour, details, because, stands_for,"
            " measure, parameters, state, target, counted, confirmed, begun_at, due_on)"
            " SELECT id, gen_random_uuid(), id, %s, id, 'Meet', '', '', '', 'people', '{}', 'withdrawn', 1, 0, 0,"
            " now(), %s FROM people_employee",
            [year.pk, year.last_on],
        )
        cursor.execute(
            "INSERT INTO goals_report (id, uuid, goal_id, happened_on, what, evidence, state, question, counts,"
            " why_not, logged_at, told_at) SELECT id, gen_random_uuid(), id, %s, '', '', 'new', '', false,"
            " '', now(), now() FROM people_employee",
            [year.first_on],
        )
        cursor.execute(
            "INSERT INTO goals_contact (id, uuid, owner_id, department_id, job_title, name, name_hash, person_hash,"
            " notes) SELECT e.id * 1000 + n, gen_random_uuid(), e.id, (e.id * 7 + n * 31) %% %s + 2, 'Job ' || n %% 40,"
            f" '', '', '', '' FROM people_employee e CROSS JOIN {numbers(each)} AS counted",
            [PEOPLE // 250],
        )
        cursor.execute(
            "INSERT INTO goals_encounter (report_id, contact_id, position, department_id, job_title, shares_name,"
            " counts, why_not, owner_id, year_id, happened_on, from_department_id)"
            " SELECT owner_id, c.id, 1, c.department_id, c.job_title, false, true, '', owner_id, %s,"
            " %s + (c.id %% 300)::int, e.department_id FROM goals_contact c JOIN people_employee e ON e.id = owner_id",
            [year.pk, year.first_on],
        )
        cursor.execute(
            "INSERT INTO goals_tie (owner_id, department_id, last_on) SELECT owner_id, department_id, max(happened_on)"
            " FROM goals_encounter GROUP BY owner_id, department_id ORDER BY 1, 2"
        )
        cursor.execute("VACUUM ANALYZE goals_tie")


def _year() -> Year:
    first = clock.today() - timedelta(days=400)
    days = {"first_on": first, "last_on": first + timedelta(days=500)}
    return Year.objects.first() or Year.objects.create(name="Bench", agree_by_on=first, answer_by_on=first, **days)
