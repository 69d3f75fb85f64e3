"""The words of a goal: drafted, changed before both agreed, and, after that, changed by both alone."""

import uuid as uuids
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goals.measures import MEASURES
from goals.models import Changed, Goal, Offer, Turn, Year
from goals.rules import counting
from goals.rules.agreeing import (
    MANAGER,
    MANAGER_WROTE,
    OWNER,
    OWNER_WROTE,
    State,
    answer_offer,
    note,
    one_at_a_time,
    standpoints,
    worded,
)
from goals.rules.clauses import covering, still_holds
from jobs.models import Clause
from jobs.words import tidy
from journal import clock
from people.models import Employee

REVISES = {
    (State.DRAFT, OWNER_WROTE): State.DRAFT,
    (State.DRAFT, MANAGER_WROTE): State.DRAFT,
    (State.SENT_BACK, OWNER): State.SENT_BACK,
    (State.OFFERED, OWNER): State.PROPOSED,
    (State.OFFERED, MANAGER): State.OFFERED,
    (State.PROPOSED, OWNER): State.PROPOSED,
    (State.PROPOSED, MANAGER): State.OFFERED,
}
CHANGEABLE = (State.ACTIVE, State.REPORTED)


def shaped(fields: dict[str, Any], year: Year) -> dict[str, Any]:
    """What was typed as columns of Goal: tidy words, clean parameters, target and date that follow from them.

    Raises ValidationError per field: no behaviour, parameters the measure does not take, a date outside the year.
    """
    columns = dict(fields)
    errors: dict[str, Any] = {}
    for name in ("behaviour", "details", "because", "stands_for"):
        if name in columns:
            columns[name] = tidy(columns[name] or "")
    if not columns.get("behaviour"):
        errors["behaviour"] = _("Say what a camera would see: who does what, with whom, how often, by when.")
    measure = MEASURES[columns["measure"]]
    try:
        columns["parameters"] = measure.clean(columns.get("parameters") or {})
    except ValidationError as error:
        errors |= error.message_dict
        raise ValidationError(errors, "unfit") from None
    columns["target"] = measure.target(columns["parameters"])
    columns["due_on"] = columns.get("due_on") or _closes(measure.closes_on(columns["parameters"]), year)
    if not year.first_on <= columns["due_on"] <= year.last_on:
        errors["due_on"] = _("Choose a day from %(first)s to %(last)s: the goal belongs to this year.") % {
            "first": year.first_on.isoformat(),
            "last": year.last_on.isoformat(),
        }
    if errors:
        raise ValidationError(errors, "unfit")
    return columns


def _closes(closes_on: date | None, year: Year) -> date:
    return closes_on if closes_on and year.first_on <= closes_on <= year.last_on else year.last_on


def draft(owner: Employee, year: Year, fields: dict[str, Any], *, by: Employee, uuid: uuids.UUID | None = None) -> Goal:
    """Begin a goal of `owner`: their own idea, or what their manager thinks of for them. Seen by its author alone.

    A second call with the same uuid finds the first. Raises PermissionDenied for anybody else, ValidationError as
    shaped() and for a clause that does not cover the owner.
    """
    if by.pk not in (owner.pk, owner.manager_id):
        raise PermissionDenied
    if uuid and (found := Goal.objects.filter(uuid=uuid, author=by).first()):
        return found
    columns = shaped(fields, year)
    _covers(owner, columns.get("clause"))
    key = uuid or uuids.uuid4()
    try:
        with transaction.atomic():
            goal = Goal.objects.create(owner=owner, year=year, author=by, uuid=key, **columns)
            note(goal, "draft", by=by, tell=False)
    except IntegrityError:  # the same form, a moment earlier
        return Goal.objects.get(uuid=key, author=by)
    return goal


def _covers(owner: Employee, clause: Clause | None) -> None:
    if clause and clause not in covering([owner])[owner.pk]:
        sentence = _("Choose a clause that is in force for %(name)s.") % {"name": owner}
        raise ValidationError({"clause": sentence}, "clause")


def revision_open_to(user: Employee, goal: Goal) -> str | None:
    """The state a goal is in after `user` has changed its words; None if they are not theirs to change now."""
    for standpoint in (OWNER_WROTE, MANAGER_WROTE, OWNER, MANAGER):
        if standpoint in standpoints(user, goal) and (goal.state, standpoint) in REVISES:
            return REVISES[(State(goal.state), standpoint)]
    return None


