"""What a run's rows would do to the people there are now: a temporary table `import_plan`, made by joins.

One line per row that can be read: whom it is about (`person`, with a new number for newcomers), who their manager
would be (`boss`), what differs (`changed`), or why it cannot be taken in (`problem`). Both databases; nothing but
temporary tables is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from journal import clock
from people.models import Department, ImportRow, ImportRun, Site

PLAIN = ("name", "email", "staff_number", "preferred_name", "job_title", "hired_on", "left_on")
TABLES = ("import_plan", "import_department", "import_site", "import_leaving")


def statement(sql: str, **values: Any) -> int:
    """Run one statement; `%(name)s` are values. Returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


def clear() -> None:
    for table in TABLES:
        statement(f"DROP TABLE IF EXISTS {table}")


def draw_plan(run: ImportRun) -> None:
    """Make import_plan, import_department, import_site and import_leaving for `run`, as the people stand now."""
    clear()
    for table in ("people_importrow", "people_employee"):
        know_statistics(table)
    _name_places(run)
    _match(run)
    _refuse_double_use(run)
    _refuse_places(run)
    _refuse_dates(run)
    _draw_leaving(run)
    _refuse_managers(run)
    _compare(run)


# -- departments and sites ------------------------------------------------------------------------------------


def _name_places(run: ImportRun) -> None:
    """Spelling in the file → id. Those to be founded have the number 0 until apply founds them."""
    for place, known in (("department", department_ids()), ("site", site_ids())):
        spelt = ImportRow.objects.filter(run=run, at_reading=False).exclude(**{place: ""}).order_by()
        found = [(text, known.get(text.casefold())) for text in spelt.values_list(place, flat=True).distinct()]
        if run.found_places:
            found = [(text, 0 if pk is None else pk) for text, pk in found]
        statement(f"CREATE TEMPORARY TABLE import_{place} (spelt varchar(300) PRIMARY KEY, id bigint)")
        fill_places(place, [(text, pk) for text, pk in found if pk is not None])


