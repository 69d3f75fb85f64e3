"""Another day for a promise: one of the two asks, in words; the other agrees or not. The day before stays known."""

import uuid as uuids
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from conversations.due import NEW_DATE_ANSWERED
from conversations.models import Action, NewDate
from conversations.rules.once import once
from conversations.rules.promises import day_ahead, worded
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Employee

State = NewDate.State


def may_ask(user: Employee, promise: Action) -> bool:
    """Either of the two may, as long as it is open and nothing is asked already."""
    mine = Action.objects.editable_by(user).open().filter(pk=promise.pk, kind=Action.Kind.PROMISE)
    return mine.exists() and not NewDate.objects.asked().filter(promise=promise).exists()


@once
def ask(promise: Action, due_on: date, words: str, *, by: Employee, uuid: uuids.UUID | None = None) -> NewDate:
    """Ask the other for another day. Nothing moves before they agree. The same uuid finds the first.

    Raises PermissionDenied for anybody but the pair and for what is no promise; ValidationError for a missing reason or
    a day that cannot be, "moved_on" if the promise was settled or another day is asked for already.
    """
    if uuid and (found := NewDate.objects.filter(uuid=uuid, promise=promise, by=by).first()):
        return found
    mine = Action.objects.editable_by(by).filter(pk=promise.pk, kind=Action.Kind.PROMISE)
    if not mine.exists():
        raise PermissionDenied
    words = worded(words, _("Say in a sentence why the day moves."))
    if day_ahead(due_on) == promise.due_on:
        raise ValidationError({"due_on": _("It is due on that day already. Choose another one.")}, "same")
    if not may_ask(by, promise):
        raise ValidationError(
            _("It was settled, or another day is asked for already. Look at it once more."), "moved_on"
        )
    with transaction.atomic():
        asked = NewDate.objects.create(
            promise=promise, by=by, words=words, from_on=promise.due_on, due_on=due_on, uuid=uuid or uuids.uuid4()
        )
        record("promise.ask_date", promise, by=by, due_on=due_on.isoformat())
    return asked


@dataclass(frozen=True)
class Move:
    """word: on the button; target: the state after; by: whether it is this person's to make."""

    word: Any
    target: str
    by: Callable[[Employee, NewDate], bool]


def _is_asker(user: Employee, asked: NewDate) -> bool:
    return user.pk == asked.by_id


def _is_other(user: Employee, asked: NewDate) -> bool:
    return user.pk != asked.by_id


MOVES = {
    "agree": Move(pgettext_lazy("new date", "Agree"), State.AGREED, _is_other),
    "decline": Move(gettext_lazy("Leave the day as it is"), State.DECLINED, _is_other),
    "take-back": Move(gettext_lazy("Take it back"), State.GONE, _is_asker),
}


def moves_open_to(user: Employee, asked: NewDate) -> dict[str, Move]:
    """What one of the two can say to `asked`; answer() accepts exactly these. asked: of a pair that is one."""
    return {name: move for name, move in MOVES.items() if asked.state == State.ASKED and move.by(user, asked)}


def answer(asked: NewDate, name: str, *, by: Employee) -> NewDate:
    """Agree to a day, leave it, or take the question back; the one who asked is told. Agreed, the promise moves.

    Raises PermissionDenied if it is not `by`'s to say, ValidationError("moved_on") if it was answered already, or the
    promise was settled or moved meanwhile.
    """
    step = MOVES[name]
    if not NewDate.objects.editable_by(by).filter(pk=asked.pk).exists() or not step.by(by, asked):
        raise PermissionDenied
    promise = asked.promise
    with transaction.atomic():
        waiting = NewDate.objects.filter(pk=asked.pk, state=State.ASKED)
        said = waiting.update(state=step.target, answered_at=clock.now())
        if said and step.target == State.AGREED:
            standing = Action.objects.open().filter(pk=promise.pk, due_on=asked.from_on)
            said = standing.update(due_on=asked.due_on, version=F("version") + 1)
        if not said:
            raise ValidationError(_("This was answered or settled meanwhile, so nothing was changed."), "moved_on")
        entry = record(f"promise.{step.target}_date", promise, by=by, due_on=asked.due_on.isoformat())
        if step.target != State.GONE:
            post(NEW_DATE_ANSWERED, asked.by, entry, asked=asked, by=by)
    asked.refresh_from_db()
    return asked
