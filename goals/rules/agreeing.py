"""From a first wording to a goal both agreed on: MOVES, who may take them, and what is missing for the next one."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.due import MOVED
from goals.models import Changed, Goal, Offer, Turn
from goals.rules.clauses import still_holds
from jobs.words import tidy
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Employee

State = Goal.State
OWNER, MANAGER = "owner", "manager"
OWNER_WROTE, MANAGER_WROTE, OWNER_ALONE = "owner who wrote it", "manager who wrote it", "owner below nobody"


@dataclass(frozen=True)
class Move:
    """One step. by: the standpoint that may take it; words: whether it must say why."""

    label: Any
    sources: frozenset[str]
    target: str
    by: frozenset[str]
    words: bool = False


def _step(label: Any, sources: set[str], target: str, *by: str, words: bool = False) -> Move:
    return Move(label, frozenset(sources), target, frozenset(by), words)


MOVES = {
    "offer": _step(gettext_lazy("Offer it"), {State.DRAFT}, State.OFFERED, MANAGER_WROTE),
    "propose": _step(gettext_lazy("Propose it"), {State.DRAFT, State.SENT_BACK}, State.PROPOSED, OWNER_WROTE),
    "pick": _step(gettext_lazy("Take this one"), {State.OFFERED}, State.ACTIVE, OWNER),
    "agree": _step(gettext_lazy("Agree"), {State.PROPOSED}, State.ACTIVE, MANAGER, OWNER_ALONE),
    "send_back": _step(gettext_lazy("Send it back"), {State.PROPOSED}, State.SENT_BACK, MANAGER, words=True),
    "take_back": _step(gettext_lazy("Take it back to change it"), {State.PROPOSED}, State.DRAFT, OWNER),
    "withdraw": _step(
        gettext_lazy("Withdraw it"), {State.DRAFT, State.PROPOSED, State.SENT_BACK}, State.WITHDRAWN, OWNER_WROTE
    ),
    "take_off": _step(gettext_lazy("Offer it no longer"), {State.DRAFT, State.OFFERED}, State.WITHDRAWN, MANAGER_WROTE),
}
HANDS_ON = {"offer", "propose"}


def standpoints(user: Employee, goal: Goal) -> frozenset[str]:
    """From where `user` looks at a goal. Somebody's draft that was not handed on is looked at by its author alone."""
    owner_wrote = goal.author_id == goal.owner_id
    if goal.state == State.DRAFT and not goal.handed_on_at and goal.author_id != user.pk:
        return frozenset()
    if goal.owner_id == user.pk:
        found = {OWNER, OWNER_WROTE if owner_wrote else "", "" if user.manager_id else OWNER_ALONE}
    elif goal.owner.manager_id == user.pk:
        found = {MANAGER, "" if owner_wrote else MANAGER_WROTE}
    else:
        found = set()
    return frozenset(found - {""})


def moves_open_to(user: Employee, goal: Goal) -> dict[str, Move]:
    """The moves `user` can make now: the buttons a page shows are exactly the moves that move() accepts."""
    mine = standpoints(user, goal)
    lacks = bool(missing(goal)) if mine and goal.state in (State.OFFERED, State.PROPOSED) else False
    return {
        name: step
        for name, step in MOVES.items()
        if goal.state in step.sources and step.by & mine and not (lacks and step.target == State.ACTIVE)
    }


def missing(goal: Goal) -> dict[str, str]:
    """What a goal lacks before both can agree: {"because": sentence, "clause": sentence, "maximum": sentence}."""
    gaps = {}
    if not goal.because:
        gaps["because"] = _("No business reason yet: nobody can agree to it before it says why.")
    if goal.clause is None:
        gaps["clause"] = _("No clause yet: this goal stays a draft.")
    elif not still_holds(goal):
        gaps["clause"] = _("The clause it rests on is not in force: this goal stays a draft.")
    most = goal.year.maximum
    if most is not None and not goal.is_agreed:
        agreed = Goal.objects.agreed().filter(owner=goal.owner_id, year=goal.year_id).count()
        if agreed >= most:
            gaps["maximum"] = _("%(most)s goals are the most in %(year)s, and so many are agreed already.") % {
                "most": most,
                "year": goal.year,
            }
    return gaps


