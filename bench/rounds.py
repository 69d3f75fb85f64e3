"""A round of appraisals for measuring: everybody rated and with a goal, written set by set, not through the rules."""

from datetime import date

from django.db import connection

from appraisals.models import Criterion, Scheme
from appraisals.rules import rolling, schemes
from bench.database import unchecked
from goals.models import Year
from journal import clock
from relgoals import scale


def in_calibration(people: int, departments: int | None = None) -> Scheme:
    """People in a line, a started scheme, six ratings and one goal each, all in calibration: written set by set."""
    with unchecked():
        scale.people(people, departments)
        today = clock.today()
        year = Year.objects.create(
            name="Bench", first_on=date(today.year, 1, 1), last_on=date(today.year, 12, 31),
            agree_by_on=date(today.year, 1, 31), answer_by_on=date(today.year, 12, 31),
        )  # fmt: skip
        scheme = schemes.start(schemes.begin(year, by=None), by=None)
        _fill(scheme)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return scheme


def _fill(scheme: Scheme) -> None:
    listed = list(Criterion.objects.filter(section__scheme=scheme, section__kind="rated").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE appraisals_appraisal SET state = 'calibration'")
        for number, criterion in enumerate(listed):
            cursor.execute(
                "INSERT INTO appraisals_rating (appraisal_id, criterion_id, points, words, on_facts, by_id, at)"
                f" SELECT id, {criterion}, 100 * (1 + (id + {number}) % 5), '', (id + {number}) % 2 = 0, 1, opened_at"
                " FROM appraisals_appraisal ORDER BY id"
            )
        cursor.execute(
            "INSERT INTO goals_goal (uuid, owner_id, year_id, author_id, behaviour, details, because, stands_for,"
            " measure, parameters, state, target, counted, confirmed, begun_at, handed_on_at, due_on, version)"
            f" SELECT {_uuid()}, id, {scheme.year_id}, id, 'Meets two', '', 'They answer', '', 'people', '{{}}',"
            f" 'offered', 2, 2, id % 3, {_now()}, {_now()}, {_date(scheme.year.last_on)}, 0"
            " FROM people_employee ORDER BY id"
        )


def _uuid() -> str:
    return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"


def _now() -> str:
    return "now()" if connection.vendor == "postgresql" else "'2026-01-01 00:00:00'"


def _date(day: date) -> str:
    return f"'{day.isoformat()}'"


def scored(people: int, departments: int | None = None) -> Scheme:
    """The same with every score and aggregate, as the clock leaves it."""
    scheme = in_calibration(people, departments)
    rolling.tick()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    scheme.refresh_from_db()
    return scheme
