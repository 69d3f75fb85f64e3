"""What the two write: the self-review, the review with its ratings and evidence, other managers' words."""

import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals import figures
from appraisals.access import is_reviewer
from appraisals.due import WORDS_ASKED
from appraisals.models import Appraisal, Changed, Criterion, Evidence, Passage, Rating, Words
from appraisals.rules.stages import MOVED_ON, take_turn
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from outbox.rules import post
from people.access import has_in_part, is_self
from people.models import Employee

State, Side, Source = Appraisal.State, Passage.Side, Criterion.Source
Said = Mapping[int | None, str]  # words by section; None: on the whole


def write_self_review(appraisal: Appraisal, said: Said, version: int | None, *, by: Employee) -> Appraisal:
    """Keep what `by` writes about their own year. Raises PermissionDenied, "moved_on", "changed_meanwhile"."""
    if not is_self(by, appraisal.employee):
        raise PermissionDenied
    with transaction.atomic():
        take_turn(appraisal, State.SELF_REVIEW, version)
        _write(appraisal, Side.SELF, said, by)
    return appraisal


def write_review(
    appraisal: Appraisal,
    said: Said,
    ratings: Mapping[Criterion, tuple[int | None, str]],
    version: int | None,
    *,
    by: Employee,
) -> Appraisal:
    """Keep the review: words by section, and (points in hundredths or None, words) by criterion.

    Raises PermissionDenied, "moved_on", "changed_meanwhile", and ValidationError with one sentence per criterion
    ("rating-<pk>") where a rating is off the scale, or rests on neither evidence nor words.
    """
    if not is_reviewer(by, appraisal):
        raise PermissionDenied
    known = {row.criterion_id: row for row in Rating.objects.filter(appraisal=appraisal)}
    proofs = proofs_of(appraisal)
    _fit(appraisal, ratings, known, proofs)
    with transaction.atomic():
        take_turn(appraisal, State.REVIEW, version)
        _write(appraisal, Side.MANAGER, said, by)
        changed = [
            _rate(appraisal, criterion, points, words, by, known.get(criterion.pk), proofs)
            for criterion, (points, words) in ratings.items()
        ]
        if any(changed):
            Changed.objects.create(appraisal=appraisal)
            record("appraisal.rate", appraisal, by=by, criteria=[criterion for criterion in changed if criterion])
    return appraisal


def on_scale(appraisal: Appraisal, points: int) -> bool:
    scheme = appraisal.scheme
    return 100 <= points <= scheme.scale.count() * 100 and points % (50 if scheme.halves else 100) == 0


@dataclass(frozen=True)
class Proofs:
    """What can carry ratings of an appraisal: criteria with accepted evidence, sources of which something counts."""

    accepted: frozenset[int]
    counted: frozenset[str]

    def carry(self, criterion: Criterion) -> bool:
        """Whether dated, confirmed evidence stands beside a rating. An override of the goals is judgement."""
        if criterion.source == Source.GOALS:
            return False
        return criterion.source in self.counted or criterion.pk in self.accepted


def proofs_of(appraisal: Appraisal) -> Proofs:
    accepted = Evidence.objects.filter(appraisal=appraisal, accepted_at__isnull=False)
    found = figures.figures_of(appraisal.employee, appraisal.year) if appraisal.leads else {}
    counted = frozenset(source for source, figure in found.items() if figure.of)
    return Proofs(frozenset(accepted.values_list("criterion", flat=True)), counted)


def attach(
    appraisal: Appraisal, criterion: Criterion, fields: dict[str, Any], *, by: Employee, uuid: uuids.UUID | None = None
) -> Evidence:
    """Put evidence beside a criterion. A second call with the same uuid finds the first.

    fields: kind, label, happened_on, and report, file or, for a note, `asked`: the other who wrote it. The reviewer's
    counts at once, so does a confirmed report; the direct's line or file counts once the reviewer accepts it, a note
    once the other releases it too. Raises PermissionDenied for whoever's turn it is not, ValidationError for a day
    outside the year.
    """
    if uuid and (found := Evidence.objects.filter(uuid=uuid, by=by, appraisal=appraisal).first()):
        return found
    _may_attach(appraisal, by)
    _in_the_year(appraisal, fields["happened_on"])
    kind = fields.get("kind", Evidence.Kind.LINE)
    proven = kind != Evidence.Kind.NOTE and (is_reviewer(by, appraisal) or kind == Evidence.Kind.REPORT)
    with transaction.atomic():
        made = Evidence.objects.create(
            appraisal=appraisal,
            criterion=criterion,
            by=by,
            uuid=uuid or uuids.uuid4(),
            accepted_at=clock.now() if proven else None,
            **fields,
        )
        _evidence_changed(appraisal, criterion)
        record("appraisal.attach", appraisal, by=by, evidence=made.pk)
    return made


