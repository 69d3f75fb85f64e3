"""Descriptions that exist already, from a file: chosen, columns named, looked at row by row, taken in as drafts.

What comes in takes the route like everything else: HR rules on each clause, and whoever brought the words in does not.
"""

import uuid as uuids
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import Any, BinaryIO, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs import headings
from jobs.models import Clause, DescriptionFile, JobDescription, Version
from jobs.querysets import in_hr_part
from jobs.rules.drafting import may_begin
from jobs.words import fingerprint, tidy
from journal.rules import record
from people.models import Department, Employee
from people.tables import open_table

MOST_ROWS = 5_000
MOST_SIGNS = 4_000_000
MOST_CLAUSES = 60
LONGEST = {"description": 120, "clause": 2000, "reason": 1000, "covers": 200}
REQUIRED = ("description", "clause", "kind")
FIELDS = {
    "description": gettext_lazy("Description"),
    "clause": gettext_lazy("Clause"),
    "kind": gettext_lazy("Class"),
    "department": gettext_lazy("Department"),
    "manager": gettext_lazy("Manager (e-mail)"),
    "reason": gettext_lazy("Reason"),
    "covers": gettext_lazy("Positions"),
}
VERDICTS = {
    "bad": gettext_lazy("Stay out"),
    "new": gettext_lazy("New"),
    "same": gettext_lazy("Here already"),
}
NOTHING = gettext_lazy(
    "No row is new and good, so there is nothing to take in. Name other columns, or choose another file."
)
State = DescriptionFile.State


@dataclass
class Row:
    """One row of the file as understood. reason: why it stays out; known: its description is here already."""

    line: int
    values: dict[str, str]
    column: Any = ""
    reason: str = ""
    known: bool = False

    @property
    def verdict(self) -> str:
        return "bad" if self.reason else "same" if self.known else "new"

    @property
    def kind_label(self) -> str:
        return str(Clause.Kind(self.values["kind"]).label)


@dataclass
class Plan:
    """What would become of the file. descriptions: (title, department, whose draft) → its good rows, in order."""

    rows: list[Row] = field(default_factory=list)
    descriptions: dict[tuple[str, int, int], list[Row]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.verdict for row in self.rows)
        return {"new": found["new"], "same": found["same"], "bad": found["bad"], "descriptions": len(self.descriptions)}


