"""The journal as HR searches it: which sorts of entries a reader may find, and how each thing is named.

Only what stands in SORTS is ever found. Confidential kinds (one-on-ones, notes, notebooks, threads, reports with the
people met) are not in it, so no search shows that they exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from appraisals.models import Appraisal, Scheme
from goals.models import Goal, Idea, Year
from jobs.models import Clause, Ground, JobDescription, Version
from journal.models import Entry
from journal.querysets import EntryQuerySet
from journal.rules import objects_of
from journal.words import said, thing
from outbox.models import Hold
from people.access import in_part
from people.models import Department, Employee, ImportRun, Site

# What somebody does on an appraisal that they have not handed on yet: theirs until then.
WHILE_WRITING = ["appraisal.begin", "appraisal.rate", "appraisal.attach", "appraisal.detach", "appraisal.accept"]
WHILE_WRITING += ["appraisal.release_note", "appraisal.keep_note"]
Rows = Callable[[Employee], QuerySet[Any]]


@dataclass(frozen=True)
class Sort:
    """One sort of thing. rows: those whose entries a reader in HR may find. whose: path to the person it is about.

    named: how a line names one, without anybody's words. linked: whether it has a page that HR may open.
    """

    label: str
    rows: Rows
    whose: str = ""
    named: Callable[[Any], str] = str
    linked: bool = False


def _part(user: Employee) -> QuerySet[Employee]:
    people: QuerySet[Employee] = Employee.objects.filter(in_part(user))
    return people


def _goals(user: Employee) -> QuerySet[Goal]:
    """What status_for() says, as rows: of HR's part, drafts not said."""
    return Goal.objects.filter(in_part(user, "owner")).exclude(state=Goal.State.DRAFT)


def _appraisals(user: Employee) -> QuerySet[Appraisal]:
    rows: QuerySet[Appraisal] = Appraisal.objects.in_part_of(user)
    return rows


SORTS = [
    Sort("people.employee", _part, "pk", linked=True),
    Sort("people.department", lambda user: Department.objects.all().in_part_of(user), linked=True),
    Sort("people.site", lambda user: Site.objects.editable_by(user)),
    Sort("people.importrun", lambda user: ImportRun.objects.visible_to(user), linked=True),
    Sort("jobs.jobdescription", lambda user: JobDescription.objects.visible_to(user)),
    Sort("jobs.version", lambda user: Version.objects.visible_to(user), "author"),
    Sort("jobs.clause", lambda user: Clause.objects.visible_to(user), "author", lambda clause: str(clause.version)),
    Sort("jobs.ground", lambda user: Ground.objects.visible_to(user)),
    Sort("goals.year", lambda user: Year.objects.all()),
    Sort("goals.idea", lambda user: Idea.objects.visible_to(user)),
    Sort("goals.goal", _goals, "owner", lambda goal: str(goal.owner)),
    Sort("appraisals.scheme", lambda user: Scheme.objects.visible_to(user)),
    Sort("appraisals.appraisal", _appraisals, "employee", lambda one: f"{one.year}, {one.employee}"),
    Sort("outbox.hold", lambda user: Hold.objects.all() if user.is_hr_administrator else Hold.objects.none()),
]
BY_LABEL = {sort.label: sort for sort in SORTS}


@dataclass(frozen=True)
class Line:
    at: datetime
    actor: Employee | None
    words: str
    sort: str
    name: str
    address: str
    origin: str


def found(
    user: Employee,
    person: Employee | None = None,
    label: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> EntryQuerySet:
    """Entries that `user` may find, narrowed. person: done by them or about them. until: not included."""
    entries = Entry.objects.select_related("actor").exclude(verb__in=WHILE_WRITING)
    if not user.is_hr:
        return entries.none()
    sorts = [sort for sort in SORTS if label in ("", sort.label)]
    condition = Q(pk=None)
    for sort in sorts:
        condition |= Q(subject__in=_subjects(sort, sort.rows(user)))
    entries = entries.filter(condition)
    if person:
        about = Q(actor=person)
        for sort in sorts:
            if sort.whose:
                about |= Q(subject__in=_subjects(sort, sort.rows(user).filter(**{sort.whose: person.pk})))
        entries = entries.filter(about)
    if since:
        entries = entries.filter(at__gte=since)
    return entries.filter(at__lt=until) if until else entries


def _subjects(sort: Sort, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows as entries name them."""
    name = Concat(Value(f"{sort.label}:"), Cast("pk", CharField()), output_field=CharField())
    named: QuerySet[Any] = rows.order_by().annotate(_subject=name).values("_subject")
    return named


def lines(entries: list[Entry]) -> list[Line]:
    """Entries in words; one statement for each sort of thing among them."""
    things = objects_of(entry.subject for entry in entries)
    return [_line(entry, things.get(entry.subject)) for entry in entries]


def _line(entry: Entry, row: Any) -> Line:
    label = entry.subject.partition(":")[0]
    sort = BY_LABEL[label]
    return Line(
        at=entry.at,
        actor=entry.actor,
        words=said(entry.verb),
        sort=thing(label),
        name=sort.named(row) if row is not None else "",
        address=row.get_absolute_url() if row is not None and sort.linked else "",
        origin=entry.origin,
    )
