"""Money asked back by team and year: for whoever leads teams, and for HR in its part, without names or words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from goals.models import Claim, Year
from goals.rules.budget import money
from goals.small_cells import withheld
from journal import clock
from people.models import Department, Employee

SUMS = {state: Coalesce(Sum("cents", filter=Q(state=state)), 0) for state in ("claimed", "approved", "paid")}
MOST_ROWS = 100
Teams = dict[int | None, tuple[str, int]]  # leader: name of the team, how many they are


@dataclass(frozen=True)
class Totals:
    """Cents of claims by where they stand; refused ones are in none of them."""

    claimed: int = 0
    approved: int = 0
    paid: int = 0

    @property
    def together(self) -> int:
        return self.claimed + self.approved + self.paid

    @property
    def in_words(self) -> dict[str, str]:
        """Each of them and `together`, as amounts."""
        sums = {"claimed": self.claimed, "approved": self.approved, "paid": self.paid, "together": self.together}
        return {name: money(cents) for name, cents in sums.items()}


@dataclass(frozen=True)
class Team:
    """What a team has asked back. hidden: why HR is not told, as small_cells.withheld() says; "" where it is."""

    name: str
    people: int
    sums: Totals
    hidden: str = ""
    year: str = ""


@dataclass(frozen=True)
class Part:
    """A department, and its people by whom they report to."""

    department: Team
    teams: list[Team]


def teams_of(reader: Employee) -> list[Team]:
    """What the reader has asked back, their team, and each team below theirs; the newest year first.

    A team is who works for somebody now. One statement for any number of claims.
    """
    is_own = Case(When(owner=reader, then=Value(0)), When(owner__manager=reader, then=Value(1)), default=Value(2))
    names = ("year__name", "year__first_on", "rank", "owner__manager", "owner__manager__name")
    rows: QuerySet[Any, Any] = Claim.objects.visible_to(reader).counting().annotate(rank=is_own).order_by()
    summed = rows.values(*names).annotate(people=Count("owner", distinct=True), **SUMS)
    found = []
    for row in summed.order_by("-year__first_on", "rank", "owner__manager__name", "owner__manager")[:MOST_ROWS]:
        name = (_("You"), _("Your team"), _team(row["owner__manager__name"]))[row["rank"]]
        found.append(Team(name, row["people"], _sums(row), year=row["year__name"]))
    return found


def with_claims(reader: Employee, year: Year | None) -> QuerySet[Department]:
    """Departments of the reader's part of HR whose people have asked money back in a year."""
    asked = Claim.objects.filter(owner__department=OuterRef("pk"), year=year).counting().order_by()
    found: QuerySet[Department] = Department.objects.in_part_of(reader).filter(Exists(asked))
    return found


def in_all(reader: Employee, year: Year | None) -> Totals:
    """The sums of the reader's whole part of HR in a year."""
    return Totals(**Claim.objects.amounts_for(reader).counting().filter(year=year).aggregate(**SUMS))


def parts_of(reader: Employee, year: Year | None, departments: Iterable[Department]) -> list[Part]:
    """What the people of these departments have asked back in a year, for HR, who may not open a single claim.

    So what fewer than five people stand behind is left out (small_cells), as in each other table of this sort; a team
    is whoever of the department works for somebody. Three statements for any number of claims and people.
    """
    places = {place.pk: place.name for place in departments}
    claims: QuerySet[Any, Any] = Claim.objects.amounts_for(reader).counting()
    claims = claims.filter(year=year, owner__department__in=places)
    sums = {
        (row["owner__department"], row["owner__manager"]): _sums(row)
        for row in claims.values("owner__department", "owner__manager").annotate(**SUMS)
    }
    people = _counted(Department.objects.in_part_of(reader), year)
    hidden = withheld(dict(people.values_list("department").annotate(n=Count("pk", distinct=True))))
    teams: dict[int, dict[int | None, tuple[str, int]]] = {pk: {} for pk in places}
    some = people.filter(department__in=places).order_by("manager__name", "manager")
    grouped = some.values_list("department", "manager", "manager__name").annotate(n=Count("pk", distinct=True))
    for place, leader, name, number in grouped:
        teams[place][leader] = (_team(name), number)
    return [_part(name, hidden.get(pk, ""), teams[pk], pk, sums) for pk, name in places.items()]


def _part(name: str, hidden: str, teams: Teams, place: int, sums: dict[Any, Totals]) -> Part:
    few = withheld({leader: number for leader, (_name, number) in teams.items()})
    rows = [
        Team(called, number, sums.get((place, leader), Totals()), few.get(leader, ""))
        for leader, (called, number) in teams.items()
    ]
    together = Totals(*(sum(getattr(row.sums, state) for row in rows) for state in SUMS))
    return Part(
        Team(name, sum(row.people for row in rows), together, hidden),
        [] if hidden else [row for row in rows if row.sums.together or row.hidden],
    )


def _counted(departments: QuerySet[Department], year: Year | None) -> QuerySet[Employee]:
    """Who works in them, and who has asked money back before leaving."""
    left = Exists(Claim.objects.filter(owner=OuterRef("pk"), year=year).order_by())
    working = Q(left_on=None) | Q(left_on__gte=clock.today())
    found: QuerySet[Employee] = Employee.objects.filter(working | Q(left), department__in=departments).order_by()
    return found


def _team(leader: str | None) -> str:
    return _("Team of %(name)s") % {"name": leader} if leader else _("Nobody leads them")


def _sums(row: dict[str, Any]) -> Totals:
    return Totals(**{state: row[state] for state in SUMS})
