"""A run's plan carried out: newcomers, changes and leavers by set, in the one transaction of the caller."""

import re
import unicodedata

from django.conf import settings
from django.db import connection

from journal import clock
from journal.origin import origin
from people.models import Department, ImportRun, Site
from people.rules.departments import found_department, found_site
from people.rules.import_plan import JOINED, changed_fields, clear, draw_plan, keep_verdicts, know_statistics, statement
from people.rules.line import one_move_at_a_time, redraw_lines


def carry_out(run: ImportRun) -> dict[str, int]:
    """Bring people to where the file says, as far as its rows are good. Returns verdict → how many.

    Everything is looked at again, since people may have changed after the check. Must run in a transaction.
    """
    one_move_at_a_time()
    draw_plan(run)
    _found_places(run)
    _change(run)
    _let_go(run)
    _welcome(run)
    _redraw(run)
    _record(run)
    counts = keep_verdicts(run)
    clear()
    return counts


def _found_places(run: ImportRun) -> None:
    """Departments and sites that good rows name and nobody has founded; a path founds every step that is missing."""
    with connection.cursor() as cursor:
        for place in ("department", "site"):
            cursor.execute(
                f"SELECT k.spelt FROM import_{place} k WHERE k.id = 0 AND EXISTS (SELECT 1"
                f" FROM import_plan p JOIN people_importrow r ON r.id = p.row_id"
                f" WHERE p.problem = '' AND r.{place} = k.spelt) ORDER BY k.spelt"
            )
            missing = [spelt for (spelt,) in cursor.fetchall()]
            found = [_found_department(s, run) if place == "department" else _found_site(s, run) for s in missing]
            cursor.executemany(
                f"UPDATE import_{place} SET id = %s WHERE spelt = %s", list(zip(found, missing, strict=True))
            )
            cursor.execute(f"UPDATE import_{place} SET id = NULL WHERE id = 0")


def _found_site(name: str, run: ImportRun) -> int:
    site = Site.objects.filter(name__iexact=name).first() or found_site(name, settings.TIME_ZONE, by=run.by)
    return site.pk


def _found_department(path: str, run: ImportRun) -> int:
    """ "Sciences > Chemistry": each step inside the one before. Returns the last one's id."""
    parent: Department | None = None
    for name in filter(None, (step.strip()[:120] for step in path.split(">"))):
        known = Department.objects.filter(name__iexact=name, parent=parent).first()
        parent = known or found_department(name, _free_code(name), by=run.by, parent=parent)
    if parent is None:  # nothing but the signs between the steps
        parent = found_department(path, _free_code(path), by=run.by)
    return parent.pk


