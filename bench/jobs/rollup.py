"""A round's roll-up against hand-written SQL that does the same work on the same rows, in the same run.

    make bench JOB=roll-up N=10000

The floor is what one would write by hand for one database: the sections, the relationship section and the totals as
three INSERT … SELECT … ON CONFLICT, sorted by key and guarded. Both start from the same empty score tables.
"""

import time
from collections.abc import Callable
from datetime import date

from django.db import connection, transaction

from appraisals import aggregates, rollup
from appraisals.models import Appraisal, Changed, Scheme, Score, SectionScore
from appraisals.rules import rolling
from bench import rounds
from bench.browser import Reader
from bench.meter import measured, peak_memory
from bench.report import Report
from journal import clock
from people.models import Employee

ROUNDS = 5
EMPTY = "/bench/empty/"


def run(report: Report, size: int | None = None) -> None:
    people = size or 100_000
    scheme = rounds.in_calibration(people)
    today, times = clock.today(), ROUNDS if people <= 200_000 else 1
    before = peak_memory()
    ratio, whole = _compared(report, lambda: _ours(scheme, today), lambda: floor(scheme, today), forget, times)
    report.figure(f"roll-up-{people}", ratio, 1.15)
    report.figure(f"roll-up-{people}-memory", peak_memory() - before, 60, "MiB")
    _changed(report, scheme, today, whole, people)
    _aggregates(report, scheme, people)


