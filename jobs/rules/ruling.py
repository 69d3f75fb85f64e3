"""HR rules clause by clause; the manager answers. Rulings and answers are rows of their own, never overwritten."""

import uuid as uuids
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime as there  # noqa: TID251 a moment of the past, shown where the reader is
from django.utils.translation import gettext as _

from jobs.models import Clause, Ground, Objection, Ruling, Version
from jobs.rules.drafting import is_drafter, may_begin
from jobs.words import fingerprint, tidy
from journal import clock
from journal.prepared import asked
from journal.rules import record
from people.models import Employee

State = Clause.State
Verdict = Ruling.Verdict
AFTER = {
    Verdict.APPROVED: State.APPROVED,
    Verdict.CHANGED: State.APPROVED,
    Verdict.QUESTION: State.QUESTION,
    Verdict.REFUSED: State.REFUSED,
}
ANSWERED = (State.QUESTION, State.REFUSED)
DROPPED = (State.WAITS, State.QUESTION, State.REFUSED)
WITH_HR = Version.State.WITH_HR


def may_rule(user: Employee, clause: Clause) -> bool:
    """Whether a ruling by `user` would be accepted now: HR's part, waiting, not their own words."""
    ruled = asked(lambda user, pk: Clause.objects.waiting().ruled_by(user).filter(pk=pk).values("pk"), user, clause.pk)
    return bool(ruled)


def may_answer(user: Employee, clause: Clause) -> bool:
    return clause.state in ANSWERED and clause.version.state == WITH_HR and _is_drafter(user, clause)


def may_drop(user: Employee, clause: Clause) -> bool:
    return clause.state in DROPPED and clause.version.state == WITH_HR and _is_drafter(user, clause)


def require_hr(clause: Clause, *, by: Employee) -> None:
    """Raises PermissionDenied unless the clause is `by`'s to rule on: HR's part, not their own words or job."""
    if not Clause.objects.ruled_by(by).filter(pk=clause.pk).exists():
        raise PermissionDenied


def require_drafter(clause: Clause, *, by: Employee) -> None:
    """Raises PermissionDenied unless the version is `by`'s draft."""
    if not _is_drafter(by, clause):
        raise PermissionDenied


def _is_drafter(user: Employee, clause: Clause) -> bool:
    return is_drafter(user, clause.version)


def _hold(clause: Clause) -> bool:
    """Keep the version with HR until this deed is done; False if it is elsewhere by now."""
    there = Version.objects.filter(pk=clause.version_id, state=WITH_HR)
    return bool(there.update(state=WITH_HR))


def rule(
    clause: Clause,
    verdict: str,
    *,
    by: Employee,
    seen: int,
    words: str = "",
    wording: str = "",
    ground: Ground | None = None,
    uuid: uuids.UUID | None = None,
) -> Ruling:
    """HR's decision on one clause, kept as a row of its own. A second call with the same uuid finds the first.

    seen: the clause's revision that the page showed. wording: HR's words, for CHANGED alone; both wordings stay.
    Raises PermissionDenied for anybody but HR in its part, and for HR on its own words; ValidationError with a field
    for what the verdict lacks; ValidationError("moved_on") if somebody ruled or the clause changed meanwhile.
    """
    if uuid and (found := Ruling.objects.filter(uuid=uuid, clause=clause, by=by).first()):
        return found
    require_hr(clause, by=by)
    words, wording = tidy(words), tidy(wording)
    _complete(clause, verdict, words, wording, ground)
    final = wording if verdict == Verdict.CHANGED else clause.text
    said = {"words": words, "wording": final, "ground": ground, "uuid": uuid or uuids.uuid4()}
    try:
        ruling = _ruled(clause, verdict, by, seen, said)
    except IntegrityError:  # the same form, sent twice in one moment
        if uuid is None:
            raise
        ruling = Ruling.objects.get(uuid=uuid, clause=clause, by=by)
    clause.refresh_from_db()
    return ruling


