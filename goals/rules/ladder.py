"""The ladder: what somebody did in earlier years, and what a next step could be."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from goals.models import Goal, Idea, Year
from journal.prepared import asked
from people.models import Employee

EFFORTS: list[str] = [Idea.Effort.ONE, Idea.Effort.GROUP, Idea.Effort.HOST]


@dataclass(frozen=True)
class Ladder:
    """rungs: agreed goals of earlier years, the oldest first. step: an idea, or None where the catalogue has none.

    why: "start" without earlier years, "again" after one that was not finished, "higher" for more effort, "other" for
    something else of the same effort.
    """

    rungs: list[Goal]
    step: Idea | None
    why: str


def ladder_of(person: Employee, year: Year, *, reader: Employee) -> Ladder:
    """What `reader` may see of the way `person` has come before `year`; two queries."""
    rungs = asked(_rungs, reader, person.pk, year.first_on)
    ideas = asked(lambda place: Idea.objects.fitting(place).exclude(effort=Idea.Effort.OWN), person.department)
    return Ladder(rungs, *next_step(rungs, ideas))


def _rungs(reader: Employee, person: int, before: date) -> QuerySet[Goal]:
    goals = Goal.objects.visible_to(reader).agreed().filter(owner=person, year__last_on__lt=before)
    return goals.select_related("year", "idea").order_by("year__first_on", "pk")


def next_step(rungs: list[Goal], ideas: list[Idea]) -> tuple[Idea | None, str]:
    """The first idea that asks a little more than the last year's goals, or the same again where it was not finished.

    rungs: the oldest first. ideas: those one may choose, in the catalogue's order.
    """
    if not rungs:
        return (ideas[0] if ideas else None), "start"
    last = [goal for goal in rungs if goal.year_id == rungs[-1].year_id]
    unmet = next((goal.idea for goal in last if not goal.is_met and goal.idea in ideas), None)
    if unmet:
        return unmet, "again"
    done = {goal.idea_id for goal in rungs}
    height = max((_height(goal.idea) for goal in last), default=0)
    new = [idea for idea in ideas if idea.pk not in done]
    higher = [idea for idea in new if _height(idea) == height + 1]
    if higher:
        return higher[0], "higher"
    found = [idea for idea in new if _height(idea) == height] or new
    return (found[0] if found else None), "other"


def _height(idea: Idea | None) -> int:
    """How much an idea asks; one's own idea counts as little as any."""
    return EFFORTS.index(idea.effort) if idea and idea.effort in EFFORTS else 0
