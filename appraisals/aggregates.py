"""Many people's scores in one row: per team (a manager's whole line), department (with those inside) and everybody.

Two statements a level, for any number of people: the totals with the stages, and the sections. What a review says
counts from calibration on only, so that no figure gives a draft away. A third statement says which cells are withheld:
fewer than five scored and, where exactly one child of a unit is, its smallest sibling.
"""

from django.db import connection, transaction

from appraisals.models import Aggregate, Appraisal, Scheme
from journal import clock

FEWEST = 5
STAGES = Appraisal.State.values
HANDED_ON = "a.state IN ('calibration', 'shared', 'signed', 'locked')"
COUNTS = ["people", "scored", "mean", *(f"at_{n}" for n in range(1, 8)), *(f"in_{state}" for state in STAGES)]
# level: what it is of, and the join from an appraisal `a` to it
LEVELS = {
    "team": ("up.above_id", "JOIN people_line up ON up.below_id = a.employee_id AND up.depth > 0"),
    "department": (
        "up.above_id",
        "JOIN people_employee e ON e.id = a.employee_id JOIN people_departmentline up ON up.below_id = e.department_id",
    ),
    "everybody": ("0", ""),
}
PARENTS = {
    "team": "JOIN people_employee unit ON unit.id = g.of",
    "department": "JOIN people_department unit ON unit.id = g.of",
}
PARENT = {"team": "unit.manager_id", "department": "unit.parent_id"}


def aggregate(scheme: Scheme) -> int:
    """Write the aggregates of a round anew. Returns how many rows changed: a second run changes none."""
    moment = clock.now()
    with transaction.atomic():
        Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
        changed = sum(one_level(scheme.pk, level) for level in LEVELS)
        changed += _forget(scheme.pk) + sum(_withhold(scheme.pk, level) for level in LEVELS)
        Scheme.objects.filter(pk=scheme.pk).update(aggregated_at=moment)
    return changed


def one_level(scheme: int, level: str) -> int:
    of, join = LEVELS[level]
    scored = f"CASE WHEN {HANDED_ON} THEN s.total END"
    stages = [f"COUNT(CASE WHEN a.state = '{state}' THEN 1 END)" for state in STAGES]
    totals = _select(of, "0", scored, 1, stages, f"LEFT JOIN appraisals_score s ON s.appraisal_id = a.id {join}")
    scored = f"CASE WHEN {HANDED_ON} THEN s.score END"
    none = ["0"] * len(STAGES)
    scores = f"JOIN appraisals_sectionscore s ON s.appraisal_id = a.id {join}"
    sections = _select(of, "s.section_id", scored, 100, none, scores)
    return sum(_upsert(select, scheme, level) for select in (totals, sections))


def _select(of: str, section: str, score: str, per_hundredth: int, stages: list[str], joins: str) -> str:
    """score: in hundredths times `per_hundredth`. Sums of integers are bigint in PostgreSQL, so that / truncates."""
    p = per_hundredth
    points = [f"COUNT(CASE WHEN ({score} + {50 * p}) / {100 * p} = {n} THEN 1 END)" for n in range(1, 8)]
    mean = f"(2 * SUM({score}) + {p} * COUNT({score})) / NULLIF(2 * {p} * COUNT({score}), 0)"
    groups = ", ".join(["a.scheme_id", *(name for name in (of, section) if name != "0")])
    columns = ", ".join(["COUNT(*)", f"COUNT({score})", mean, *points, *stages])
    return (
        f"SELECT a.scheme_id, {{level}}, {of}, {section}, {columns} FROM appraisals_appraisal a {joins}"
        f" WHERE a.scheme_id = {{scheme}} AND a.replaced_at IS NULL GROUP BY {groups} ORDER BY 3, 4"
    )


def _upsert(select: str, scheme: int, level: str) -> int:
    table, differ = Aggregate._meta.db_table, "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    columns = ", ".join(COUNTS)
    taken = ", ".join(f"{column} = excluded.{column}" for column in COUNTS)
    old, new = (", ".join(f"{side}.{column}" for column in COUNTS) for side in (table, "excluded"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (scheme_id, level, of, section_ref, {columns})"
            f" SELECT * FROM ({select.format(level='%s', scheme='%s')}) AS cells WHERE true"
            " ON CONFLICT (scheme_id, level, of, section_ref)"
            f" DO UPDATE SET {taken} WHERE ({old}) {differ} ({new})",
            [level, scheme],
        )
        return max(0, int(cursor.rowcount))


def _forget(scheme: int) -> int:
    """Cells of which nobody is left: a manager without a line, a department without people."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM appraisals_aggregate WHERE scheme_id = %s AND ((level = 'team' AND NOT EXISTS (SELECT 1 FROM"
            " people_line up JOIN appraisals_appraisal a ON a.employee_id = up.below_id AND a.scheme_id = %s"
            " AND a.replaced_at IS NULL WHERE up.above_id = of AND up.depth > 0))"
            " OR (level = 'department' AND NOT EXISTS (SELECT 1 FROM people_departmentline up JOIN people_employee e"
            " ON e.department_id = up.below_id JOIN appraisals_appraisal a ON a.employee_id = e.id"
            " AND a.scheme_id = %s AND a.replaced_at IS NULL WHERE up.above_id = of)))",
            [scheme, scheme, scheme],
        )
        return max(0, int(cursor.rowcount))


def _withhold(scheme: int, level: str) -> int:
    """Mark what is withheld, unmark what no longer is: one statement."""
    small = f"(g.scored < {FEWEST} AND g.scored > 0)"
    parent = PARENT.get(level, "NULL")
    ranked = (
        f"SELECT g.id, g.withheld, {small} AS small, SUM(CASE WHEN {small} THEN 1 ELSE 0 END)"
        f" OVER (PARTITION BY {parent}, g.section_ref) AS smalls, ROW_NUMBER() OVER (PARTITION BY {parent},"
        f" g.section_ref, CASE WHEN {small} THEN 1 WHEN g.scored = 0 THEN 2 ELSE 0 END ORDER BY g.scored, g.of)"
        f" AS place, {parent} AS parent, g.scored FROM appraisals_aggregate g {PARENTS.get(level, '')}"
        " WHERE g.scheme_id = %s AND g.level = %s"
    )
    wanted = "(small OR (parent IS NOT NULL AND smalls = 1 AND place = 1 AND scored > 0))"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE appraisals_aggregate SET withheld = NOT withheld WHERE id IN"
            f" (SELECT id FROM ({ranked}) AS cells WHERE withheld <> {wanted})",
            [scheme, level],
        )
        return max(0, int(cursor.rowcount))
