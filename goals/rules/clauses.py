"""What a goal may rest on: the clauses in force that cover its owner, as HR approved them."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q

from goals.models import Goal
from jobs.models import Assignment, Clause
from journal import clock
from people.models import Employee


def covering(people: Collection[Employee]) -> dict[int, list[Clause]]:
    """For each person (by key) the clauses a goal of theirs may rest on, in order. Two queries for any number."""
    today = clock.today()
    held = Assignment.objects.held_on(today).filter(employee__in=[person.pk for person in people])
    jobs = defaultdict(list)
    for employee, description in held.values_list("employee", "description"):
        jobs[description].append(employee)
    found: dict[int, list[Clause]] = {person.pk: [] for person in people}
    clauses = Clause.objects.in_force(today).filter(version__description__in=list(jobs), state=Clause.State.APPROVED)
    for clause in clauses.with_ruling().order_by("position", "pk"):
        for employee in jobs[clause.version.description_id]:
            found[employee].append(clause)
    return found


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
