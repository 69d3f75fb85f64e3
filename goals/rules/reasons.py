"""Why a goal is asked for: all reasons, dated, and the owner's "I don't see it"."""

import uuid as uuids

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goals.models import Goal, Reason, Turn
from goals.rules.agreeing import MANAGER, OWNER, note, standpoints
from jobs.words import tidy
from journal import clock
from people.models import Employee


def add_reason(goal: Goal, words: str, *, by: Employee, uuid: uuids.UUID | None = None) -> Reason:
    """One more reason, dated and new until the other one has read it. A second call with the same uuid finds the first.

    Raises PermissionDenied for anybody but the two, ValidationError for missing words.
    """
    if not standpoints(by, goal) & {OWNER, MANAGER} or goal.state == Goal.State.WITHDRAWN:
        raise PermissionDenied
    if uuid and (found := Reason.objects.filter(uuid=uuid, goal=goal).first()):
        return found
    words = tidy(words)
    if not words:
        raise ValidationError({"words": _("Write the reason in a sentence.")}, "no_words")
    key = uuid or uuids.uuid4()
    with transaction.atomic():
        reason, is_new = Reason.objects.get_or_create(uuid=key, goal=goal, defaults={"by": by, "words": words})
        if not is_new:  # the same form, a moment earlier
            return reason
        if by.pk != goal.owner_id:  # said in other words: the owner may say again that they do not see it
            Goal.objects.filter(pk=goal.pk).update(doubted_at=None)
            goal.doubted_at = None
        note(goal, "reason", by=by, tell=goal.handed_on_at is not None)
    return reason


def read_reasons(goal: Goal, *, by: Employee) -> int:
    """`by` has read what the other one added; it is new no longer. Returns how many were."""
    if not standpoints(by, goal) & {OWNER, MANAGER}:
        raise PermissionDenied
    return Reason.objects.filter(goal=goal, read_at=None).exclude(by=by).update(read_at=clock.now())


def doubt(goal: Goal, *, by: Employee) -> Goal:
    """The owner does not see the business reason; the manager is told. A second time changes nothing."""
    return _say(goal, "doubt", by)


def see(goal: Goal, *, by: Employee) -> Goal:
    """The owner sees it now."""
    return _say(goal, "see", by)


def may_doubt(user: Employee, goal: Goal) -> bool:
    return OWNER in standpoints(user, goal) and bool(goal.because) and goal.state != Goal.State.WITHDRAWN


def _say(goal: Goal, name: str, by: Employee) -> Goal:
    if not may_doubt(by, goal):
        raise PermissionDenied
    with transaction.atomic():
        rows = Goal.objects.filter(pk=goal.pk, doubted_at__isnull=name == "doubt")
        if rows.update(doubted_at=clock.now() if name == "doubt" else None):
            note(goal, name, by=by, tell=goal.author_id != goal.owner_id or goal.handed_on_at is not None)
    goal.refresh_from_db()
    return goal


def say(goal: Goal, name: str, words: str, *, by: Employee, uuid: uuids.UUID | None = None) -> None:
    """The manager asks how it goes ("ask") or says thank you ("thank"); it stands in the goal's thread. A second call
    with the same uuid changes nothing.

    Raises PermissionDenied for anybody but the manager, ValidationError for missing words.
    """
    if MANAGER not in standpoints(by, goal) or not goal.is_agreed:
        raise PermissionDenied
    words = tidy(words)
    if not words:
        raise ValidationError({"words": _("Write it in a sentence.")}, "no_words")
    with transaction.atomic():
        Goal.objects.select_for_update(no_key=True).get(pk=goal.pk)  # the same form twice waits here
        if not uuid or not Turn.objects.filter(uuid=uuid).exists():
            note(goal, name, by=by, words=words, uuid=uuid or uuids.uuid4())