def _ruled(clause: Clause, verdict: str, by: Employee, seen: int, said: dict[str, Any]) -> Ruling:
    """The ruling and what it makes of the clause, or nothing of both."""
    with transaction.atomic():
        ruling = _kept(clause, verdict, by, **said)
        mark = fingerprint(ruling.wording, clause.kind, clause.covers)
        mine = Clause.objects.filter(pk=clause.pk, state=State.WAITS, revision=seen)
        words = {"text": ruling.wording, "fingerprint": mark}
        after: dict[str, Any] = {"state": AFTER[Verdict(verdict)], "ruling": ruling, **words}
        if not mine.update(**after, revision=F("revision") + 1):
            raise ValidationError(_overtaken(clause), "moved_on")
        record("clause.rule", clause, by=by, verdict=verdict, **{"from": State.WAITS, "to": after["state"]})
    return ruling


def _kept(clause: Clause, verdict: str, by: Employee, **fields: Any) -> Ruling:
    ruled_on = {"proposed": clause.text, "fingerprint": clause.fingerprint, "topic": clause.topic}
    return Ruling.objects.create(clause=clause, verdict=verdict, by=by, **ruled_on, **fields)


def _complete(clause: Clause, verdict: str, words: str, wording: str, ground: Ground | None) -> None:
    """Refuse a verdict that does not say what it must."""
    missing: dict[str, str] = {}
    if verdict not in AFTER:
        missing["verdict"] = _("Choose one of the four.")
    if verdict == Verdict.CHANGED and wording in ("", clause.text):
        missing["wording"] = _("Write the wording you approve; as proposed, it needs no change.")
    if verdict == Verdict.REFUSED and ground is None:
        missing["ground"] = _("Name the ground of the refusal.")
    why = {
        Verdict.CHANGED: _("Say in a sentence why the wording changes. Nothing is ruled yet; your wording is kept."),
        Verdict.QUESTION: _("Write the question. Nothing is ruled yet."),
        Verdict.REFUSED: _("Say in a sentence why the ground applies here. Nothing is ruled yet."),
    }
    if verdict in why and not words:
        missing["words"] = why[Verdict(verdict)]
    if missing:
        raise ValidationError({name: ValidationError(text, "incomplete") for name, text in missing.items()})


def _overtaken(clause: Clause) -> str:
    """Who was faster, for the page that keeps the later one's words."""
    clause.refresh_from_db()
    if clause.ruling and clause.state != State.WAITS:
        words = {"name": clause.ruling.by, "time": date_format(there(clause.ruling.at), "H:i")}
        return _("%(name)s ruled on this clause at %(time)s. Your words are below; nothing is lost.") % words
    return _("This clause was changed or taken back meanwhile. Your words are below; nothing is lost.")