def choose(file: File, name: str, *, by: Employee, key: uuids.UUID | None = None) -> DescriptionFile:
    """Take in a file and guess its columns. The same `key` again finds the first run.

    Raises PermissionDenied for whoever does not draft, ValidationError with a sentence if it is no table or too long.
    """
    if not may_begin(by):
        raise PermissionDenied
    if key and (known := DescriptionFile.objects.filter(uuid=key, by=by).first()):
        return known
    table = open_table(cast(BinaryIO, file), headings.familiar)
    rows = list(islice(table.rows(), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS or sum(len(cell) for _line, cells in rows for cell in cells or ()) > MOST_SIGNS:
        raise ValidationError(_("These are more than 5,000 clauses. Divide the file."), "too_long")
    shown = " ".join("".join(c if c.isprintable() else " " for c in PurePath(name).name).split())[:200]
    kept = [[line, cells and [_clean(cell) for cell in cells]] for line, cells in rows]
    fields = {"by": by, "file_name": shown or "descriptions", "header": [_clean(cell) for cell in table.header]}
    try:
        with transaction.atomic():
            mapping = headings.guess(table.header)
            run = DescriptionFile.objects.create(uuid=key or uuids.uuid4(), rows=kept, mapping=mapping, **fields)
            record("job.import_choose", run, by=by, rows=len(rows))
    except IntegrityError:  # the same form, sent twice in one moment
        return DescriptionFile.objects.get(uuid=key or uuids.UUID(int=0), by=by)
    return run


def _clean(cell: str) -> str:
    return cell.replace("\x00", "\N{REPLACEMENT CHARACTER}")


def name_columns(run: DescriptionFile, mapping: dict[str, int], *, by: Employee) -> DescriptionFile:
    """Say what the columns are. Raises ValidationError("moved_on") if the file was taken in or thrown away."""
    _move(run, (State.CHOSEN, State.CHECKED), State.CHECKED, by, mapping=mapping)
    return run


def take_in(run: DescriptionFile, *, by: Employee) -> DescriptionFile:
    """Make drafts of the good rows, all of them or none, and forget the file.

    Raises ValidationError("no_rows") where none is new and good, "moved_on" if it was taken in or thrown away.
    """
    with transaction.atomic():
        plan = look(run)
        if run.state == State.CHECKED and run.by_id == by.pk and not plan.counts["new"]:
            raise ValidationError(str(NOTHING), "no_rows")
        _move(run, (State.CHECKED,), State.DONE, by, counts=plan.counts, rows=[])
        for (title, department, author), rows in plan.descriptions.items():
            _draft(title, department, author, rows, by)
    return run


def withdraw(run: DescriptionFile, *, by: Employee) -> DescriptionFile:
    """Nothing was taken in; the file is forgotten."""
    _move(run, (State.CHOSEN, State.CHECKED), State.WITHDRAWN, by, rows=[])
    return run


def _move(run: DescriptionFile, sources: tuple[str, ...], target: str, by: Employee, **fields: Any) -> None:
    if run.by_id != by.pk or not may_begin(by):
        raise PermissionDenied
    with transaction.atomic():
        came_from = run.state
        moved = DescriptionFile.objects.filter(pk=run.pk, state__in=sources).update(state=target, **fields)
        if not moved:
            run.refresh_from_db()
            raise ValidationError(_("This file has moved on meanwhile, so nothing was changed."), "moved_on")
        record("job.import", run, by=by, **{"from": came_from, "to": target})
    run.refresh_from_db()


def _draft(title: str, department: int, author: int, rows: list[Row], by: Employee) -> None:
    job = JobDescription.objects.create(title=title, department_id=department, begun_by=by)
    version = Version.objects.create(description=job, number=1, title=title, author_id=author)
    Clause.objects.bulk_create(
        Clause(version=version, position=place, author=by, fingerprint=_mark(row.values), **_facts(row.values))
        for place, row in enumerate(rows, start=1)
    )
    record("job.begin", version, by=by, clauses=len(rows), author=author)


def _facts(values: dict[str, str]) -> dict[str, str]:
    return {"text": values["clause"]} | {name: values.get(name, "") for name in ("kind", "reason", "covers")}


def _mark(values: dict[str, str]) -> str:
    return fingerprint(values["clause"], values["kind"], values.get("covers", ""))


# -- the dry run ------------------------------------------------------------------------------------------------------


def look(run: DescriptionFile) -> Plan:
    """What would become of every row, by the columns named. Few queries for any number of rows."""
    plan, sight = Plan(), _Sight(run.by)
    plan.rows = [_understood(run, line, cells) for line, cells in run.rows]
    for row in plan.rows:
        if not row.reason:
            sight.place(row)
    for row in plan.rows:
        if not row.reason:
            _look_among_others(plan, row)
    return plan


def _look_among_others(plan: Plan, row: Row) -> None:
    """What one row alone does not show: the same words again, too many of them."""
    key = (row.values["description"], int(row.values["department_id"]), int(row.values["author_id"]))
    if row.known:
        return
    others = plan.descriptions.setdefault(key, [])
    twin = next((other for other in others if _words(other) == _words(row)), None)
    if twin:
        _refuse(row, "clause", _("Line %(line)s says the same already.") % {"line": twin.line})
    elif len(others) >= MOST_CLAUSES:
        _refuse(row, "clause", _("A job description has at most 60 clauses."))
    else:
        others.append(row)


def _words(row: Row) -> list[str]:
    return row.values["clause"].casefold().split()


def _understood(run: DescriptionFile, line: int, cells: list[str] | None) -> Row:
    if cells is None:
        return Row(line, {}, reason=_("This line cannot be read; a quotation mark may be missing."))
    values = {name: tidy(cells[at]) for name, at in run.mapping.items() if at < len(cells)}
    row = Row(line, values)
    for name in REQUIRED:
        if not values.get(name):
            return _refuse(row, name, _("Nothing stands here."))
    if not (kind := headings.kind_of(values["kind"])):
        return _refuse(row, "kind", _("This is none of the four classes."))
    values["kind"] = kind
    return _fitting(row)


def _fitting(row: Row) -> Row:
    for name, most in LONGEST.items():
        if len(row.values.get(name, "")) > most:
            return _refuse(row, name, _("Longer than %(most)s characters.") % {"most": most})
    for name in ("description", "covers"):
        if not row.values.get(name, "").isprintable():
            return _refuse(row, name, _("This is one line: leave out line breaks and control characters."))
    return row


def _refuse(row: Row, column: str, reason: str) -> Row:
    row.column, row.reason = FIELDS.get(column, ""), reason
    return row


class _Sight:
    """Departments, managers and descriptions that are here, each asked for once."""

    def __init__(self, by: Employee) -> None:
        self.by = by
        parts = Department.objects.all() if by.is_hr_administrator else Department.objects.filter(_part(by))
        self.departments = {headings.plain(word): d.pk for d in parts for word in (d.name, d.code)}
        self.leaders = dict(_leaders().values_list("email", "pk")) if by.is_hr else {}
        mine = Q(begun_by=by) | Q(pk__in=JobDescription.objects.visible_to(by).values("pk"))
        known = JobDescription.objects.filter(mine | in_hr_part(by)).values_list("title", "department")
        self.known = {(headings.plain(title), department) for title, department in known}

    def place(self, row: Row) -> None:
        """Find out the department and whose draft it becomes."""
        told, values = row.values.get("department", ""), row.values
        department = self.departments.get(headings.plain(told)) if told else self.by.department_id
        if department is None:
            sentence = _("No department of yours has this name or short name.") if told else _("Name the department.")
            _refuse(row, "department", sentence)
            return
        author: int | None = self.by.pk
        if email := values.get("manager", "").lower():
            author = self.leaders.get(email) if self.by.is_hr else (self.by.pk if email == self.by.email else None)
        if author is None:
            _refuse(row, "manager", _("Nobody who leads others has this e-mail, or it is not yours to say."))
            return
        values |= {"department_id": str(department), "author_id": str(author)}
        row.known = (headings.plain(values["description"]), department) in self.known


def _part(by: Employee) -> Q:
    """Departments in whose name `by` may bring something in: HR its part, a manager those of their people."""
    if by.is_hr:
        return Q(partner=by) | Q(pk=by.department_id)
    return Q(people__in=by.lines_down.values("below")) | Q(pk=by.department_id)


def _leaders() -> Any:
    reports = Employee.objects.working().exclude(manager=None).values("manager")
    return Employee.objects.working().filter(pk__in=reports)


def portion(plan: Plan, verdict: str, start: int, size: int = 100) -> Iterator[Row]:
    """Rows of one verdict from the `start`-th on: one more than `size`, if there are more."""
    return islice((row for row in plan.rows if row.verdict == verdict), start, start + size + 1)
