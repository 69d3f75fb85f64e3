"""A manager's team board: every direct with their goals of a year, in one statement, sorted by whose turn it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from goals.board_lines import GAP, ON_THEIR_WAY, WAITS, Line, line_of, nothing_yet, one_more
from goals.models import Goal, Report, Turn, Year
from journal.prepared import asked
from people.models import Employee

GOAL = (
    *("pk", "uuid", "behaviour", "measure", "state", "target", "counted", "confirmed", "due_on", "agreed_at"),
    *("handed_on_at", "doubted_at", "author", "version", "clause", "because", "offer", "offer__uuid", "offer__at"),
    *("offer__other_wanted_at", "year"),
)
PERSON = ("pk", "name", "preferred_name", "job_title")
EXTRA = ("unread", "newest", "asked", "change", "last_on")


@dataclass
class Group:
    """Directs in one of the three groups. people: how many of them."""

    place: int
    lines: list[Line] = field(default_factory=list)

    @property
    def people(self) -> int:
        return len({line.person for line in self.lines})


@dataclass
class Board:
    """groups: those that hold somebody. own: the manager's agreed goals and how many of them are met."""

    year: Year | None
    people: int
    groups: list[Group]
    own: tuple[int, int]

    @property
    def waiting(self) -> int:
        return next((group.people for group in self.groups if group.place == WAITS), 0)


def board_of(manager: Employee, year: Year | None, today: date) -> Board:
    """One statement for any number of directs and goals; without a year everybody stands there without a goal."""
    rows = asked(_everybody, manager.pk, year.pk if year else 0, today)
    own = [row for row in rows if row["pk"] == manager.pk]
    theirs = [row for row in rows if row["pk"] != manager.pk]
    earlier = [row for row in theirs if row["g__pk"] and not (year and row["g__year"] == year.pk)]
    groups = {place: Group(place) for place in (WAITS, GAP, ON_THEIR_WAY)}
    for row in earlier:
        groups[WAITS].lines.append(line_of(row, [], manager, today, of_year=row["newest"]["year"]))
    for line in _lines(theirs, manager, year, today):
        groups[line.group].lines.append(line)
    for group in groups.values():
        group.lines.sort(key=lambda line: (line.rank, line.name, line.goal or 0))
    people = len({row["pk"] for row in theirs})
    return Board(year, people, [one for one in groups.values() if one.lines], _own(own, year))


def _own(rows: Iterable[Mapping[str, Any]], year: Year | None) -> tuple[int, int]:
    agreed = [row for row in rows if row["g__state"] in Goal.AGREED and year and row["g__year"] == year.pk]
    return len(agreed), sum(row["g__confirmed"] >= row["g__target"] for row in agreed)


def _lines(rows: Iterable[Mapping[str, Any]], manager: Employee, year: Year | None, today: date) -> Iterable[Line]:
    """A line for each goal, one for a whole shortlist, and one for whoever has fewer goals than the year asks."""
    people: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        people.setdefault(row["pk"], []).append(row)
    for mine in people.values():
        goals = [row for row in mine if row["g__pk"] and year and row["g__year"] == year.pk]
        offered = [row for row in goals if row["g__state"] == Goal.State.OFFERED]
        for row in goals:
            if row not in offered:
                yield line_of(row, [], manager, today)
        if offered:
            others = [row for row in goals if row not in offered and row["g__state"] != Goal.State.DRAFT]
            line = line_of(offered[0], offered, manager, today)
            yield one_more(line, len(others) >= year.minimum) if year and others else line
        under_way = [row for row in goals if row["g__state"] in Goal.AGREED]
        if not goals or (not offered and len(goals) == len(under_way) < (year.minimum if year else 1)):
            yield nothing_yet(mine[0], len(under_way), year, today)


def _everybody(manager: int, year: int, today: date) -> QuerySet[Any, dict[str, Any]]:
    """One row for each direct and goal, and for the manager's own: of the year, and of any other with a step to read.

    manager, year: their keys, 0 for no year.
    """
    drafts = Q(goals__handed_on_at__isnull=False) | Q(goals__author=manager)
    shown = Q(goals__year=year) & ~Q(goals__state="withdrawn") & (~Q(goals__state="draft") | drafts)
    to_read = Report.objects.unread().filter(goal__owner__manager=manager).order_by()
    shown |= Q(goals__pk__in=Subquery(to_read.values("goal")))
    new = Report.objects.unread().filter(goal=OuterRef("g__pk")).order_by()
    question = Report.objects.filter(goal=OuterRef("g__pk"), state=Report.State.MORE).order_by("-answered_at", "-pk")
    said = JSONObject(
        uuid="uuid", version="version", what="what", told="told_at", why="why_not", year="goal__year__name"
    )
    waiting = Turn.objects.filter(goal=OuterRef("g__pk"), answer=Turn.Answer.WAITS).order_by()
    told = Report.objects.filter(goal=OuterRef("g__pk")).order_by("-happened_on")
    people = Employee.objects.working(today).filter(Q(manager=manager) | Q(pk=manager))
    people = people.annotate(g=FilteredRelation("goals", condition=shown))
    unread = Subquery(new.values("goal").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    people = people.annotate(
        unread=Coalesce(unread, 0),
        newest=Subquery(new.order_by("-told_at", "-pk").values(said=said)[:1]),
        asked=Subquery(question.values(said=JSONObject(at="answered_at", question="question"))[:1]),
        change=Subquery(waiting.values(said=JSONObject(uuid="uuid", by="by", at="at"))[:1]),
        last_on=Subquery(told.values("happened_on")[:1]),
    )
    columns = (*PERSON, *(f"g__{name}" for name in GOAL), *EXTRA)
    rows: QuerySet[Any, dict[str, Any]] = people.order_by("name", "pk", "g__due_on", "g__pk").values(*columns)
    return rows


def example_for(reader: Employee, year: Year | None) -> list[Goal]:
    """The agreed goals and counts of the reader's own manager in a year: what the whole team may see of them."""
    return list(Goal.objects.led_by_example(reader).of_year(year).order_by("due_on", "pk")) if year else []