def citable(by: Employee, topics: Iterable[str] = (), marks: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Final rulings on clauses about `topics`, or word for word those of the fingerprints `marks`, newest first.

    What any manager who drafts may read and cite: verdict, ground, wordings, date; no names. Of many that say the same
    on the same words, the newest. Empty for whoever does not draft.
    """
    if not may_begin(by):
        return []
    about = Q(topic__in=[topic for topic in topics if topic]) | Q(fingerprint__in=list(marks))
    newest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in Ruling.objects.filter(about).citable()[:300]:
        newest.setdefault((row["verdict"], row["fingerprint"], row["ground__text"] or ""), row)
    return list(newest.values())[:30]


def citable_one(by: Employee, uuid: uuids.UUID) -> dict[str, Any] | None:
    """One final ruling, as far as a manager who drafts may read it; None if there is none for them."""
    return Ruling.objects.filter(uuid=uuid).citable().first() if may_begin(by) else None


def in_words(row: dict[str, Any]) -> str:
    """A row of citable() as one line of a select."""
    verdict = Verdict(row["verdict"]).label
    ground = f": {_(row['ground__text'])}" if row["ground__text"] else ""
    text = row["wording"] if len(row["wording"]) <= 60 else f"{row['wording'][:59].rstrip()}…"
    return f"{date_format(there(row['at']), 'DATE_FORMAT')} · {verdict}{ground} · “{text}”"


def approve_same(clauses: Sequence[int], mark: str, *, by: Employee) -> list[int]:
    """Approve those of `clauses` (ids) that still wait with exactly the words of fingerprint `mark`.

    Returns the ids that were approved: what somebody else ruled on meanwhile is left as it is. Statements do not
    depend on how many there are, except for one journal line each.
    """
    with transaction.atomic():
        waiting = Clause.objects.ruled_by(by).filter(state=State.WAITS, fingerprint=mark, pk__in=clauses)
        same = list(waiting.select_for_update(of=("self",)).order_by("pk"))
        fields = {"verdict": Verdict.APPROVED, "by": by, "at": clock.now()}
        Ruling.objects.bulk_create(
            Ruling(clause=c, proposed=c.text, wording=c.text, fingerprint=mark, topic=c.topic, **fields) for c in same
        )
        latest = Ruling.objects.filter(clause=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        after = {"state": State.APPROVED, "ruling": Subquery(latest), "revision": F("revision") + 1}
        pks = [clause.pk for clause in same]
        if Clause.objects.filter(pk__in=pks, state=State.WAITS).update(**after) != len(pks):
            raise ValidationError(_("One of these clauses has moved on meanwhile, so nothing was ruled."), "moved_on")
        for clause in same:
            record("clause.rule", clause, by=by, verdict="approved", **{"from": State.WAITS, "to": State.APPROVED})
    return pks


def answer(clause: Clause, words: str, *, by: Employee, wording: str = "", uuid: uuids.UUID | None = None) -> Objection:
    """The manager's answer to HR's question or refusal, with other words for the clause if they like; HR's turn again.

    Raises PermissionDenied unless `by` drafts it, ValidationError for missing words,
    ValidationError("moved_on") if nothing of HR's waits for an answer.
    """
    if uuid and (found := Objection.objects.filter(uuid=uuid, clause=clause, by=by).first()):
        return found
    require_drafter(clause, by=by)
    words, wording = tidy(words), tidy(wording) or clause.text
    if not words:
        raise ValidationError({"words": _("Write the answer. Nothing is sent yet.")}, "incomplete")
    with transaction.atomic():
        mark = fingerprint(wording, clause.kind, clause.covers)
        answered = cast(int, clause.ruling_id)  # ANSWERED are states that only a ruling makes
        after: dict[str, Any] = {"state": State.WAITS, "waits_since": clock.now(), "text": wording, "fingerprint": mark}
        if wording != clause.text:
            after["author"] = by
        mine = Clause.objects.filter(pk=clause.pk, state__in=ANSWERED, ruling=answered)
        came_from = clause.state
        moved = _hold(clause) and mine.update(**after, revision=F("revision") + 1)
        if not moved:
            clause.refresh_from_db()
            if uuid and (found := Objection.objects.filter(uuid=uuid, clause=clause, by=by).first()):
                return found
            raise ValidationError(_("Nothing of HR's waits for your answer on this clause any more."), "moved_on")
        said = Objection.objects.create(
            clause=clause, ruling_id=answered, by=by, words=words, wording=wording, uuid=uuid or uuids.uuid4()
        )
        record("clause.answer", clause, by=by, **{"from": came_from, "to": State.WAITS})
    clause.refresh_from_db()
    return said


def drop(clause: Clause, *, by: Employee) -> Clause:
    """Take a clause out of a version that is with HR; its thread stays."""
    require_drafter(clause, by=by)
    with transaction.atomic():
        mine = Clause.objects.filter(pk=clause.pk, state__in=DROPPED)
        came_from = clause.state
        if not (_hold(clause) and mine.update(state=State.WITHDRAWN, revision=F("revision") + 1)):
            raise ValidationError(_("This clause has moved on meanwhile, so nothing was changed."), "moved_on")
        record("clause.drop", clause, by=by, **{"from": came_from, "to": State.WITHDRAWN})
    clause.refresh_from_db()
    return clause


def add_ground(text: str, *, by: Employee) -> Ground:
    """HR extends its list of grounds. The same words twice are one ground, offered again if it had been put aside."""
    if not by.is_hr:
        raise PermissionDenied
    with transaction.atomic():
        ground, is_new = Ground.objects.get_or_create(text=tidy(text))
        if not is_new:
            Ground.objects.filter(pk=ground.pk).update(is_offered=True)
        record("ground.add", ground, by=by)
    ground.refresh_from_db()
    return ground


def put_aside(ground: Ground, *, by: Employee) -> Ground:
    """Offer a ground no more; rulings that name it keep it."""
    if not by.is_hr:
        raise PermissionDenied
    with transaction.atomic():
        Ground.objects.filter(pk=ground.pk).update(is_offered=False)
        record("ground.put_aside", ground, by=by)
    ground.refresh_from_db()
    return ground
