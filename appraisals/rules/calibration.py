"""Calibration: managers above and HR move ratings with words, and every move is on the record."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.access import standpoints
from appraisals.models import Appraisal, Changed, Criterion, MovedRating, Rating
from appraisals.rules.rating import on_scale
from appraisals.rules.stages import take_turn
from journal import clock
from journal.rules import record
from people.models import Employee


def may_move(user: Employee, appraisal: Appraisal) -> bool:
    """Whether ratings of `appraisal` are `user`'s to move now."""
    calibrated = appraisal.state == Appraisal.State.CALIBRATION and not appraisal.is_replaced
    return calibrated and bool(standpoints(user, appraisal, clock.today()) & {"manager", "above", "hr"})


def move_rating(
    appraisal: Appraisal, criterion: Criterion, points: int, words: str, seen: int | None = None, *, by: Employee
) -> MovedRating:
    """Give a criterion another rating, with words. Returns the line on the record.

    seen: the appraisal's version as the form showed it. Raises PermissionDenied, "moved_on", "changed_meanwhile",
    ValidationError for a point off the scale, the same point, or no words.
    """
    if not standpoints(by, appraisal, clock.today()) & {"manager", "above", "hr"}:
        raise PermissionDenied
    if not words.strip():
        raise ValidationError({"words": _("Say why in a sentence; it is on the record.")}, "words")
    if not on_scale(appraisal, points):
        raise ValidationError({"points": _("Choose a point of the scale.")}, "points")
    with transaction.atomic():
        take_turn(appraisal, Appraisal.State.CALIBRATION, seen)
        old = Rating.objects.filter(appraisal=appraisal, criterion=criterion).first()
        if old and old.points == points:
            raise ValidationError({"points": _("It is rated so already. Choose another point.")}, "points")
        fields = {"points": points, "by": by, "at": clock.now()}
        if criterion.source == Criterion.Source.GOALS:
            fields["words"] = words.strip()
        Rating.objects.update_or_create(appraisal=appraisal, criterion=criterion, defaults=fields)
        moved: MovedRating = MovedRating.objects.create(
            appraisal=appraisal,
            criterion=criterion,
            before=old.points if old else None,
            after=points,
            words=words.strip(),
            by=by,
        )
        Changed.objects.create(appraisal=appraisal)
        record("appraisal.move_rating", appraisal, by=by, criterion=criterion.pk)
    return moved