def revise(goal: Goal, fields: dict[str, Any], *, by: Employee, seen: int | None = None) -> Goal:
    """Change the words of a goal that is not agreed yet. Returns it refreshed.

    Whoever changes what the other one offered or proposed makes it their own proposal. The old words stay in the
    turn. seen: the version the page showed. Raises PermissionDenied, ValidationError as shaped(),
    ValidationError("moved_on") or ("changed_meanwhile").
    """
    target = revision_open_to(by, goal)
    if target is None:
        raise PermissionDenied
    came_from, before = goal.state, worded(goal)
    columns = shaped(_whole(goal, fields), goal.year)
    _covers(goal.owner, columns["clause"] if columns["clause"] != goal.clause else None)
    with transaction.atomic():
        one_at_a_time(goal)
        columns |= _handed(goal, target, by)
        _write(goal, (came_from,), columns, seen)
        _hand_on_with_clause(goal)
        if came_from == State.OFFERED and target == State.PROPOSED:
            answer_offer(goal)
        after = worded(goal)
        changed = [name for name in after if after[name] != before[name]]
        kept = {"before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}}
        if goal.handed_on_at and changed:
            note(goal, "revise", by=by, tell=False, **kept)
    return goal


def complete(goal: Goal, *, by: Employee, because: str = "", clause: Clause | None = None) -> Goal:
    """Add what is missing for both to agree, without touching what was proposed: either of the two may.

    Only a reason where there is none, and a clause where none holds. Raises as revise().
    """
    if not standpoints(by, goal) & {OWNER, MANAGER} or goal.state not in Goal.OPEN:
        raise PermissionDenied
    _covers(goal.owner, clause)
    columns: dict[str, Any] = {}
    if because and not goal.because:
        columns["because"] = tidy(because)
    if clause and not still_holds(goal):
        columns["clause"] = clause
    if not columns:
        raise ValidationError(_("Nothing is missing there by now."), "moved_on")
    before = worded(goal)
    with transaction.atomic():
        _write(goal, (goal.state,), columns, goal.version)
        _hand_on_with_clause(goal)
        after = worded(goal)
        kept = {"before": {name: before[name] for name in columns}, "after": {name: after[name] for name in columns}}
        note(goal, "complete", by=by, tell=False, **kept)
    return goal


def ask_change(
    goal: Goal, fields: dict[str, Any], *, by: Employee, words: str = "", uuid: uuids.UUID | None = None
) -> Turn:
    """Ask the other one to change, or with {"state": "withdrawn"} to withdraw, a goal both agreed on.

    Nothing changes before they have answered. A second call with the same uuid finds the first. Raises
    PermissionDenied, ValidationError as shaped(), ValidationError("moved_on") if a change waits already.
    """
    if not standpoints(by, goal) & {OWNER, MANAGER}:
        raise PermissionDenied
    if uuid and (found := Turn.objects.filter(uuid=uuid, goal=goal).first()):
        return found
    if goal.state not in CHANGEABLE:
        raise ValidationError(_("This goal has moved on meanwhile, so nothing was changed."), "moved_on")
    before, after = _difference(goal, fields)
    try:
        with transaction.atomic():
            turn = note(
                goal,
                "change",
                by=by,
                words=tidy(words),
                before=before,
                after=after,
                answer=Turn.Answer.WAITS,
                uuid=uuid or uuids.uuid4(),
            )
    except IntegrityError:
        if uuid and (found := Turn.objects.filter(uuid=uuid, goal=goal).first()):  # the same form, a moment earlier
            return found
        raise ValidationError(_("Another change of this goal waits for its answer already."), "moved_on") from None
    if goal.owner.manager_id is None:  # there is no other one
        answer_change(turn, "agreed", by=by)
    return turn


def _difference(goal: Goal, fields: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands and what is asked for, of the fields that differ. Raises ValidationError if none does."""
    if fields.get("state") == State.WITHDRAWN:
        return {"state": goal.state}, {"state": State.WITHDRAWN.value}
    columns = shaped(_whole(goal, fields), goal.year)
    _covers(goal.owner, columns["clause"] if columns["clause"] != goal.clause else None)
    asked = Goal(**{name: columns[name] for name in ("measure", *TEXTS, "parameters", "due_on", "clause")})
    stands, wanted = worded(goal), worded(asked)
    changed = [name for name in wanted if wanted[name] != stands[name]]
    if not changed:
        raise ValidationError(_("Nothing in it differs from what you both agreed on."), "same")
    return {name: stands[name] for name in changed}, {name: wanted[name] for name in changed}


def answers_open_to(user: Employee, turn: Turn) -> tuple[str, ...]:
    """What `user` can answer a waiting change: the other one agrees or declines, whoever asked takes it back."""
    if turn.answer != Turn.Answer.WAITS or not standpoints(user, turn.goal) & {OWNER, MANAGER}:
        return ()
    if turn.by_id == user.pk:
        return ("agreed",) if turn.goal.owner.manager_id is None else ("taken_back",)
    return ("agreed", "declined")


def answer_change(turn: Turn, answer: str, *, by: Employee, words: str = "") -> Goal:
    """Answer a change of an agreed goal: "agreed" writes it, "declined" and "taken_back" leave the goal as it is.

    Raises PermissionDenied if the answer is not `by`'s, ValidationError("moved_on") if it was answered already.
    """
    goal = turn.goal
    if answer not in answers_open_to(by, turn):
        if turn.answer != Turn.Answer.WAITS and standpoints(by, goal):
            raise ValidationError(_("This change was answered meanwhile."), "moved_on")
        raise PermissionDenied
    with transaction.atomic():
        fields = {"answer": answer, "answered_by": by, "answered_at": clock.now(), "answer_words": tidy(words)}
        if not Turn.objects.filter(pk=turn.pk, answer=Turn.Answer.WAITS).update(**fields):
            raise ValidationError(_("This change was answered meanwhile."), "moved_on")
        turn.refresh_from_db()
        if answer == "agreed":
            counting.lock(goal)
            _write(goal, CHANGEABLE, _columns(goal, turn.after), None)
            counting.recount(goal)
            Changed.objects.create(owner_id=goal.owner_id, year_id=goal.year_id)
        note(goal, answer, by=by)
    return goal


TEXTS = ("behaviour", "details", "because", "stands_for")


def _columns(goal: Goal, after: dict[str, Any]) -> dict[str, Any]:
    if "state" in after:
        return {"state": State.WITHDRAWN, "withdrawn_at": clock.now()}
    columns = {name: value for name, value in after.items() if name not in ("clause", "due_on")}
    if "due_on" in after:
        columns["due_on"] = date.fromisoformat(after["due_on"])
    if "clause" in after:
        columns["clause_id"] = after["clause"]
    measure = MEASURES[columns.get("measure", goal.measure)]
    columns["target"] = measure.target(columns.get("parameters", goal.parameters))
    return columns


def _whole(goal: Goal, fields: dict[str, Any]) -> dict[str, Any]:
    """What the goal says with `fields` in place."""
    names = (*TEXTS, "measure", "parameters", "due_on", "clause")
    return {name: fields.get(name, getattr(goal, name)) for name in names}


def _handed(goal: Goal, target: str, by: Employee) -> dict[str, Any]:
    """State and author after a revision; what turns into an offer belongs to the open one, or to one of its own."""
    if target == goal.state:
        return {}
    now = clock.now()
    if target == State.PROPOSED:
        return {"state": target, "author": by, "handed_on_at": now}
    offer, _is_new = Offer.objects.get_or_create(
        owner=goal.owner, year=goal.year, answered_at=None, defaults={"by": by}
    )
    return {"state": target, "author": by, "handed_on_at": now, "offered_at": now, "offer": offer}


def _hand_on_with_clause(goal: Goal) -> None:
    """A draft that was handed on and waited for a clause goes where it was meant to go."""
    if goal.state != State.DRAFT or not goal.handed_on_at or not still_holds(goal):
        return
    offered = goal.author_id != goal.owner_id
    fields: dict[str, Any] = {"state": State.OFFERED if offered else State.PROPOSED}
    if offered and not goal.offered_at:
        fields["offered_at"] = clock.now()
    Goal.objects.filter(pk=goal.pk, state=State.DRAFT).update(**fields)
    goal.refresh_from_db()


def _write(goal: Goal, sources: tuple[str, ...], columns: dict[str, Any], seen: int | None) -> None:
    rows = Goal.objects.filter(pk=goal.pk, state__in=sources)
    if seen is not None and not rows.filter(version=seen).exists():
        goal.refresh_from_db()
        raise ValidationError(
            _("Somebody else changed this meanwhile. Your words are below; nothing is lost."), "changed_meanwhile"
        )
    rows = rows if seen is None else rows.filter(version=seen)
    written = rows.update(version=F("version") + 1, **columns)
    goal.refresh_from_db()
    if not written:
        raise ValidationError(_("This goal has moved on meanwhile, so nothing was changed."), "moved_on")
