"""Asking a colleague whom the finder names; they answer, or would rather not, and need not say why."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goals.due import INTRODUCTION_ANSWERED
from goals.models import Introduction, Tie
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Department, Employee

Answer = Introduction.Answer


def can_ask(colleague: Employee, place: Department, *, by: Employee) -> bool:
    """Whether the finder names `colleague` to `by` as one who knows somebody in `place`."""
    return Tie.objects.visible_to(by).filter(owner=colleague, department=place).exists()


def ask(colleague: Employee, place: Department, job: str, words: str, *, by: Employee, key: UUID) -> Introduction:
    """Ask `colleague`, who is told. A second call with the same `key` finds the first question.

    Raises ValidationError "no_words", "moved_on" if they are not found any more, "asked_already" while one waits.
    """
    if not words.strip():
        raise ValidationError(_("Say in a sentence what you would like to ask."), "no_words")
    with transaction.atomic():
        if made := Introduction.objects.filter(uuid=key, asker=by).first():
            return made
        if not can_ask(colleague, place, by=by):
            raise ValidationError(_("%(name)s is not found any more.") % {"name": colleague.called}, "moved_on")
        said = {"uuid": key, "place": place, "job": job, "words": words.strip()}
        made, is_new = Introduction.objects.get_or_create(
            asker=by, colleague=colleague, answer=Answer.WAITS, defaults=said
        )
        if made.uuid != key:
            sentence = _("You have asked %(name)s already, and wait for the answer.")
            raise ValidationError(sentence % {"name": colleague.called}, "asked_already")
        if is_new:
            record("introduction.ask", made, by=by)
    return made


def answer(asked: Introduction, gives: bool, reply: str, *, by: Employee) -> Introduction:
    """Answer a question once, or decline it; whoever asked is told. Raises PermissionDenied for anybody but the
    colleague, ValidationError "moved_on" if it is answered, "no_words" for an answer that says nothing."""
    if asked.colleague_id != by.pk:
        raise PermissionDenied
    if gives and not reply.strip():
        raise ValidationError(_("Write a sentence, or say that you would rather not."), "no_words")
    with transaction.atomic():
        said = {"answer": Answer.GIVEN if gives else Answer.DECLINED, "reply": reply.strip()}
        waiting = Introduction.objects.filter(pk=asked.pk, answer=Answer.WAITS)
        moved = waiting.update(**said, answered_at=clock.now())
        asked.refresh_from_db()
        if not moved:
            raise ValidationError(_("You have answered this already, so nothing was changed."), "moved_on")
        entry = record("introduction.answer", asked, by=by)
        post(INTRODUCTION_ANSWERED, asked.asker, entry, introduction=asked)
    return asked
