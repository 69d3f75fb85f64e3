"""A big organisation for measuring: rows by the hundred thousand, written set-based, told apart from real ones by name.

Nothing here goes through the rules: it is for benchmarks, on a database made for them.
"""

from django.db import connection, transaction

from people.rules.departments import redraw

SPAN = 8  # direct reports of one manager
DEPARTMENT_SIZE = 250


def numbers(count: int) -> str:
    """A sub-select of one column `n`, 0 to count - 1, on either database."""
    if connection.vendor == "postgresql":
        return f"(SELECT n FROM generate_series(0, {int(count) - 1}) AS n)"
    return (
        "(WITH RECURSIVE counting(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counting"
        f" WHERE n < {int(count) - 1}) SELECT n FROM counting)"
    )


def people(count: int, departments: int | None = None) -> None:
    """`count` people in departments of 250 (or so many `departments`) and a line of eight each: person 0 leads all.

    Raises ValueError where people are already: ids start at 1 so that n + 1 names person n.
    """
    departments = departments or max(1, count // DEPARTMENT_SIZE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_employee)")
        if cursor.fetchone()[0]:
            raise ValueError("seed_scale wants an empty database")
        cursor.execute(
            "INSERT INTO people_department (id, name, code, parent_id)"
            " SELECT n + 1, 'Department ' || n, 'D' || n, CASE WHEN n = 0 THEN NULL ELSE n / 10 + 1 END"
            f" FROM {numbers(departments + 1)} AS counted WHERE n = 0 OR n / 10 < n"
        )
        cursor.execute(
            "INSERT INTO people_employee (id, password, is_superuser, email, name, preferred_name, staff_number,"
            " job_title, department_id, manager_id, time_zone, language, theme, hr_role)"
            f" SELECT n + 1, '!', {_false()}, 'person' || n || '@scale.example', 'Person ' || n, '', 'S' || n,"
            f" 'Job ' || (n % 40), n % {departments} + 2, CASE WHEN n = 0 THEN NULL ELSE (n - 1) / {SPAN} + 1 END,"
            " 'UTC', 'en', '', CASE WHEN n = 1 THEN 'administrator' ELSE '' END"
            f" FROM {numbers(count)} AS counted ORDER BY n"
        )
        cursor.execute(
            "INSERT INTO people_line (above_id, below_id, depth)"
            " WITH RECURSIVE path(above_id, below_id, depth) AS (SELECT id, id, 0 FROM people_employee UNION ALL"
            " SELECT boss.manager_id, path.below_id, path.depth + 1 FROM path"
            " JOIN people_employee boss ON boss.id = path.above_id WHERE boss.manager_id IS NOT NULL)"
            " SELECT above_id, below_id, depth FROM path ORDER BY above_id, below_id"
        )
        _sequences(cursor)
        redraw()


def _false() -> str:
    return "false" if connection.vendor == "postgresql" else "0"


def _sequences(cursor: object) -> None:
    """PostgreSQL's counters do not see ids that were given: set them behind the last."""
    if connection.vendor == "postgresql":
        for table in ["people_employee", "people_department"]:
            cursor.execute(  # type: ignore[attr-defined]
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
