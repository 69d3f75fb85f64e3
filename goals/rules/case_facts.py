"""What stands on a case besides the manager's words: counted when it is read."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _

from goals.ideas import spoken
from goals.models import Encounter, Goal, Story, TeamCase
from goals.small_cells import FEWEST, withheld
from journal.prepared import asked
from people.models import Department, Employee


@dataclass(frozen=True)
class Kind:
    """Goals of one idea: how many were agreed, how many of them are met."""

    title: str
    agreed: int
    met: int


@dataclass(frozen=True)
class Met:
    """People met in one department; department None: in departments too small to name, put together."""

    department: str | None
    number: int


@dataclass(frozen=True)
class CaseFacts:
    """people: directs. with_goal, with_met: of these who have an agreed goal, a met one. goals, met: goals of all.

    contacts: by department, the most first; in all: of how many people in how many departments. few: the whole team
    is too small for a reader who may not open the goals behind, so nothing is counted out.
    """

    people: int
    with_goal: int
    with_met: int
    goals: int
    met: int
    kinds: list[Kind]
    contacts: list[Met]
    contacts_in_all: int
    departments_in_all: int
    stories: list[Story]
    few: bool = False

    def off_house(self) -> "CaseFacts":
        """The same on paper, in a file, or for HR, who may not open the steps behind: cells of fewer than five people
        are put together or left out."""
        hidden = withheld({one.department: one.number for one in self.contacts})
        shown = [one for one in self.contacts if one.department not in hidden]
        rest = sum(one.number for one in self.contacts if one.department in hidden)
        together = [Met(None, rest)] if rest >= FEWEST else []
        return replace(self, contacts=[*shown, *together], few=self.people < FEWEST)


def facts_of(case: TeamCase) -> CaseFacts:
    """The facts of a case, in full; seven queries for any team."""
    team: list[int] = asked(_team, case.manager_id)
    goals = asked(_goals, team, case.year_id)
    by_place = _contacts(team, case)
    return CaseFacts(
        people=len(team),
        with_goal=len({goal.owner_id for goal in goals}),
        with_met=len({goal.owner_id for goal in goals if goal.is_met}),
        goals=len(goals),
        met=sum(goal.is_met for goal in goals),
        kinds=_kinds(goals),
        contacts=_named(by_place),
        contacts_in_all=sum(by_place.values()),
        departments_in_all=len(by_place),
        stories=_stories(case),
    )


def _kinds(goals: list[Goal]) -> list[Kind]:
    titles = {goal.pk: spoken(goal.idea)["title"] if goal.idea else _("An idea of their own") for goal in goals}
    agreed = Counter(titles.values())
    met = Counter(titles[goal.pk] for goal in goals if goal.is_met)
    return [Kind(title, number, met[title]) for title, number in sorted(agreed.items(), key=lambda one: (-one[1], one))]


def _contacts(team: list[int], case: TeamCase) -> dict[int, int]:
    """Different people met in other departments, by department."""
    return dict(asked(_met, team, case.year_id))


def _team(manager: int) -> QuerySet[Employee, Any]:
    team: QuerySet[Employee, Any] = Employee.objects.working().filter(manager=manager).values_list("pk", flat=True)
    return team


def _goals(team: list[int], year: int) -> QuerySet[Goal]:
    return Goal.objects.agreed().filter(owner__in=team, year=year).select_related("idea")


def _met(team: list[int], year: int) -> QuerySet[Encounter, Any]:
    steps = Encounter.objects.filter(owner__in=team, year=year, department__isnull=False)
    steps = steps.exclude(department=F("from_department")).order_by()
    return steps.values_list("department").annotate(number=Count("contact", distinct=True))


def _named(by_place: dict[int, int]) -> list[Met]:
    names = dict(asked(lambda pks: Department.objects.filter(pk__in=pks).values_list("pk", "name"), list(by_place)))
    met = [Met(names[place], number) for place, number in by_place.items()]
    return sorted(met, key=lambda one: (-one.number, one.department or ""))


def _stories(case: TeamCase) -> list[Story]:
    if case.pk is None:
        return []
    return asked(_told, case.pk)


def _told(case: int) -> QuerySet[Story]:
    return Story.objects.may_be_told().filter(case=case).select_related("department").with_named()