def _compared(
    report: Report, ours: Callable[[], object], floor: Callable[[], object], empty: Callable[[], None], times: int
) -> tuple[float, float]:
    """(median ratio of ours to the floor, median CPU seconds of ours), interleaved."""
    ratios, costs = [], []
    for number in range(times + 1):
        empty()
        with measured() as theirs:
            floor()
        empty()
        with measured() as mine:
            ours()
        if number or times == 1:  # the first round warms up
            ratios.append(mine.total / theirs.total)
            costs.append(mine.total)
            report.note(f"floor {theirs.total:.2f} s of CPU, ours {mine.total:.2f} s")
    return sorted(ratios)[len(ratios) // 2], sorted(costs)[len(costs) // 2]


def _ours(scheme: Scheme, today: date) -> None:
    rolling.work_on(rolling.ask(scheme, by=None), today)


def forget() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE appraisals_sectionscore, appraisals_score, appraisals_roll")
            connection.commit()
            cursor.execute("VACUUM ANALYZE appraisals_rating")
        else:
            for table in ("appraisals_sectionscore", "appraisals_score", "appraisals_roll"):
                cursor.execute(f"DELETE FROM {table}")


def _changed(report: Report, scheme: Scheme, today: date, whole: float, people: int) -> None:
    """One in a hundred changed; then one rating saved and scored, against an empty page of the same reader."""
    ids = list(Appraisal.objects.filter(scheme=scheme).order_by("pk").values_list("pk", flat=True))[::100]
    costs = []
    for _ in range(ROUNDS):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE appraisals_rating SET points = 600 - points WHERE appraisal_id % 100 = 1")
        Changed.objects.bulk_create([Changed(appraisal_id=pk) for pk in ids], batch_size=1000)
        with measured() as cost:
            rolling.roll_changed(scheme, today)
        costs.append(cost.total)
    report.figure(f"roll-up-{people}-one-percent", sorted(costs)[ROUNDS // 2] / whole, 0.05)
    reader = Reader(Employee.objects.get(pk=2))
    reader.get(EMPTY)
    times, empty, one = 50, 0.0, 0.0
    with measured() as cost:
        for _ in range(times):
            reader.get(EMPTY)
    empty = cost.total
    with measured() as cost:
        for number in range(times):
            with transaction.atomic():
                rollup.roll(rollup.Scope(scheme, ids=(ids[number % len(ids)],)), today)
    one = cost.total
    report.figure(f"roll-up-{people}-one-rating", one / empty, 0.5)


def _aggregates(report: Report, scheme: Scheme, people: int) -> None:
    """Three levels with what is withheld, against the same levels by hand."""
    started = time.monotonic()
    ratio, _cost = _compared(
        report,
        lambda: aggregates.aggregate(scheme),
        lambda: _floor_of_levels(scheme),
        _forget_aggregates,
        3 if people <= 200_000 else 1,
    )
    report.figure(f"aggregates-{people}", ratio, 1.2)
    report.note(f"aggregates measured in {time.monotonic() - started:.0f} s")


def _forget_aggregates() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM appraisals_aggregate")


def floor(scheme: Scheme, today: date) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _statements(scheme):
            cursor.execute(statement)


def _statements(scheme: Scheme) -> list[str]:
    share, year = scheme.year.share_percent, scheme.year_id
    differ = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    goals = scheme.sections.get(kind="relationship")
    criterion = goals.criteria.get().pk
    columns, scope = (
        ("weight", "score", "facts", "computed"),
        f"a.scheme_id = {scheme.pk} AND a.state NOT IN ('signed', 'locked')",
    )

    def upsert(table: str, key: str, names: tuple[str, ...], select: str) -> str:
        old, new = (", ".join(f"{side}.{name}" for name in names) for side in (table, "excluded"))
        taken = ", ".join(f"{name} = excluded.{name}" for name in names)
        return (
            f"INSERT INTO {table} ({key}, {', '.join(names)}) SELECT * FROM ({select}) s WHERE true"
            f" ON CONFLICT ({key}) DO UPDATE SET {taken} WHERE NOT {table}.frozen AND ({old}) {differ} ({new})"
        )

    rated = (
        "SELECT appraisal_id, section_id, weighs, (200 * product + rated) / (2 * rated),"
        " (20000 * facts + rated) / (2 * rated), CAST(NULL AS integer) FROM (SELECT r.appraisal_id, c.section_id,"
        " MAX(CASE WHEN a.leads THEN p.weight_leading ELSE p.weight END) AS weighs,"
        " SUM(CAST(r.points AS integer) * c.weight) AS product,"
        " NULLIF(SUM(CASE WHEN r.points IS NOT NULL THEN CAST(c.weight AS integer) END), 0) AS rated,"
        " SUM(CASE WHEN r.points IS NOT NULL AND r.on_facts THEN CAST(c.weight AS integer) ELSE 0 END) AS facts"
        " FROM appraisals_rating r JOIN appraisals_appraisal a ON a.id = r.appraisal_id"
        " JOIN appraisals_criterion c ON c.id = r.criterion_id JOIN appraisals_section p ON p.id = c.section_id"
        f" WHERE {scope} AND p.kind <> 'relationship' GROUP BY r.appraisal_id, c.section_id) x"
        " ORDER BY appraisal_id, section_id"
    )
    nothing, part, enough, more, most = scheme.ladder
    computed = (
        f"CASE WHEN agreed = 0 AND offered > 0 AND asked > 0 THEN {nothing} WHEN agreed = 0 THEN NULL"
        f" WHEN met < asked AND begun > 0 THEN {part} WHEN met < asked THEN {nothing}"
        f" WHEN met >= asked + 2 THEN {most} WHEN met = asked + 1 THEN {more} ELSE {enough} END"
    )
    agreed = "g.state IN ('active', 'reported', 'confirmed')"
    relationship = (
        f"SELECT id, {goals.pk}, {share}, COALESCE(override, computed) * 100,"
        " CASE WHEN override IS NOT NULL THEN 0 WHEN computed IS NOT NULL THEN 10000 END, computed"
        f" FROM (SELECT id, override, {computed} AS computed FROM (SELECT a.id, MAX(o.points) AS override,"
        f" (2 * {scheme.year.minimum} * CAST(a.part AS integer) + 10000) / 20000 AS asked,"
        f" COUNT(CASE WHEN {agreed} THEN 1 END) AS agreed,"
        " COUNT(CASE WHEN g.handed_on_at IS NOT NULL AND g.state <> 'withdrawn' THEN 1 END) AS offered,"
        f" COUNT(CASE WHEN {agreed} AND g.confirmed > 0 THEN 1 END) AS begun,"
        f" COUNT(CASE WHEN {agreed} AND g.confirmed >= g.target THEN 1 END) AS met"
        f" FROM appraisals_appraisal a LEFT JOIN goals_goal g ON g.owner_id = a.employee_id AND g.year_id = {year}"
        f" LEFT JOIN appraisals_rating o ON o.appraisal_id = a.id AND o.criterion_id = {criterion}"
        f" WHERE {scope} GROUP BY a.id) x) y ORDER BY id"
    )
    totals = (
        "SELECT appraisal_id, (2 * product + 100 * used) / NULLIF(200 * used, 0),"
        " (2 * proven + used) / NULLIF(2 * used, 0), used FROM (SELECT s.appraisal_id,"
        " SUM(CASE WHEN s.score IS NOT NULL THEN CAST(s.weight AS integer) ELSE 0 END) AS used,"
        " SUM(CAST(s.weight AS integer) * s.score) AS product, SUM(CASE WHEN s.score IS NOT NULL"
        " THEN CAST(s.weight AS integer) * s.facts END) AS proven FROM appraisals_sectionscore s"
        f" JOIN appraisals_appraisal a ON a.id = s.appraisal_id WHERE {scope} GROUP BY s.appraisal_id) x"
        " ORDER BY appraisal_id"
    )
    return [
        upsert("appraisals_sectionscore", "appraisal_id, section_id", columns, rated),
        upsert("appraisals_sectionscore", "appraisal_id, section_id", columns, relationship),
        upsert("appraisals_score", "appraisal_id", ("total", "facts", "weight"), totals),
    ]


def _floor_of_levels(scheme: Scheme) -> None:
    """Each level by hand, totals and sections: no suppression, no guard, nothing to forget."""
    points = ", ".join(
        f"COUNT(CASE WHEN (%(score)s + 50 * %(per)s) / (100 * %(per)s) = {n} THEN 1 END)" for n in range(1, 8)
    )
    stages = ", ".join(f"COUNT(CASE WHEN a.state = '{state}' THEN 1 END)" for state in Appraisal.State.values)
    names = ", ".join(f"at_{n}" for n in range(1, 8)) + ", " + ", ".join(f"in_{s}" for s in Appraisal.State.values)
    with transaction.atomic(), connection.cursor() as cursor:
        for level, (of, join) in aggregates.LEVELS.items():
            for section, table, column, per in (
                ("0", "LEFT JOIN appraisals_score", "total", 1),
                ("s.section_id", "JOIN appraisals_sectionscore", "score", 100),
            ):
                score = f"CASE WHEN {aggregates.HANDED_ON} THEN s.{column} END"
                filled = points % {"score": score, "per": per}
                where = stages if per == 1 else ", ".join(["0"] * 7)
                groups = ", ".join(name for name in (of, section) if name != "0") or "a.scheme_id"
                cursor.execute(
                    "INSERT INTO appraisals_aggregate (scheme_id, level, of, section_ref, people, scored, mean,"
                    f" {names}) SELECT {scheme.pk}, '{level}', {of}, {section}, COUNT(*), COUNT({score}),"
                    f" (2 * SUM({score}) + {per} * COUNT({score})) / NULLIF(2 * {per} * COUNT({score}), 0), {filled},"
                    f" {where} FROM appraisals_appraisal a {table} s ON s.appraisal_id = a.id {join}"
                    f" WHERE a.scheme_id = {scheme.pk} AND a.replaced_at IS NULL GROUP BY {groups} ORDER BY 3, 4"
                )


def check(scheme: Scheme) -> bool:
    """Whether the floor's rows are ours: asked by the tests."""
    today = clock.today()
    forget()
    floor(scheme, today)
    theirs = (_rows(SectionScore), _rows(Score))
    forget()
    _ours(scheme, today)
    return theirs == (_rows(SectionScore), _rows(Score))


def _rows(model: type) -> list[tuple[object, ...]]:
    names = [f.attname for f in model._meta.fields if f.attname != "id"]  # type: ignore[attr-defined]
    return sorted(model._default_manager.values_list(*names), key=str)  # type: ignore[attr-defined]
