"""Notes that save themselves: shared ones put together from what two typed, private ones for their author alone."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from conversations.merge import merged
from conversations.models import Answer, OneOnOne, PrivateNote, SharedNote
from conversations.questions import question_of, week_of, weeks_of
from journal import clock
from people.models import Employee

LONGEST = 20_000  # characters of one note
TRIES = 8


def share(one: OneOnOne, base: str, text: str, *, by: Employee) -> SharedNote:
    """Save the shared note of a sheet. What the other saved since `base` is kept: the returned text holds both.

    base: the text that the form was opened with or got back from the save before. Raises PermissionDenied for anybody
    but a pair that is one.
    """
    if not OneOnOne.objects.editable_by(by).filter(pk=one.pk).exists():
        raise PermissionDenied
    note: SharedNote = _save(SharedNote, {"sheet": one}, base, text)
    return note


def keep(one: OneOnOne, base: str, text: str, *, by: Employee) -> PrivateNote:
    """Save `by`'s own note on a sheet of theirs. Two windows of theirs lose nothing either."""
    if not OneOnOne.objects.visible_to(by).filter(pk=one.pk).exists():
        raise PermissionDenied
    note: PrivateNote = _save(PrivateNote, {"sheet": one, "author": by}, base, text)
    return note


def reflect(year: int, week: int, base: str, text: str, *, by: Employee) -> Answer:
    """Save `by`'s own answer to the question of a week that has come. Raises PermissionDenied for one that has not."""
    if not may_answer(year, week):
        raise PermissionDenied
    answer: Answer = _save(
        Answer, {"author": by, "year": year, "week": week, "question": question_of(week)}, base, text
    )
    return answer


def may_answer(year: int, week: int) -> bool:
    """Whether a week has come and there is such a one, at most two years back."""
    this_year, this_week = week_of(clock.today())
    return (this_year - 2, 1) <= (year, week) <= (this_year, this_week) and 1 <= week <= weeks_of(year)


def _save(model: type[Model], key: dict[str, Any], base: str, text: str) -> Any:
    base, text = _tidy(base), _tidy(text)
    if len(text) > LONGEST:
        raise ValidationError(
            {"text": _("A note holds 20,000 characters. Nothing of yours is lost: shorten it.")}, "long"
        )
    for _try in range(TRIES):
        if (saved := _try_once(model, key, base, text)) is not None:
            return saved
    raise ValidationError(_("Somebody saved at the same moment. Save again."), "changed_meanwhile")


def _try_once(model: type[Model], key: dict[str, Any], base: str, text: str) -> Any:
    """The saved row, or None if somebody was faster."""
    rows: Any = model._default_manager.filter(**key)
    row = rows.first()
    if row is None:
        try:
            with transaction.atomic():
                return model._default_manager.create(**key, text=text)
        except IntegrityError:
            return None
    together = merged(base, text, row.text)
    if together == row.text:
        return row
    written = rows.filter(version=row.version).update(text=together, saved_at=clock.now(), version=F("version") + 1)
    row.refresh_from_db()
    return row if written else None


def _tidy(text: str) -> str:
    """One kind of line end: browsers send two signs for one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
