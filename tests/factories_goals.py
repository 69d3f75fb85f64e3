"""Years, ideas and goals for tests, made through the rules."""

from datetime import timedelta

from goals.models import Goal, Idea, Year
from goals.rules import agreeing, offering, revising, years
from jobs.models import Clause
from journal import clock
from tests.factories_jobs import clause_in_force

BECAUSE = "In 2025 four of seven stuck orders were freed by a call to somebody known."
RALLY = {
    "behaviour": "Meet two people from other departments at the rally",
    "because": BECAUSE,
    "measure": "people",
    "parameters": {"count": 2, "elsewhere": True},
}


def year(**fields):
    """The year of today, once."""
    if found := Year.objects.first():
        return found
    today = clock.today()
    days = {"first_on": today - timedelta(days=150), "last_on": today + timedelta(days=200)}
    days |= {"agree_by_on": today, "answer_by_on": today + timedelta(days=220)}
    return years.open_year({"name": "This year", **days, **fields}, by=None)


def idea(key="rally", **fields):
    measure = {"measure": "people", "parameters": {"count": 2, "elsewhere": True}, "effort": "one"}
    title = fields.pop("title", "Meet two people at the rally")
    found, _ = Idea.objects.update_or_create(key=key, defaults={"title": title, **measure, **fields})
    return found


def clause(owner):
    """The clause `owner`'s goals rest on; made where there is none."""
    found = Clause.objects.covering(owner).first() if owner.manager else None
    return found or (clause_in_force(owner.manager, owner) if owner.manager else None)


def drafted(owner, by=None, **fields):
    by = by or owner
    return revising.draft(owner, year(), RALLY | {"clause": clause(owner)} | fields, by=by)


def offered(owner, *wordings, **fields):
    """One goal offered to `owner`, or with several wordings a shortlist of them (a list is returned)."""
    clause(owner)
    shapes = [RALLY | fields | {"behaviour": words} for words in wordings or [RALLY["behaviour"]]]
    offering.offer([owner], shapes, year(), by=owner.manager)
    goals = list(Goal.objects.filter(owner=owner).order_by("-pk")[: len(shapes)])[::-1]
    return goals if wordings else goals[0]


def proposed(owner, **fields):
    return agreeing.move(drafted(owner, **fields), "propose", by=owner)


def agreed(owner, **fields):
    return agreeing.move(proposed(owner, **fields), "agree", by=owner.manager or owner)


def at_state(state, owner, **fields):
    """A goal of `owner` in any state; those that counting writes are set by hand."""
    State = Goal.State
    if state == State.DRAFT:
        return drafted(owner, **fields)
    if state == State.OFFERED:
        return offered(owner, **fields)
    goal = proposed(owner, **fields)
    if state == State.SENT_BACK:
        return agreeing.move(goal, "send_back", by=owner.manager, words="Say how many.")
    if state == State.WITHDRAWN:
        return agreeing.move(goal, "withdraw", by=owner)
    if state == State.PROPOSED:
        return goal
    goal = agreeing.move(goal, "agree", by=owner.manager)
    if state in (State.REPORTED, State.CONFIRMED):
        counts = {"counted": goal.target, "confirmed": goal.target if state == State.CONFIRMED else 0}
        Goal.objects.filter(pk=goal.pk).update(state=state, **counts)
        goal.refresh_from_db()
    return goal