def _free_code(name: str) -> str:
    """A short name from the long one: "Earth Sciences" → "EARTH-SCIENCES", with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    base = re.sub(r"[^A-Z0-9]+", "-", plain).strip("-")[:32] or "PART"
    taken = set(Department.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := base if n == 1 else f"{base}-{n}") not in taken)


def _change(run: ImportRun) -> None:
    """People the file knows differently. `moved` is noted first: the lines are redrawn below them."""
    fields = changed_fields(run).values()
    columns = ", ".join(f"{column} = k.{column}" for column, _value in fields)
    values = ", ".join(f"{value} AS {column}" for column, value in fields)
    statement(
        f"UPDATE people_employee SET version = people_employee.version + 1, {columns}"
        f" FROM (SELECT p.person, {values} {JOINED}"
        " JOIN people_employee e ON e.id = p.person WHERE p.problem = '' AND p.changed <> '') k"
        " WHERE k.person = people_employee.id",
        today=clock.today(),
    )


def _let_go(run: ImportRun) -> None:
    """Those who are missing leave; whoever works for them goes to the next above who stays."""
    if run.leaving_on is None:
        return
    statement(
        "UPDATE people_employee SET left_on = %(on)s WHERE id IN (SELECT person FROM import_leaving)",
        on=run.leaving_on,
    )
    statement("DROP TABLE IF EXISTS import_heir")
    statement(
        """CREATE TEMPORARY TABLE import_heir AS
        WITH RECURSIVE up(person, boss) AS (
            SELECT e.id, m.manager_id FROM people_employee e JOIN import_leaving l ON l.person = e.manager_id
            JOIN people_employee m ON m.id = e.manager_id WHERE e.id NOT IN (SELECT person FROM import_leaving)
            UNION ALL SELECT up.person, m.manager_id FROM up JOIN import_leaving l ON l.person = up.boss
            JOIN people_employee m ON m.id = up.boss)
        SELECT person, boss FROM up WHERE boss IS NULL OR boss NOT IN (SELECT person FROM import_leaving)"""
    )
    statement("UPDATE people_employee SET manager_id = h.boss FROM import_heir h WHERE h.person = people_employee.id")


def _welcome(run: ImportRun) -> None:
    secret = "md5(random()::text)" if connection.vendor == "postgresql" else "hex(randomblob(16))"
    statement(
        "INSERT INTO people_employee (id, password, is_superuser, email, name, preferred_name, staff_number, job_title,"
        " hired_on, left_on, time_zone, language, theme, hr_role, department_id, site_id, manager_id)"
        # "!" first: a password that nothing matches, until they set one
        f" SELECT p.person, '!' || {secret}, %(no)s, r.email, r.name, r.preferred_name, r.staff_number, r.job_title,"
        " r.hired_on, r.left_on, coalesce(place.time_zone, %(zone)s), %(language)s, '', '', d.id, s.id, p.boss"
        f" {JOINED} LEFT JOIN people_site place ON place.id = s.id"
        " WHERE p.is_new AND p.problem = '' ORDER BY p.person",
        no=False,
        zone=settings.TIME_ZONE,
        language=settings.LANGUAGE_CODE,
    )


def _redraw(run: ImportRun) -> None:
    """The lines of newcomers, and of whoever moved with everybody below them."""
    moved = "SELECT person FROM import_plan WHERE problem = '' AND changed LIKE '%%\"manager\"%%'"
    if run.leaving_on is not None:
        moved += " UNION SELECT person FROM import_heir"
    statement("DROP TABLE IF EXISTS import_redrawn")
    statement(
        "CREATE TEMPORARY TABLE import_redrawn AS SELECT person AS id FROM import_plan"
        f" WHERE is_new AND problem = '' UNION SELECT below_id FROM people_line WHERE above_id IN ({moved})"
    )
    statement("CREATE UNIQUE INDEX import_redrawn_id ON import_redrawn (id)")
    for table in ("import_redrawn", "people_employee"):
        know_statistics(table)
    redraw_lines("SELECT id FROM import_redrawn")
    statement("DROP TABLE import_redrawn")


def _record(run: ImportRun) -> None:
    """A line of history for each deed, in the verbs of people.rules.joining and people.rules.line."""
    _entries(run, "employee.join", "'{}'", "import_plan WHERE is_new AND problem = ''")
    _entries(
        run,
        "employee.revise",
        "'{\"fields\": [' || substr(changed, 2) || ']}'",
        "import_plan WHERE problem = '' AND changed <> '' AND changed <> ',\"manager\"'",
    )
    boss = "'{\"manager\": ' || coalesce(CAST(boss AS varchar(20)), 'null') || '}'"
    _entries(run, "employee.assign_manager", boss, "import_plan WHERE problem = '' AND changed LIKE '%%\"manager\"%%'")
    if run.leaving_on is not None:
        on = '\'{"on": "' + run.leaving_on.isoformat() + "\"}'"
        _entries(run, "employee.leave", on, "import_leaving")
        _entries(run, "employee.assign_manager", boss, "import_heir")
        statement("DROP TABLE import_heir")


def _entries(run: ImportRun, verb: str, data: str, rows: str) -> None:
    cast = "jsonb" if connection.vendor == "postgresql" else "text"
    statement(
        "INSERT INTO journal_entry (at, actor_id, verb, subject, origin, data)"
        f" SELECT %(at)s, %(by)s, %(verb)s, 'people.employee:' || person, %(origin)s, CAST({data} AS {cast})"
        f" FROM {rows}",
        at=clock.now(),
        by=run.by_id,
        verb=verb,
        origin=origin() or f"import {run.file_name}"[:60],
    )
