"""Who knows whom, as its page shows it: whom to ask, counterparts, and departments as table and picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.alike import alike, key_words
from goals.models import Edge, Encounter, Place, Tie, Year
from goals.picture import around
from goals.small_cells import withheld
from journal.prepared import asked
from people.models import Department, Employee

MOST_FOUND, MOST_NODES, MOST_ROWS = 20, 12, 40
ROW = (
    *("owner", "owner__name", "owner__preferred_name", "owner__job_title"),
    *("owner__department__name", "department", "department__name", "last_on"),
)


@dataclass(frozen=True)
class Found:
    """A colleague to ask, and how recent their contact in `place` is; never who the contact is."""

    pk: int
    name: str
    called: str
    job_title: str
    department: str
    place_pk: int
    place: str
    has_job: bool
    when: str


def whom_to_ask(reader: Employee, department: Department | None, job: str, today: date) -> list[Found]:
    """Colleagues who know somebody in `department`, or with a job like `job`, the latest contact first.

    Where both are asked for, those who know such a job there come first, then the others of the department. Each is
    one statement that an index answers, however many encounters there are.
    """
    found: dict[int, Found] = {}
    if job:
        liked = Tie.objects.visible_to(reader).with_job_like(job)
        liked = liked.filter(department=department) if department else liked
        _take(found, liked.values_list(*ROW)[: MOST_FOUND * 5], True, today)
    if department:
        _take(found, asked(_ties_to, department.pk, reader.pk, today), False, today)
    return list(found.values())[:MOST_FOUND]


def counterparts(reader: Employee, job: str) -> list[Employee]:
    """People elsewhere with the same or a similar job, those with the same title first."""
    words = key_words(job)
    if not words:
        return []
    people = Employee.objects.visible_to(reader).exclude(pk=reader.pk).select_related("department", "site")
    if reader.department_id:
        people = people.exclude(department=reader.department_id)
    asked = reduce(or_, [Q(job_title__icontains=word) for word in words])
    found = [one for one in people.filter(asked).order_by("name", "pk")[:200] if alike(job, one.job_title)]
    plain = " ".join(job.casefold().split())

    def far(one: Employee) -> tuple[bool, int]:
        theirs = " ".join(one.job_title.casefold().split())
        return (theirs != plain, -len(set(words) & set(key_words(theirs))))

    return sorted(found, key=far)[:MOST_FOUND]


@dataclass(frozen=True)
class Cell:
    """People met; None: by fewer than five colleagues, so not told."""

    contacts: int | None


@dataclass(frozen=True)
class Row:
    department: int
    name: str
    before: Cell
    now: Cell


@dataclass(frozen=True)
class Picture:
    """Departments that a team or a department knows, in a year and the one before: rows for the table, the same facts
    as nodes for the drawing. nobody: names of those where nobody is known."""

    title: str
    year: Year
    before: Year | None
    rows: list[Row]
    nobody: list[str]
    drawn: dict[str, Any]


def picture_of(reader: Employee, department: Department | None, year: Year) -> Picture:
    """The contacts of `department`, or without one of the reader's own line, whose steps they may open."""
    before = Year.objects.filter(first_on__lt=year.first_on).order_by("-first_on").first()
    years = [one for one in (year, before) if one]
    cells = _edges(department, years) if department else _own(reader, years)
    places = Department.objects.filter(Q(people__left_on=None) & Q(people__isnull=False)).distinct()
    home = department or reader.department
    names = dict(places.exclude(pk=home.pk if home else 0).order_by("name").values_list("pk", "name"))
    none = Cell(0)
    rows = [
        Row(pk, name, cells.get((before.pk if before else 0, pk), none), cells.get((year.pk, pk), none))
        for pk, name in names.items()
    ]
    rows.sort(key=lambda row: (-(row.now.contacts if row.now.contacts is not None else 0.5), row.name))
    nobody = [row.name for row in rows if row.now.contacts == 0]
    title = str(department) if department else _("Your team")
    return Picture(title, year, before, rows[:MOST_ROWS], nobody[:6], _drawn(home, title, rows[:MOST_NODES]))


def ago(on: date, today: date) -> str:
    """ "4 days ago", "in August", "a year ago"."""
    days = (today - on).days
    if days <= 0:
        return _("today")
    if days <= 30:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": days}
    if days < 335:
        return _("in %(month)s") % {"month": date_format(on, "F")}
    years = max(round(days / 365), 1)
    return ngettext("a year ago", "%(years)s years ago", years) % {"years": years}


def _take(found: dict[int, Found], rows: Iterable[Any], has_job: bool, today: date) -> None:
    """The first row of each colleague; one who knows several such jobs has several."""
    for pk, name, preferred, job_title, department, place_pk, place, last_on in rows:
        if pk not in found:
            called = preferred or name.partition(" ")[0]
            when = ago(last_on, today)
            found[pk] = Found(pk, name, called, job_title, department or "", place_pk, place, has_job, when)


def _ties_to(place: int, reader: int, today: date) -> QuerySet[Tie, Any]:
    """ROWs of who knows somebody at `place`."""
    ties = Tie.objects.visible_on(today, reader).filter(department=place, job=None).newest()
    return ties.values_list(*ROW)[:MOST_FOUND]


def _edges(department: Department, years: list[Year]) -> dict[tuple[int, int], Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    for year in years:
        edges = list(Edge.objects.filter(from_department=department, year=year))
        small = withheld({edge.to_department_id: edge.people for edge in edges})
        for edge in edges:
            cells[year.pk, edge.to_department_id] = Cell(None if edge.to_department_id in small else edge.contacts)
    return cells


def _own(reader: Employee, years: list[Year]) -> dict[tuple[int, int], Cell]:
    met = Encounter.objects.visible_to(reader).filter(year__in=years, department__isnull=False).order_by()
    counted = met.values_list("year", "department").annotate(n=Count("contact", distinct=True))
    return {(year, place): Cell(n) for year, place, n in counted}


def _drawn(home: Department | None, title: str, rows: list[Row]) -> dict[str, Any]:
    """Nodes with x and y in [-1, 1] and their words; links by thickness."""
    ids = [row.department for row in rows]
    at = {place.department_id: (place.x, place.y) for place in Place.objects.filter(department__in=[*ids, home])}
    ring = around(at.get(home.pk if home else 0, (0.0, 0.0)), {pk: at.get(pk, (pk * 0.7, 1.0)) for pk in ids})
    most = max((row.now.contacts or 0 for row in rows), default=0) or 1
    nodes = [{"name": title, "x": 0, "y": 0, "figure": _("us"), "share": 1.2, "kind": "home"}]
    for row in rows:
        contacts = row.now.contacts
        kind = "none" if contacts == 0 else "few" if contacts is None else "known"
        x, y = ring[row.department]
        share = (contacts or 0) / most
        figure = "<5" if contacts is None else str(contacts)
        nodes.append({"name": row.name, "x": x, "y": y, "figure": figure, "share": share, "kind": kind})
    return {"nodes": nodes}
