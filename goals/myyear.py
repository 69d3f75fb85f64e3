"""One person's year as its page shows it: goals, what was counted and why not, what is next."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from goals.loglines import COLUMNS as LINE
from goals.loglines import LogLine, lines_of
from goals.models import Claim, Contact, Goal, Report, Year
from goals.rules.budget import allowed, money
from journal import clock
from journal.prepared import asked
from people.models import Employee

State = Goal.State
MOST_BOXES = 12  # from here on a bar and words


@dataclass
class Card:
    """A goal on its page: its steps, and what the page says about them."""

    goal: Goal
    today: date
    lines: list[LogLine] = field(default_factory=list)

    @property
    def boxes(self) -> list[tuple[int, str]]:
        """(number, "done", "new" or "open") for each step asked for; empty where there are too many for boxes."""
        goal = self.goal
        if goal.target > MOST_BOXES:
            return []
        states = ["done"] * goal.confirmed + ["new"] * (goal.counted - goal.confirmed)
        return [(n + 1, states[n] if n < len(states) else "open") for n in range(goal.target)]

    @property
    def percent(self) -> int:
        return min(100, 100 * self.goal.counted // max(self.goal.target, 1))

    @property
    def missing(self) -> int:
        return max(self.goal.target - self.goal.counted, 0)

    @property
    def unit(self) -> str:
        return self.goal.counting.unit(self.missing)

    @property
    def until(self) -> date:
        """The last day on which a step counts."""
        return self.goal.counting.closes_on(self.goal.parameters) or self.goal.due_on

    @property
    def days_over(self) -> int:
        """Days past the date, while something is missing; by the clock alone."""
        return max((self.today - self.goal.due_on).days, 0) if self.goal.state == State.ACTIVE else 0

    @property
    def days_left(self) -> int | None:
        """Days until the date once they are few."""
        left = (self.goal.due_on - self.today).days
        return left if self.goal.state == State.ACTIVE and 0 <= left <= 14 else None

    @property
    def budget(self) -> str:
        return money(allowed(self.goal))

    @property
    def claim(self) -> dict[str, Any] | None:
        """The newest claim: its uuid, state and cents."""
        said = getattr(self.goal, "newest_claim", None)
        return said and said | {"uuid": UUID(said["uuid"])}  # SQLite's JSON has it without dashes

    @property
    def claim_key(self) -> UUID:
        """The uuid that a claim sent from this page will have."""
        return uuid4()

    @property
    def may_claim(self) -> bool:
        refused = self.claim is None or self.claim["state"] == Claim.State.REFUSED
        return bool(allowed(self.goal)) and self.goal.is_agreed and refused


@dataclass
class MyYear:
    """cards: agreed goals, what is under way first; open: not agreed yet; notes: pages of the notebook."""

    year: Year | None
    today: date
    cards: list[Card]
    open: list[Goal]
    notes: int

    @property
    def missing(self) -> int:
        """How many goals are still to be agreed; nothing depends on it but a sentence."""
        return max((self.year.minimum if self.year else 0) - len(self.cards), 0)

    @property
    def manager(self) -> Employee | None:
        """As the goals bring them along; None where there is no goal to ask."""
        goals = [*(card.goal for card in self.cards), *self.open]
        return goals[0].owner.manager if goals else None

    @property
    def to_log(self) -> Card | None:
        """The goal whose form stands on the page: the first with something missing."""
        return next((card for card in self.cards if card.missing), None)

    @property
    def may_have_more(self) -> bool:
        if self.year is None:
            return False
        return self.year.maximum is None or len(self.cards) + len(self.open) < self.year.maximum


def year_of(person: Employee, year: Year | None = None) -> MyYear:
    """One's own year (the present one by default) in two statements, three where it holds no goal."""
    today = clock.today()
    found = _goals(person, year)
    cards = [Card(goal, today) for goal in found if goal.is_agreed]
    cards.sort(key=lambda card: (card.missing == 0, card.goal.due_on, card.goal.pk))
    by_goal = {card.goal.pk: card for card in cards}
    if cards:
        for line in lines_of(asked(_log, person.pk, cards[0].goal.year_id)):
            if line.goal in by_goal:
                by_goal[line.goal].lines.append(line)
    the_year = found[0].year if found else year or Year.objects.current()
    notes: int = getattr(found[0], "notes", 0) or 0 if found else Contact.objects.visible_to(person).count()
    return MyYear(the_year, today, cards, [goal for goal in found if goal.state in Goal.OPEN], notes)


def loggable(person: Employee) -> list[Card]:
    """The goals that `person` may log a step of today, what is under way first."""
    return year_of(person).cards


def _goals(person: Employee, year: Year | None) -> list[Goal]:
    """One's own goals that stand, with year, idea, newest claim, and the manager's name to speak of."""
    goals = asked(_of_a_year, person.pk, year.pk) if year else asked(_of_this_year, person.pk)
    for goal in goals:
        if person.manager_id:
            person.manager = Employee(pk=person.manager_id, **goal.boss)  # type: ignore[attr-defined]
        goal.owner = person
    return [goal for goal in goals if goal.state != State.DRAFT or goal.handed_on_at or goal.author_id == person.pk]


def _of_this_year(owner: int) -> QuerySet[Goal]:
    current = Year.objects.filter(last_on__gte=clock.today()).order_by("first_on").values("pk")[:1]
    return _standing(Goal.objects.filter(year=Subquery(current)), owner)


def _of_a_year(owner: int, year: int) -> QuerySet[Goal]:
    return _standing(Goal.objects.filter(year=year), owner)


def _standing(goals: QuerySet[Goal], owner: int) -> QuerySet[Goal]:
    newest = Claim.objects.filter(goal=OuterRef("pk")).order_by("-pk")
    claim = newest.values(said=JSONObject(uuid="uuid", state="state", cents="cents"))[:1]
    pages = Contact.objects.filter(owner=owner).order_by().values("owner").annotate(n=Count("pk")).values("n")
    boss = JSONObject(name="owner__manager__name", preferred_name="owner__manager__preferred_name")
    mine = goals.filter(owner=owner).exclude(state=State.WITHDRAWN).select_related("year", "idea", "offer")
    return mine.annotate(newest_claim=Subquery(claim), notes=Subquery(pages), boss=boss).order_by("due_on", "pk")


def _log(owner: int, year: int) -> QuerySet[Report, dict[str, Any]]:
    steps = Report.objects.filter(goal__owner=owner, goal__year=year)
    rows: QuerySet[Report, dict[str, Any]] = steps.log_rows(owner).values(*LINE)
    return rows
