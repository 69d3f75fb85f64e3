"""What a run's pages and its download show: rows in portions, what differs, why a row stays out."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import headings
from people.models import Employee, ImportRow, ImportRun
from people.rules.import_plan import department_ids
from people.tables import open_table

PORTION = 50
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "first_name": gettext_lazy("first name"),
    "last_name": gettext_lazy("last name"),
    "email": gettext_lazy("e-mail"),
    "staff_number": gettext_lazy("staff number"),
    "preferred_name": gettext_lazy("preferred name"),
    "job_title": gettext_lazy("job title"),
    "department": gettext_lazy("department"),
    "site": gettext_lazy("site"),
    "manager": gettext_lazy("manager"),
    "hired_on": gettext_lazy("first working day"),
    "left_on": gettext_lazy("last working day"),
}
PROBLEMS: dict[str, str | Promise] = {
    "unreadable": gettext_lazy("The row cannot be read: a cell is far too long, or a quotation mark is missing."),
    "width": gettext_lazy("It has %(value)s cells, the header has another number: look for a separator inside a cell."),
    "empty": gettext_lazy("The cell is empty, and nobody can do without."),
    "too_long": gettext_lazy("“%(value)s …” is too long."),
    "unprintable": gettext_lazy("“%(value)s” holds characters that cannot be seen. Type it anew."),
    "formula": gettext_lazy("“%(value)s” looks like a formula. Write the text itself."),
    "no_email": gettext_lazy("“%(value)s” is not an e-mail address."),
    "no_date": gettext_lazy("“%(value)s” is not a day of the calendar, or not written as one of the three ways."),
    "before_joining": gettext_lazy("The last working day comes before the first one."),
    "twice": gettext_lazy("“%(value)s” stands in more than one row, so none of them is taken in."),
    "same_person": gettext_lazy("Another row is about the same person."),
    "taken": gettext_lazy("“%(value)s” is the address of somebody else here."),
    "no_department": gettext_lazy("There is no department “%(value)s”."),
    "no_site": gettext_lazy("There is no site “%(value)s”."),
    "oneself": gettext_lazy("Nobody is their own manager."),
    "no_manager": gettext_lazy("“%(value)s” is neither in the file nor among the people here."),
    "manager_bad": gettext_lazy("The row of the manager “%(value)s” is not taken in."),
    "manager_left": gettext_lazy("The manager “%(value)s” has left."),
    "manager_leaves": gettext_lazy("The manager “%(value)s” is missing in the file, which is said to be complete."),
    "circle": gettext_lazy("This row is part of a circle: following the managers upwards leads back to it."),
}


@dataclass(frozen=True)
class Difference:
    field: str
    old: Any
    new: Any


def reason(row: ImportRow) -> str:
    """Why a bad row stays out, as a sentence."""
    return str(PROBLEMS[row.problem]) % {"value": row.value}


def portion(run: ImportRun, verdict: str, start: int) -> list[ImportRow]:
    """At most PORTION + 1 rows of one verdict from `start` on, each with what its page shows about it."""
    rows: QuerySet[ImportRow] = ImportRow.objects.filter(run=run, verdict=verdict).order_by("line", "pk")
    found = list(rows[start : start + PORTION + 1])
    if verdict == ImportRow.Verdict.CHANGED:
        people = Employee.objects.with_place().in_bulk([row.employee for row in found if row.employee])
        departments = department_ids()
        for row in found:
            row.differences = _differences(row, people.get(row.employee or 0), run, departments)  # type: ignore[attr-defined]
    if verdict == ImportRow.Verdict.NEW and run.state == ImportRun.State.DONE:
        newcomers = Employee.objects.in_bulk([row.email for row in found], field_name="email")
        for row in found:
            row.account = newcomers.get(row.email)  # type: ignore[attr-defined]
    for row in found:
        if row.problem:
            row.reason = reason(row)  # type: ignore[attr-defined]
            row.column = FIELDS.get(row.field, "")  # type: ignore[attr-defined]
    return found


def _differences(row: ImportRow, person: Employee | None, run: ImportRun, departments: Any) -> list[Difference]:
    """Old and new of each field the file speaks of and that differs, as far as the person is still there."""
    if person is None:
        return []
    named = {field for field in run.mapping if field in FIELDS} | {"name"}
    found = [
        Difference(str(FIELDS[field]), getattr(person, field), getattr(row, field))
        for field in ("name", "email", "staff_number", "preferred_name", "job_title", "hired_on", "left_on")
        if field in named and (getattr(person, field) or "") != (getattr(row, field) or "")
        if not (field == "hired_on" and row.hired_on is None)
    ]
    if "left_on" not in named and person.left_on:
        found.append(Difference(str(FIELDS["left_on"]), person.left_on, None))
    if "department" in named and departments.get(row.department.casefold()) != person.department_id:
        found.append(Difference(str(FIELDS["department"]), person.department, row.department))
    if "site" in named and row.site.casefold() != (person.site.name.casefold() if person.site else ""):
        found.append(Difference(str(FIELDS["site"]), person.site, row.site))
    boss = person.manager
    if "manager" in named and row.manager not in ({boss.email, boss.staff_number} if boss else {""}):
        found.append(Difference(str(FIELDS["manager"]), boss, row.manager))
    return found


def bad_rows_csv(run: ImportRun) -> Iterator[str]:
    """The rows that stayed out as they stand in the file, with line, column and reason in front; safe to open.

    One row at a time. Cells that a spreadsheet would run are quoted with an apostrophe.
    """
    bad = ImportRow.objects.filter(run=run, verdict=ImportRow.Verdict.BAD).order_by("line")
    why = {row.line: (str(FIELDS.get(row.field, "")), reason(row)) for row in bad.iterator()}
    yield "\ufeff" + _line([_("Line"), _("Column"), _("Reason"), *run.header])
    with run.file.open("rb") as file:
        for line, cells in open_table(cast(BinaryIO, file), headings.familiar).rows():
            if line in why:
                yield _line([str(line), *why[line], *(cells or [])])


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(tuple("=+-@\t\r")) else cell for cell in cells])
    return out.getvalue()
