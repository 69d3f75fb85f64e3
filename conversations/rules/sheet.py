"""Lines that the two write on the sheet, settle, or answer."""

import uuid as uuids
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.due import REPLIED
from conversations.models import Action, OneOnOne, Topic
from conversations.rules import promises
from conversations.rules.once import once
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Employee

Kind, Part, Reply = Topic.Kind, Topic.Part, Topic.Reply
LONGEST = 2_000  # characters of one line


def parts_of(user: Employee, one: OneOnOne) -> list[str]:
    """In which parts of the sheet `user` writes: their own, and what is ahead."""
    return [Part.MANAGER if user.pk == one.series.manager_id else Part.DIRECT, Part.AHEAD]


@once
def write(one: OneOnOne, part: str, kind: str, words: str, *, by: Employee, uuid: uuids.UUID | None = None) -> Topic:
    """A new line on the sheet. The manager's stay unseen until their part starts. The same uuid finds the first.

    Raises PermissionDenied for anybody but the pair or for the other's part, ValidationError for missing words.
    """
    if uuid and (found := Topic.objects.filter(uuid=uuid, author=by, series=one.series_id).first()):
        return found
    if not OneOnOne.objects.editable_by(by).filter(pk=one.pk).exists() or part not in parts_of(by, one):
        raise PermissionDenied
    words = _worded(words)
    with transaction.atomic():
        # Read in the transaction: a topic written while the part starts is shown, not forgotten.
        begun = OneOnOne.objects.filter(pk=one.pk, manager_part_at__isnull=False).exists()
        topic = Topic.objects.create(
            series=one.series,
            sheet=one,
            first_sheet=one,
            part=part,
            kind=kind,
            author=by,
            words=words,
            uuid=uuid or uuids.uuid4(),
            shown_at=clock.now() if begun or part != Part.MANAGER else None,
        )
        record("topic.write", topic, by=by)
    return topic


def _worded(words: str) -> str:
    words = words.strip()
    if not words:
        raise ValidationError({"words": _("Write what you want to talk about.")}, "incomplete")
    if len(words) > LONGEST:
        raise ValidationError({"words": _("Keep a line under 2,000 characters; notes have room for more.")}, "long")
    return words


def settle(topic: Topic, *, by: Employee) -> Topic:
    """It has been talked about: off the sheet, and not carried on. A second time changes nothing."""
    _check(topic, by)
    with transaction.atomic():
        if Topic.objects.open().filter(pk=topic.pk).update(settled_at=clock.now()):
            record("topic.settle", topic, by=by)
    topic.refresh_from_db()
    return topic


def reopen(topic: Topic, *, by: Employee) -> Topic:
    """Back on the sheet: what was settled by mistake."""
    _check(topic, by)
    coming = OneOnOne.objects.ahead().filter(series=topic.series_id).order_by("starts_at").first()
    with transaction.atomic():
        settled = Topic.objects.filter(pk=topic.pk, settled_at__isnull=False)
        if settled.update(settled_at=None, sheet=coming or topic.sheet):
            record("topic.reopen", topic, by=by)
    topic.refresh_from_db()
    return topic


def take_away(topic: Topic, *, by: Employee) -> None:
    """The author takes back a line that is still open; nothing of it is left."""
    _check(topic, by)
    if topic.author_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        record("topic.take_away", topic, by=by)
        if not Topic.objects.open().filter(pk=topic.pk, replied_at=None).delete()[0]:
            raise ValidationError(_("It has been answered or settled meanwhile, so it stays."), "moved_on")


def reply(topic: Topic, answer: str, words: str, on: date | None, *, by: Employee) -> Topic:
    """The manager's answer to a suggestion: yes by a date (which becomes a promise), no because, or later.

    Raises PermissionDenied for anybody but the manager, ValidationError for a missing date or reason, "moved_on" if it
    was answered for good already. "Later" leaves it on the sheet.
    """
    _check(topic, by)
    if by.pk != topic.series.manager_id or topic.kind != Kind.SUGGESTION:
        raise PermissionDenied
    words = words.strip()
    _check_reply(answer, words, on)
    now = clock.now()
    settled_at = None if answer == Reply.LATER else now
    with transaction.atomic():
        written = (
            Topic.objects.open()
            .filter(pk=topic.pk)
            .update(
                reply=answer,
                reply_words=words,
                reply_on=on if answer == Reply.YES else None,
                replied_at=now,
                settled_at=settled_at,
            )
        )
        topic.refresh_from_db()
        if not written:
            raise ValidationError(_("This suggestion was answered meanwhile."), "moved_on")
        if answer == Reply.YES and on:
            promises.agree(topic.sheet, Action.Kind.PROMISE, by, topic.words, on, by=by)
        entry = record("topic.reply", topic, by=by, answer=answer)
        post(REPLIED, topic.author, entry, topic=topic)
    return topic


def _check_reply(answer: str, words: str, on: date | None) -> None:
    if answer not in Reply.values:
        raise ValidationError({"reply": _("Choose yes, no or later.")}, "incomplete")
    if answer == Reply.YES and on is None:
        raise ValidationError({"on": _("Say by which day.")}, "incomplete")
    if answer == Reply.NO and not words:
        raise ValidationError({"words": _("Say why not, in a sentence.")}, "incomplete")


def _check(topic: Topic, by: Employee) -> None:
    if not Topic.objects.editable_by(by).filter(pk=topic.pk).exists():
        raise PermissionDenied