def accept(evidence: Evidence, *, by: Employee) -> Evidence:
    """The reviewer takes what the direct attached as a fact. A second time changes nothing."""
    appraisal = evidence.appraisal
    if not is_reviewer(by, appraisal):
        raise PermissionDenied
    if appraisal.state != State.REVIEW:
        raise ValidationError(MOVED_ON, "moved_on")
    with transaction.atomic():
        if Evidence.objects.released().filter(pk=evidence.pk, accepted_at=None).update(accepted_at=clock.now()):
            _evidence_changed(appraisal, evidence.criterion)
            record("appraisal.accept", appraisal, by=by, evidence=evidence.pk)
    evidence.refresh_from_db()
    return evidence


def asked_about(uuid: uuids.UUID, *, by: Employee) -> Evidence | None:
    """The sentence of a note that `by` is asked about, or has released; None for whatever is not theirs to answer."""
    theirs = Evidence.objects.filter(uuid=uuid, asked=by)
    waiting = Evidence.objects.to_release_by(by).filter(uuid=uuid)
    return waiting.first() or theirs.released().select_related("appraisal__employee", "appraisal__year", "by").first()


def release(evidence: Evidence, wants: bool, *, by: Employee) -> None:
    """The other writer of a note says whether its sentence may stand in the appraisal: it counts then; else it goes.

    Raises PermissionDenied for anybody else, "moved_on" once it is answered or the review is handed on.
    """
    appraisal = evidence.appraisal
    if evidence.asked_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        waiting = Evidence.objects.to_release_by(by).filter(pk=evidence.pk)
        if not waiting.exists():
            raise ValidationError(MOVED_ON, "moved_on")
        rows = Evidence.objects.filter(pk=evidence.pk, released_at=None)
        if wants and rows.update(released_at=clock.now(), accepted_at=clock.now()):
            _evidence_changed(appraisal, evidence.criterion)
            record("appraisal.release_note", appraisal, by=by, evidence=evidence.pk)
        elif not wants and rows.delete()[0]:
            record("appraisal.keep_note", appraisal, by=by, evidence=evidence.pk)


def detach(evidence: Evidence, *, by: Employee) -> None:
    """Take away what one attached, while it is one's turn."""
    appraisal, criterion = evidence.appraisal, evidence.criterion
    if evidence.by_id != by.pk:
        raise PermissionDenied
    _may_attach(appraisal, by)
    with transaction.atomic():
        number, _rows = Evidence.objects.filter(pk=evidence.pk).delete()
        if number:
            _evidence_changed(appraisal, criterion)
            record("appraisal.detach", appraisal, by=by, evidence=evidence.pk)


def may_ask_for_words(user: Employee, appraisal: Appraisal) -> bool:
    """Whether `user` may ask another manager now: the reviewer or HR, until the review is handed on."""
    early = appraisal.state in {State.OPEN, State.SELF_REVIEW, State.REVIEW} and not appraisal.is_replaced
    return early and _asks(user, appraisal)


def ask_for_words(appraisal: Appraisal, author: Employee, *, by: Employee) -> Words:
    """Ask somebody who leads them too. Raises PermissionDenied, ValidationError for whoever has no part in it."""
    if not _asks(by, appraisal):
        raise PermissionDenied
    if not may_ask_for_words(by, appraisal):
        raise ValidationError(MOVED_ON, "moved_on")
    if author.pk in {appraisal.employee_id, appraisal.employee.manager_id}:
        raise ValidationError({"author": _("Choose somebody else: these two write in the appraisal anyway.")}, "author")
    with transaction.atomic():
        words, made = Words.objects.get_or_create(
            appraisal=appraisal, author=author, defaults={"why": Words.Why.SECOND, "asked_by": by}
        )
        if made:
            entry = record("appraisal.ask_for_words", appraisal, by=by, author=author.pk)
            post(WORDS_ASKED, author, entry, words=words)
    return words


