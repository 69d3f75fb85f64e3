"""What one of the two will do by a day: agreed, done, given another date; a promise that cannot be kept is repaired."""

import uuid as uuids
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conversations.due import REPAIRED
from conversations.models import Action, Aspiration, NewDate, OneOnOne, Repair, Series
from conversations.rules.once import once
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from outbox.rules import post
from people.models import Employee

Kind, State = Action.Kind, Action.State
FARTHEST = timedelta(days=2 * 366)
LONGEST = 1_000


@once
def agree(
    one: OneOnOne,
    kind: str,
    owner: Employee,
    words: str,
    due_on: date,
    *,
    by: Employee,
    uuid: uuids.UUID | None = None,
    aspiration: Aspiration | None = None,
) -> Action:
    """Note what `owner` will do by a day. The same uuid finds the first.

    Raises PermissionDenied for anybody but the pair, ValidationError for missing words, a day that has passed, or a
    promise in somebody else's name: a promise is the manager's own word, and so is a helping step.
    """
    if uuid and (found := Action.objects.filter(uuid=uuid, series=one.series_id).first()):
        return found
    if not OneOnOne.objects.editable_by(by).filter(pk=one.pk).exists():
        raise PermissionDenied
    if owner.pk not in (one.series.manager_id, one.series.direct_id):
        raise ValidationError({"owner": _("One of you two.")}, "not_a_pair")
    if kind != Kind.ACTION and not owner.pk == by.pk == one.series.manager_id:
        raise ValidationError({"kind": _("Only the manager promises, and only for themselves.")}, "not_theirs")
    with transaction.atomic():
        action = Action.objects.create(
            series=one.series,
            sheet=one,
            kind=kind,
            owner=owner,
            aspiration=aspiration,
            words=worded(words),
            due_on=day_ahead(due_on),
            uuid=uuid or uuids.uuid4(),
        )
        record(f"{kind}.agree", action, by=by, due_on=due_on.isoformat())
    return action


def next_sheet(series: Series) -> OneOnOne | None:
    """Where what is agreed beside a one-on-one is noted: the next one, else the last."""
    coming = series.one_on_ones.ahead().order_by("starts_at").first()
    return coming or series.one_on_ones.order_by("-starts_at").first()


def may_settle(user: Employee, action: Action) -> bool:
    """A promise is its owner's to keep; an action either of the two crosses off."""
    mine = Action.objects.editable_by(user).open().filter(pk=action.pk)
    return mine.exists() if action.kind == Kind.ACTION else mine.filter(owner=user).exists()


def may_put_off(user: Employee, action: Action) -> bool:
    return not action.is_promise and may_settle(user, action)


def done(action: Action, *, by: Employee) -> Action:
    """Done, or kept. A second time changes nothing."""
    return _settle(action, State.DONE, by)


def drop(action: Action, *, by: Employee) -> Action:
    """No longer needed. A promise is not dropped: it is kept or repaired."""
    if action.is_promise:
        raise PermissionDenied
    return _settle(action, State.DROPPED, by)


def _settle(action: Action, target: str, by: Employee) -> Action:
    if not Action.objects.editable_by(by).filter(pk=action.pk).exists():
        raise PermissionDenied
    if action.kind != Kind.ACTION and by.pk != action.owner_id:
        raise PermissionDenied
    with transaction.atomic():
        open_now = Action.objects.open().filter(pk=action.pk)
        if open_now.update(state=target, settled_at=clock.now(), version=F("version") + 1):
            _no_new_date(action)
            record(f"{action.kind}.{target}", action, by=by)
    action.refresh_from_db()
    return action


def _no_new_date(promise: Action) -> None:
    """A new date that waited for a yes is no longer asked for: the promise is settled."""
    asked = NewDate.objects.filter(promise=promise, state=NewDate.State.ASKED)
    asked.update(state=NewDate.State.GONE, answered_at=clock.now())