def move(goal: Goal, name: str, *, by: Employee, words: str = "", seen: int | None = None) -> Goal:
    """Take `goal` one step of MOVES. Returns it refreshed.

    seen: the version the page showed; who agrees, agrees to those words. A goal handed on without a clause in force
    stays a draft that both see. Raises PermissionDenied if the step is not `by`'s, ValidationError("no_words"),
    ValidationError("missing") where both cannot agree yet, ValidationError("moved_on") if the goal is elsewhere by now
    or reads differently.
    """
    step = MOVES[name]
    if not step.by & standpoints(by, goal):
        raise PermissionDenied
    words = tidy(words)
    if step.words and not words:
        raise ValidationError({"words": _("Say why in a sentence; it stays with the goal.")}, "no_words")
    gaps = missing(goal)
    if step.target == State.ACTIVE and gaps:
        raise ValidationError(" ".join(gaps.values()), "missing")
    target = State.DRAFT if name in HANDS_ON and "clause" in gaps else step.target
    with transaction.atomic():
        one_at_a_time(goal)
        rows = Goal.objects.filter(pk=goal.pk, state__in=step.sources)
        rows = rows if seen is None else rows.filter(version=seen)
        moved = rows.update(version=F("version") + 1, state=target, **_marks_of(name, goal))
        goal.refresh_from_db()  # refused or not, the page shows the truth
        if not moved:
            raise ValidationError(_("This goal has moved on meanwhile, so nothing was changed."), "moved_on")
        _settle_offer(goal, name)
        if target in (State.ACTIVE, State.WITHDRAWN):
            Changed.objects.create(owner_id=goal.owner_id, year_id=goal.year_id)
        before = worded(goal) if name == "send_back" else {}
        note(goal, name, by=by, words=words, before=before, tell=goal.handed_on_at is not None)
    return goal


def worded(goal: Goal) -> dict[str, Any]:
    """What a goal says, as JSON: what a turn keeps of an earlier wording."""
    said = {name: getattr(goal, name) for name in ("behaviour", "details", "because", "stands_for", "measure")}
    return said | {"parameters": goal.parameters, "due_on": goal.due_on.isoformat(), "clause": goal.clause_id}


def note(goal: Goal, name: str, *, by: Employee, tell: bool = True, **fields: Any) -> Turn:
    """Write the turn, the journal entry and the notice to the other one of the two. In the deed's transaction."""
    turn = Turn.objects.create(goal=goal, move=name, by=by, **fields)
    entry = record(f"goal.{name}", turn if name in BETWEEN_THE_TWO else goal, by=by, turn=turn.pk)
    other = goal.owner.manager if by.pk == goal.owner_id else goal.owner
    if tell and other and name in TOLD:
        post(MOVED, other, entry, turn=turn, goal=goal)
    return turn


BETWEEN_THE_TWO = {"doubt", "see", "reason", "ask", "thank"}  # HR finds a goal's history, and none of this
TOLD = {"pick", "agree", "withdraw", "take_off", "doubt", "reason", "ask", "thank", "agreed", "declined", "take_back"}


def _marks_of(name: str, goal: Goal) -> dict[str, Any]:
    """What a step writes beside the state."""
    now = clock.now()
    marks: dict[str, dict[str, Any]] = {
        "offer": {"handed_on_at": now, "offered_at": now},
        "propose": {"handed_on_at": now},
        "pick": {"agreed_at": now},
        "agree": {"agreed_at": now},
        "take_back": {"author": goal.owner, "handed_on_at": None},
        "withdraw": {"withdrawn_at": now},
        "take_off": {"withdrawn_at": now},
    }
    return marks.get(name, {})


def _settle_offer(goal: Goal, name: str) -> None:
    """A goal of a shortlist that is picked answers it; so does the last one that is offered no longer."""
    if name == "pick":
        answer_offer(goal)
    elif name == "take_off" and not Goal.objects.filter(offer=goal.offer_id, state=State.OFFERED).exists():
        Offer.objects.filter(goals=goal.pk, answered_at=None).update(answered_at=clock.now())


def one_at_a_time(goal: Goal) -> None:
    """Wait until nobody else moves a goal of the same shortlist: two picks would wait for each other's goals."""
    Offer.objects.select_for_update().filter(pk=goal.offer_id or 0).first()


def answer_offer(goal: Goal) -> None:
    """The shortlist of `goal` is answered, and the others in it are offered no longer."""
    if goal.offer_id is None:
        return
    Offer.objects.filter(pk=goal.offer_id, answered_at=None).update(answered_at=clock.now())
    others = Goal.objects.filter(offer=goal.offer_id, state=State.OFFERED).exclude(pk=goal.pk)
    others.update(state=State.WITHDRAWN, withdrawn_at=clock.now(), version=F("version") + 1)