def write_words(words: Words, text: str, version: int | None, hand_on: bool = False, *, by: Employee) -> Words:
    """Keep, and if wished hand on, another manager's words. Raises "moved_on" once they or the review are handed on."""
    if words.author_id != by.pk:
        raise PermissionDenied
    if hand_on and not text.strip():
        raise ValidationError({"words": _("Write what you saw, with days where you know them.")}, "words")
    with transaction.atomic():
        if not Words.objects.editable_by(by).filter(pk=words.pk).exists():
            raise ValidationError(MOVED_ON, "moved_on")
        fields: dict[str, Any] = {"words": text.strip()} | ({"handed_on_at": clock.now()} if hand_on else {})
        save_unchanged(words, fields, version)
        if hand_on:
            record("appraisal.hand_on_words", words.appraisal, by=by)
    return words


def _asks(user: Employee, appraisal: Appraisal) -> bool:
    if is_self(user, appraisal.employee):
        return False
    return is_reviewer(user, appraisal) or has_in_part(user, appraisal.employee)


def _write(appraisal: Appraisal, side: str, said: Said, by: Employee) -> None:
    known = {row.section_id: row for row in Passage.objects.filter(appraisal=appraisal, side=side)}
    now = clock.now()
    for section, words in said.items():
        row = known.get(section)
        if row is None and words:
            Passage.objects.create(appraisal=appraisal, side=side, section_id=section, words=words, by=by)
        elif row is not None and row.words != words:
            Passage.objects.filter(pk=row.pk).update(words=words, by=by, saved_at=now)


def _fit(
    appraisal: Appraisal,
    ratings: Mapping[Criterion, tuple[int | None, str]],
    known: Mapping[int, Rating],
    proofs: Proofs,
) -> None:
    errors = {}
    for criterion, (points, words) in ratings.items():
        old = known.get(criterion.pk)
        if points is None or (old and (old.points, old.words) == (points, words)):
            continue
        if not on_scale(appraisal, points):
            errors[f"rating-{criterion.pk}"] = _("Choose a point of the scale.")
        elif criterion.source == Source.GOALS and not words.strip():
            errors[f"words-{criterion.pk}"] = _("Say why it is not what the goals come to. Both figures will be shown.")
        elif not words.strip() and not proofs.carry(criterion):
            errors[f"words-{criterion.pk}"] = _("Say in a sentence what it rests on, or attach evidence first.")
    if errors:
        raise ValidationError(errors, "ratings")


def _rate(
    appraisal: Appraisal,
    criterion: Criterion,
    points: int | None,
    words: str,
    by: Employee,
    old: Rating | None,
    proofs: Proofs,
) -> int | None:
    """Write one rating if it is different. Returns the criterion's id, None if nothing changed."""
    words = words.strip()
    if (old is None and points is None and not words) or (old and (old.points, old.words) == (points, words)):
        return None
    fields = {"points": points, "words": words, "by": by, "at": clock.now()}
    fields["on_facts"] = points is not None and proofs.carry(criterion)
    if old is None:
        Rating.objects.update_or_create(appraisal=appraisal, criterion=criterion, defaults=fields)
    else:
        Rating.objects.filter(pk=old.pk).update(**fields)
    return criterion.pk


def _may_attach(appraisal: Appraisal, by: Employee) -> None:
    if not (is_self(by, appraisal.employee) or is_reviewer(by, appraisal)):
        raise PermissionDenied
    turn = State.SELF_REVIEW if is_self(by, appraisal.employee) else State.REVIEW
    if appraisal.state != turn or appraisal.is_replaced:
        raise ValidationError(MOVED_ON, "moved_on")


def _in_the_year(appraisal: Appraisal, day: date) -> None:
    if not appraisal.year.first_on <= day <= max(appraisal.year.last_on, clock.today()):
        sentence = _("Choose a day from %(first)s on: the appraisal is about that year.")
        raise ValidationError({"happened_on": sentence % {"first": appraisal.year.first_on.isoformat()}}, "day")
    if day > clock.today():
        raise ValidationError({"happened_on": _("Evidence has happened: choose today or an earlier day.")}, "day")


def _evidence_changed(appraisal: Appraisal, criterion: Criterion) -> None:
    rated = Rating.objects.filter(appraisal=appraisal, criterion=criterion, points__isnull=False)
    on_facts = proofs_of(appraisal).carry(criterion)
    if rated.exclude(on_facts=on_facts).update(on_facts=on_facts):
        Changed.objects.create(appraisal=appraisal)
