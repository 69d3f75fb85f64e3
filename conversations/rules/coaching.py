"""Coaching notes, feedback, aspirations with the manager's helping steps."""

import uuid as uuids
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from conversations.due import FEEDBACK_GIVEN
from conversations.models import Action, Aspiration, CoachingNote, Feedback, Series
from conversations.rules import promises
from conversations.rules.once import once
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from outbox.rules import post
from people.models import Employee


@once
def note(series: Series, fields: dict[str, Any], *, by: Employee, uuid: uuids.UUID | None = None) -> CoachingNote:
    """Situation, choice made, result: shared between the two at once. The same uuid finds the first."""
    if uuid and (found := CoachingNote.objects.filter(uuid=uuid, series=series).first()):
        return found
    _check_pair(series, by)
    with transaction.atomic():
        made = CoachingNote.objects.create(series=series, author=by, uuid=uuid or uuids.uuid4(), **fields)
        record("coaching.note", made, by=by)
    return made


def revise(made: CoachingNote, fields: dict[str, Any], version: int, *, by: Employee) -> CoachingNote:
    """Either of the two writes on, as long as it has not been chosen for the appraisal."""
    _check_pair(made.series, by)
    if made.manager_chose_at or made.direct_chose_at:
        raise ValidationError(
            _("One of you chose these words for the appraisal, so they stay as they are."), "moved_on"
        )
    with transaction.atomic():
        save_unchanged(made, fields, version)
        record("coaching.revise", made, by=by)
    return made


def choose(made: CoachingNote, wants: bool, *, by: Employee) -> CoachingNote:
    """Say whether it may stand in the appraisal; it does only if both say so, and either may take that back."""
    _check_pair(made.series, by)
    field = "manager_chose_at" if by.pk == made.series.manager_id else "direct_chose_at"
    with transaction.atomic():
        CoachingNote.objects.filter(pk=made.pk).update(**{field: clock.now() if wants else None})
        record("coaching.choose" if wants else "coaching.unchoose", made, by=by)
    made.refresh_from_db()
    return made


@once
def give(series: Series, fields: dict[str, Any], *, by: Employee, uuid: uuids.UUID | None = None) -> Feedback:
    """Behaviour, effect, next time: from one of the two to the other, who is told. The same uuid finds the first."""
    if uuid and (found := Feedback.objects.filter(uuid=uuid, giver=by).first()):
        return found
    _check_pair(series, by)
    receiver = series.other(by)
    with transaction.atomic():
        given = Feedback.objects.create(
            series=series, giver=by, receiver=receiver, uuid=uuid or uuids.uuid4(), **fields
        )
        entry = record("feedback.give", given, by=by)
        post(FEEDBACK_GIVEN, receiver, entry, feedback=given)
    return given


def answer(given: Feedback, words: str, *, by: Employee) -> Feedback:
    """What the receiver says to it. Raises PermissionDenied for anybody else or a second time."""
    if not Feedback.objects.editable_by(by).filter(pk=given.pk).exists():
        raise PermissionDenied
    words = words.strip()
    if not words:
        raise ValidationError({"answer": _("Write a word or two; “Thank you” is an answer.")}, "incomplete")
    with transaction.atomic():
        if Feedback.objects.filter(pk=given.pk, answered_at=None).update(answer=words, answered_at=clock.now()):
            record("feedback.answer", given, by=by)
    given.refresh_from_db()
    return given


@once
def aspire(words: str, *, by: Employee, uuid: uuids.UUID | None = None) -> Aspiration:
    """Where `by` wants to go; theirs alone for now."""
    if uuid and (found := Aspiration.objects.filter(uuid=uuid, owner=by).first()):
        return found
    with transaction.atomic():
        made = Aspiration.objects.create(owner=by, words=words.strip(), uuid=uuid or uuids.uuid4())
        record("aspiration.write", made, by=by)
    return made


def reword(aspiration: Aspiration, words: str, version: int, *, by: Employee) -> Aspiration:
    _check_own(aspiration, by)
    with transaction.atomic():
        save_unchanged(aspiration, {"words": words.strip()}, version)
        record("aspiration.reword", aspiration, by=by)
    return aspiration


def share(aspiration: Aspiration, *, by: Employee) -> Aspiration:
    """Let the manager one has now read it. Raises ValidationError("nobody") for somebody who has none."""
    _check_own(aspiration, by)
    if by.manager_id is None:
        raise ValidationError(_("Nobody leads you, so there is nobody to share it with."), "nobody")
    return _set(aspiration, "aspiration.share", by, shared_with=by.manager_id, shared_at=clock.now())


def unshare(aspiration: Aspiration, *, by: Employee) -> Aspiration:
    """Take it back: from now on it is the owner's alone again; steps that were agreed stay agreed."""
    _check_own(aspiration, by)
    return _set(aspiration, "aspiration.unshare", by, shared_with=None, shared_at=None)


def end(aspiration: Aspiration, *, by: Employee) -> Aspiration:
    """It is reached, or no longer wished for."""
    _check_own(aspiration, by)
    return _set(aspiration, "aspiration.end", by, ended_at=clock.now())


def take_up(aspiration: Aspiration, *, by: Employee) -> Aspiration:
    """It is wished for again."""
    _check_own(aspiration, by)
    return _set(aspiration, "aspiration.take_up", by, ended_at=None)


def help_on(
    aspiration: Aspiration, words: str, due_on: date, *, by: Employee, uuid: uuids.UUID | None = None
) -> Action:
    """The manager's next helping step and its date; a late one comes to the next sheet.

    Raises PermissionDenied unless it is shared with `by`, who leads its owner; ValidationError("no_series") if the two
    have no one-on-ones yet.
    """
    mine = Aspiration.objects.visible_to(by).lasting().filter(pk=aspiration.pk).exclude(owner=by)
    if not mine.exists():
        raise PermissionDenied
    series = Series.objects.editable_by(by).filter(manager=by, direct=aspiration.owner_id).with_people().first()
    one = promises.next_sheet(series) if series else None
    if one is None:
        raise ValidationError(_("Plan one-on-ones first; the step will come to their sheet."), "no_series")
    return promises.agree(one, Action.Kind.STEP, by, words, due_on, by=by, uuid=uuid, aspiration=aspiration)


def _set(aspiration: Aspiration, verb: str, by: Employee, **fields: Any) -> Aspiration:
    with transaction.atomic():
        Aspiration.objects.filter(pk=aspiration.pk).update(version=F("version") + 1, **fields)
        record(verb, aspiration, by=by)
    aspiration.refresh_from_db()
    return aspiration


def _check_own(aspiration: Aspiration, by: Employee) -> None:
    if aspiration.owner_id != by.pk:
        raise PermissionDenied


def _check_pair(series: Series, by: Employee) -> None:
    if not Series.objects.editable_by(by).filter(pk=series.pk).exists():
        raise PermissionDenied
