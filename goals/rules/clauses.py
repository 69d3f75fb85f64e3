"""What a goal may rest on: the clauses in force that cover its owner, as HR approved them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from goals.models import Goal
from jobs.models import Assignment, Clause
from journal import clock
from journal.prepared import asked
from people.models import Employee


def covering(people: Collection[Employee]) -> dict[int, list[Clause]]:
    """For each person (by key) the clauses a goal of theirs may rest on, in order. Two queries for any number."""
    today = clock.today()
    jobs = defaultdict(list)
    for held in asked(_held, [person.pk for person in people], today):
        jobs[held.description_id].append(held.employee_id)
    found: dict[int, list[Clause]] = {person.pk: [] for person in people}
    for clause in asked(_in_force, list(jobs), today):
        for employee in jobs[clause.version.description_id]:
            found[employee].append(clause)
    return found


def _held(people: list[int], day: date) -> QuerySet[Assignment]:
    return Assignment.objects.held_on(day).filter(employee__in=people)


def _in_force(descriptions: list[int], day: date) -> QuerySet[Clause]:
    clauses = Clause.objects.in_force(day).filter(version__description__in=descriptions, state=Clause.State.APPROVED)
    return clauses.with_ruling().order_by("position", "pk")


def fitting(clauses: list[Clause]) -> Clause | None:
    """The one a relationship goal rests on by itself: the clause about working relationships, if there is one."""
    by_topic = [clause for clause in clauses if clause.topic == "relationships"]
    by_words = [clause for clause in clauses if "relationship" in clause.text.casefold()]
    return next(iter(by_topic or by_words), None)


def still_holds(goal: Goal) -> bool:
    """Whether the clause of `goal`, or what later versions made of it, is in force for its owner."""
    if goal.clause is None:
        return False
    mine = Clause.objects.covering(goal.owner).filter(state=Clause.State.APPROVED)
    return mine.filter(Q(pk=goal.clause_id) | Q(identity=goal.clause.identity)).exists()


def follow(goals: Collection[Goal]) -> dict[int, str]:
    """Why the clause of each goal (by key) does not hold: "none", or "ended". Goals that are fine are left out."""
    identities = {
        (employee, clause.identity)
        for employee, clauses in covering({goal.owner for goal in goals}).items()
        for clause in clauses
    }
    return {
        goal.pk: "ended" if goal.clause else "none"
        for goal in goals
        if goal.clause is None or (goal.owner_id, goal.clause.identity) not in identities
    }