def fill_places(place: str, rows: Iterable[tuple[str, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO import_{place} (spelt, id) VALUES (%s, %s)", list(rows))


def department_ids() -> Mapping[str, int]:
    """Code, name (where only one has it) and path ("Sciences > Chemistry") → id, all in lower case."""
    rows = list(Department.objects.order_by("pk").values_list("pk", "code", "name", "parent"))
    names = {pk: name for pk, _code, name, _parent in rows}
    parents = {pk: parent for pk, _code, _name, parent in rows}
    once: dict[str, int | None] = {}
    found: dict[str, int] = {}
    for pk, _code, name, _parent in rows:
        key = name.casefold()
        once[key] = None if key in once else pk
        steps, at = [name], parents[pk]
        while at:
            steps, at = [names[at], *steps], parents[at]
        found[" > ".join(steps).casefold()] = pk
    found |= {key: pk for key, pk in once.items() if pk}
    for key in [key for key, pk in once.items() if pk is None]:
        found.pop(key, None)
    return found | {code.casefold(): pk for pk, code, _name, _parent in rows}


def site_ids() -> Mapping[str, int]:
    return {name.casefold(): pk for pk, name in Site.objects.values_list("pk", "name")}


# -- who is meant ------------------------------------------------------------------------------------------------


def _match(run: ImportRun) -> None:
    """Rows to people: by staff number, else by e-mail. Managers: first who stands in the file, else who works here.

    Line 0 is no line of the file: those are the leavers an earlier plan found.
    """
    if connection.vendor == "postgresql":
        fresh, base = "nextval(pg_get_serial_sequence('people_employee', 'id'))", 0
    else:  # one writer at a time: nobody takes the numbers meanwhile
        fresh = "%(base)s + row_number() OVER (ORDER BY r.line)"
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'people_employee'")
            base = cursor.fetchone()[0]
    statement(
        f"""CREATE TEMPORARY TABLE import_plan AS
        WITH twice_email AS (
            SELECT email AS twice FROM people_importrow WHERE run_id = %(run)s AND line > 0 AND email <> ''
            GROUP BY email HAVING count(*) > 1),
        twice_number AS (
            SELECT staff_number AS twice FROM people_importrow
            WHERE run_id = %(run)s AND line > 0 AND staff_number IS NOT NULL
            GROUP BY staff_number HAVING count(*) > 1),
        met AS (
            SELECT r.id AS row_id, r.line, r.email, r.staff_number, r.manager, r.at_reading,
                e.twice IS NOT NULL AS twice_email, n.twice IS NOT NULL AS twice_number,
                by_number.id AS numbered, by_email.id AS addressed,
                CASE WHEN by_number.id IS NULL AND by_email.id IS NULL THEN {fresh} END AS fresh
            FROM people_importrow r
            LEFT JOIN twice_email e ON e.twice = r.email
            LEFT JOIN twice_number n ON n.twice = r.staff_number
            LEFT JOIN people_employee by_number ON by_number.staff_number = r.staff_number
            LEFT JOIN people_employee by_email ON by_email.email = r.email
            WHERE r.run_id = %(run)s AND r.line > 0)
        SELECT row_id, line, email, staff_number, manager, fresh IS NOT NULL AS is_new,
            coalesce(numbered, addressed, fresh) AS person, CAST(NULL AS bigint) AS boss,
            CAST(CASE WHEN at_reading THEN 'reading' WHEN twice_email OR twice_number THEN 'twice'
                WHEN addressed <> numbered THEN 'taken' ELSE '' END AS varchar(20)) AS problem,
            CAST(CASE WHEN twice_email OR addressed <> numbered THEN 'email'
                WHEN twice_number THEN 'staff_number' ELSE '' END AS varchar(20)) AS field,
            CAST(CASE WHEN twice_email OR addressed <> numbered THEN email
                WHEN twice_number THEN staff_number ELSE '' END AS varchar(254)) AS value,
            CAST('' AS varchar(300)) AS changed
        FROM met""",
        run=run.pk,
        base=base,
    )
    for column in ("email", "staff_number", "person"):
        statement(f"CREATE INDEX import_plan_{column} ON import_plan ({column})")
    know_statistics("import_plan")
    if "manager" in run.mapping:
        _name_bosses()


def know_statistics(table: str) -> None:
    """PostgreSQL takes a table filled a moment ago for an empty one, and then looks at every pair of rows."""
    if connection.vendor == "postgresql":
        statement(f"ANALYZE {table}")


def _name_bosses() -> None:
    """A key with @ is an address, any other a staff number: four lookups, the file's rows first."""
    column = "CASE WHEN p.manager LIKE '%%@%%' THEN {address} ELSE {number} END"
    inside = column.format(
        address="(SELECT min(b.person) FROM import_plan b WHERE b.email = p.manager)",
        number="(SELECT min(b.person) FROM import_plan b WHERE b.staff_number = p.manager)",
    )
    outside = column.format(
        address="(SELECT e.id FROM people_employee e WHERE e.email = p.manager)",
        number="(SELECT e.id FROM people_employee e WHERE e.staff_number = p.manager)",
    )
    statement(
        "UPDATE import_plan SET boss = k.boss FROM"
        f" (SELECT p.manager AS manager, coalesce({inside}, {outside}) AS boss"
        " FROM (SELECT DISTINCT manager FROM import_plan WHERE manager <> '') p) k"
        " WHERE k.manager = import_plan.manager"
    )


# -- what cannot be taken in ---------------------------------------------------------------------------------------


def _refuse(problem: str, field: str, condition: str, value: str = "''", **values: Any) -> int:
    return statement(
        f"UPDATE import_plan SET problem = '{problem}', field = '{field}', value = {value}"
        f" WHERE problem = '' AND ({condition})",
        **values,
    )


def _refuse_double_use(run: ImportRun) -> None:
    _refuse(
        "same_person",
        "email",
        "NOT is_new AND person IN (SELECT person FROM import_plan WHERE NOT is_new AND problem <> 'reading'"
        " GROUP BY person HAVING count(*) > 1)",
        "email",
    )


def _refuse_places(run: ImportRun) -> None:
    for place in ("department", "site"):
        spelt = f"(SELECT r.{place} FROM people_importrow r WHERE r.id = import_plan.row_id)"
        unknown = f"SELECT r.id FROM people_importrow r WHERE r.run_id = %(run)s AND r.{place} <> ''"
        _refuse(
            f"no_{place}",
            place,
            f"row_id IN ({unknown} AND NOT EXISTS (SELECT 1 FROM import_{place} k WHERE k.spelt = r.{place}))",
            f"substr({spelt}, 1, 120)",
            run=run.pk,
        )


def _refuse_dates(run: ImportRun) -> None:
    """Where the file names one of the two days only, the other is the one we know."""
    named = {"hired_on", "left_on"} & run.mapping.keys()
    if len(named) == 1:
        early = "r.left_on < e.hired_on" if "left_on" in named else "e.left_on < r.hired_on AND e.left_on >= %(today)s"
        _refuse(
            "before_joining",
            named.pop(),
            "row_id IN (SELECT r.id FROM import_plan p JOIN people_importrow r ON r.id = p.row_id"
            f" JOIN people_employee e ON e.id = p.person WHERE {early})",
            today=clock.today(),
        )


def _draw_leaving(run: ImportRun) -> None:
    """Who works here and stands in no row, where the file is said to be complete. Nobody imports themself away, and
    the machine's administrator needs no row. One row that does not tell whom it is about, and nobody is leaving: it
    may be about anybody."""
    statement(
        "CREATE TEMPORARY TABLE import_leaving AS SELECT e.id AS person FROM people_employee e"
        " WHERE %(complete)s AND NOT EXISTS (SELECT 1 FROM import_plan p WHERE p.problem = 'reading' AND p.is_new)"
        " AND e.left_on IS NULL AND NOT e.is_superuser AND e.id <> %(by)s"
        " AND NOT EXISTS (SELECT 1 FROM import_plan p WHERE p.person = e.id)"
        " AND (e.hired_on IS NULL OR e.hired_on <= %(on)s)",
        complete=run.complete and run.leaving_on is not None,
        by=run.by_id,
        on=run.leaving_on or clock.today(),
    )


def _refuse_managers(run: ImportRun) -> None:
    if "manager" not in run.mapping:
        return
    _refuse("oneself", "manager", "manager <> '' AND boss = person", "manager")
    _refuse("no_manager", "manager", "manager <> '' AND boss IS NULL", "manager")
    _refuse("manager_leaves", "manager", "boss IN (SELECT person FROM import_leaving)", "manager")
    _refuse(
        "manager_left",
        "manager",
        "boss IN (SELECT id FROM people_employee WHERE left_on < %(today)s)"
        " AND NOT EXISTS (SELECT 1 FROM import_plan b WHERE b.person = import_plan.boss AND b.problem = '')",
        "manager",
        today=clock.today(),
    )
    while _refuse_below_bad_newcomers() or _refuse_circles():
        pass  # a row that stays out keeps its old manager, which may leave another newcomer without one


def _refuse_below_bad_newcomers() -> int:
    """A newcomer whose row stays out manages nobody, and so on downwards."""
    return _refuse(
        "manager_bad",
        "manager",
        """person IN (WITH RECURSIVE out(person) AS (
            SELECT person FROM import_plan WHERE is_new AND problem <> ''
            UNION SELECT p.person FROM import_plan p JOIN out ON out.person = p.boss WHERE p.is_new)
            SELECT p.person FROM import_plan p JOIN out ON out.person = p.boss)""",
        "manager",
    )


def _refuse_circles() -> int:
    """Walk down from everybody without a manager, as it would be; whoever is not reached hangs on a circle."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE later(person, boss) AS (
                SELECT person, boss FROM import_plan WHERE problem = ''
                UNION ALL SELECT e.id, e.manager_id FROM people_employee e
                WHERE NOT EXISTS (SELECT 1 FROM import_plan p WHERE p.person = e.id AND p.problem = '')),
            reached(person) AS (
                SELECT person FROM later WHERE boss IS NULL
                UNION ALL SELECT later.person FROM later JOIN reached ON later.boss = reached.person)
            SELECT later.person, later.boss FROM later LEFT JOIN reached ON reached.person = later.person
            WHERE reached.person IS NULL"""
        )
        circle = in_circles(dict(cursor.fetchall()))
    refused = 0
    for person in circle:
        refused += _refuse("circle", "manager", "person = %(person)s", "manager", person=person)
    return refused


def in_circles(boss: Mapping[int, int]) -> set[int]:
    """Who stands on a circle (not: below one), given everybody's manager. Linear."""
    found: set[int] = set()
    seen: dict[int, int] = {}
    for number, start in enumerate(boss):
        at = start
        while at in boss and at not in seen:
            seen[at] = number
            at = boss[at]
        if seen.get(at) == number:
            while at not in found:
                found.add(at)
                at = boss[at]
    return found


# -- what differs ------------------------------------------------------------------------------------------------


def changed_fields(run: ImportRun) -> dict[str, tuple[str, str]]:
    """Field of Employee → (its column, its value by the file), as far as the file speaks of it.

    In the SQL `e` is the person, `r` the row, `p` the plan, `d` and `s` the department and the site named.
    """
    fields = {field: (field, f"r.{field}") for field in PLAIN if field in run.mapping or field == "name"}
    if "hired_on" in fields:  # an empty cell does not unsay a first day
        fields["hired_on"] = ("hired_on", "coalesce(r.hired_on, e.hired_on)")
    if "left_on" not in fields:  # whoever had left and stands in the file works here again
        fields["left_on"] = ("left_on", "CASE WHEN e.left_on < %(today)s THEN NULL ELSE e.left_on END")
    if "department" in run.mapping:
        fields["department"] = ("department_id", "d.id")
    if "site" in run.mapping:
        fields["site"] = ("site_id", "s.id")
    if "manager" in run.mapping:
        fields["manager"] = ("manager_id", "p.boss")
    return fields


JOINED = (
    " FROM import_plan p JOIN people_importrow r ON r.id = p.row_id"
    " LEFT JOIN import_department d ON d.spelt = r.department LEFT JOIN import_site s ON s.spelt = r.site"
)


def _compare(run: ImportRun) -> None:
    parts = " || ".join(
        f"CASE WHEN e.{column} IS DISTINCT FROM {value} THEN ',\"{field}\"' ELSE '' END"
        for field, (column, value) in changed_fields(run).items()
    )
    statement(
        f"UPDATE import_plan SET changed = k.changed FROM (SELECT p.row_id, {parts} AS changed {JOINED}"
        " JOIN people_employee e ON e.id = p.person WHERE p.problem = '' AND NOT p.is_new) k"
        " WHERE k.row_id = import_plan.row_id AND k.changed <> ''",
        today=clock.today(),
    )


def keep_verdicts(run: ImportRun) -> dict[str, int]:
    """Write what the plan found to the rows, for the pages. Returns verdict → how many."""
    statement("DELETE FROM people_importrow WHERE run_id = %(run)s AND verdict = 'leaving'", run=run.pk)
    statement(
        "UPDATE people_importrow SET verdict = k.verdict, employee = k.person, problem = k.problem, field = k.field,"
        " value = k.value FROM (SELECT row_id, substr(value, 1, 120) AS value, problem, field,"
        " CASE WHEN is_new THEN NULL ELSE person END AS person,"
        " CASE WHEN problem <> '' THEN 'bad' WHEN is_new THEN 'new' WHEN changed <> '' THEN 'changed' ELSE 'same' END"
        " AS verdict FROM import_plan WHERE problem <> 'reading') k WHERE k.row_id = people_importrow.id"
        " AND (people_importrow.verdict <> k.verdict OR people_importrow.problem <> k.problem"
        " OR people_importrow.employee IS DISTINCT FROM k.person)"
    )
    statement(
        "INSERT INTO people_importrow (run_id, line, verdict, employee, name, email, preferred_name, job_title,"
        " department, site, manager, problem, field, value, at_reading)"
        " SELECT %(run)s, 0, 'leaving', e.id, e.name, e.email, '', '', '', '', '', '', '', '', %(no)s"
        " FROM import_leaving l JOIN people_employee e ON e.id = l.person ORDER BY e.name, e.id",
        run=run.pk,
        no=False,
    )
    verdicts = ImportRow.objects.filter(run=run).order_by()
    return {verdict: verdicts.filter(verdict=verdict).count() for verdict in ImportRow.Verdict.values}