def put_off(action: Action, due_on: date, version: int | None = None, *, by: Employee) -> Action:
    """Another date for an action or a helping step. The day of a promise moves only when both agree: rules.new_dates.

    Raises PermissionDenied unless it is `by`'s to settle, and for a promise; ValidationError as agree() does.
    """
    if not may_put_off(by, action):
        raise PermissionDenied
    due_on = day_ahead(due_on)
    with transaction.atomic():
        save_unchanged(action, {"due_on": due_on}, version)
        record(f"{action.kind}.put_off", action, by=by, due_on=due_on.isoformat())
    return action


@once
def repair(
    promise: Action, owned: str, learned: str, amends: str, *, by: Employee, uuid: uuids.UUID | None = None
) -> Repair:
    """The manager says that a promise cannot be kept: owns it, what was learned, how to make up for it. All three.

    The direct is told and may answer or not. Raises PermissionDenied for anybody but its owner, ValidationError by
    field for what is missing, "moved_on" if it was settled already.
    """
    if uuid and (found := Repair.objects.filter(uuid=uuid, promise=promise).first()):
        return found
    mine = Action.objects.editable_by(by).filter(pk=promise.pk, owner=by, kind=Kind.PROMISE)
    if not mine.exists():
        raise PermissionDenied
    boxes = _three_boxes(owned, learned, amends)
    with transaction.atomic():
        broken = Action.objects.open().filter(pk=promise.pk)
        if not broken.update(state=State.BROKEN, settled_at=clock.now(), version=F("version") + 1):
            raise ValidationError(_("This promise was settled meanwhile."), "moved_on")
        _no_new_date(promise)
        made = Repair.objects.create(promise=promise, uuid=uuid or uuids.uuid4(), **boxes)
        entry = record("promise.repair", promise, by=by)
        post(REPAIRED, promise.series.direct, entry, promise=promise)
    promise.refresh_from_db()
    return made


def _three_boxes(owned: str, learned: str, amends: str) -> dict[str, str]:
    boxes = {"owned": owned.strip(), "learned": learned.strip(), "amends": amends.strip()}
    sentences = {
        "owned": _("Say what you promised and did not do, without a but."),
        "learned": _("Say what you do differently from now on, and why."),
        "amends": _("Say what you will do for it yourself, and by when."),
    }
    if missing := {name: sentences[name] for name, words in boxes.items() if not words}:
        raise ValidationError(missing, "incomplete")
    return boxes


def answer_repair(made: Repair, words: str, *, by: Employee) -> Repair:
    """What the other says to it, if they like. Raises PermissionDenied for anybody else, or a second time."""
    if not Repair.objects.editable_by(by).filter(pk=made.pk).exists():
        raise PermissionDenied
    words = words.strip()
    if not words:
        raise ValidationError({"answer": _("Write a word, or leave it: no answer is fine.")}, "incomplete")
    with transaction.atomic():
        if Repair.objects.filter(pk=made.pk, answered_at=None).update(answer=words, answered_at=clock.now()):
            record("promise.answer_repair", made.promise, by=by)
    made.refresh_from_db()
    return made


def worded(words: str, missing: str = "") -> str:
    """`words` without space around. Raises ValidationError for none (with the sentence `missing`) or too many."""
    words = words.strip()
    if not words:
        raise ValidationError({"words": missing or _("Say what will be done.")}, "incomplete")
    if len(words) > LONGEST:
        raise ValidationError({"words": _("Say it in fewer than 1,000 characters.")}, "long")
    return words


def day_ahead(due_on: date) -> date:
    """Raises ValidationError for a day that has passed or is too far away."""
    today = clock.today()
    if due_on < today:
        raise ValidationError({"due_on": _("That day has passed. Choose today or a later one.")}, "past")
    if due_on > today + FARTHEST:
        raise ValidationError({"due_on": _("Choose a day within two years.")}, "far")
    return due_on
