"""A draft from its first word to HR's desk: begin, write, ask for support, support. The only writer of clauses' words
besides HR's changed wording."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.models import Clause, JobDescription, Version
from jobs.words import fingerprint, tidy
from journal import clock
from journal.prepared import asked
from journal.rules import record
from people.models import Department, Employee

State = Version.State
MOVED_ON = gettext_lazy("This draft has moved on meanwhile, so nothing was changed.")


@dataclass(frozen=True)
class Move:
    """One step of a draft. by: the standpoint that may take it; words: whether it says something."""

    label: Any
    sources: frozenset[str]
    target: str
    by: str
    words: bool = False


MOVES = {
    "offer": Move(gettext_lazy("Ask for support"), frozenset({State.DRAFT}), State.OFFERED, "author below somebody"),
    "hand_in": Move(gettext_lazy("Hand to HR"), frozenset({State.DRAFT}), State.WITH_HR, "author below nobody"),
    "support": Move(
        gettext_lazy("Support it"), frozenset({State.OFFERED}), State.WITH_HR, "manager of the author", words=True
    ),
    "return": Move(
        gettext_lazy("Send it back"), frozenset({State.OFFERED}), State.DRAFT, "manager of the author", words=True
    ),
    "take_back": Move(
        gettext_lazy("Take it back to change it"), frozenset({State.OFFERED, State.WITH_HR}), State.DRAFT, "author"
    ),
    "withdraw": Move(gettext_lazy("Withdraw the draft"), frozenset(Version.OPEN), State.WITHDRAWN, "author"),
}


def standpoints(user: Employee, version: Version) -> frozenset[str]:
    """From where `user` looks at a draft: as its author (below somebody or nobody), as the author's manager."""
    found = set()
    if is_drafter(user, version):
        found |= {"author", "author below somebody" if user.manager_id else "author below nobody"}
    if asked(lambda user, pk: Version.objects.to_support_by(user).filter(pk=pk).values("pk"), user, version.pk):
        found.add("manager of the author")
    return frozenset(found)


def moves_open_to(user: Employee, version: Version) -> dict[str, Move]:
    """The moves `user` can make now: the buttons a page shows are exactly the moves that move() accepts."""
    if not version.is_open:
        return {}
    mine = standpoints(user, version)
    return {name: m for name, m in MOVES.items() if version.state in m.sources and m.by in mine}


def reads_workings(user: Employee, version: Version) -> bool:
    """Whether `user` may read what was said on the way: support, rulings, objections."""
    return bool(asked(lambda user, pk: Version.objects.workings_for(user).filter(pk=pk).values("pk"), user, version.pk))


def to_support(user: Employee) -> QuerySet[Version]:
    """What waits for `user`'s support."""
    found: QuerySet[Version] = Version.objects.offered().to_support_by(user).with_people()
    return found


def is_drafter(user: Employee, version: Version) -> bool:
    return bool(asked(_drafted, user, version.pk))


def _drafted(user: Employee, version: int) -> QuerySet[Version, Any]:
    found: QuerySet[Version, Any] = Version.objects.drafted_by(user).filter(pk=version).values("state")
    return found


def may_begin(user: Employee) -> bool:
    """Whoever leads somebody drafts; HR drafts what it imports."""
    return user.is_hr or bool(
        asked(lambda user: Employee.objects.filter(manager=user).working().values("pk")[:1], user)
    )


def begin(title: str, department: Department | None, *, by: Employee, uuid: uuids.UUID | None = None) -> Version:
    """Start a new job description: its first version, empty. A second call with the same uuid finds the first.

    Raises PermissionDenied unless `by` leads somebody or works in HR.
    """
    if not may_begin(by):
        raise PermissionDenied
    with transaction.atomic():
        fields = {"title": title, "department": department, "begun_by": by}
        description, is_new = JobDescription.objects.get_or_create(uuid=uuid or uuids.uuid4(), defaults=fields)
        if not is_new:
            return description.versions.earliest("number")
        version = Version.objects.create(description=description, number=1, title=title, author=by)
        record("job.begin", version, by=by)
    return version


def draft_next(description: JobDescription, *, by: Employee) -> Version:
    """Draft the next version from the one published last; what is carried on unchanged keeps HR's approval.

    Returns the open draft if `by` has one already; one whose author leads none of these people any more is withdrawn.
    Raises PermissionDenied unless `by` leads who is covered, ValidationError("moved_on") if somebody else is drafting.
    """
    if not JobDescription.objects.draftable_by(by).filter(pk=description.pk).exists():
        raise PermissionDenied
    if mine := description.versions.filter(state__in=Version.OPEN, author=by).first():
        return mine
    try:
        with transaction.atomic():
            _clear_away(description, by)
            number = (description.versions.aggregate(n=Max("number"))["n"] or 0) + 1
            version = Version.objects.create(description=description, number=number, title=description.title, author=by)
            if last := description.versions.published().order_by("-number").first():
                Clause.objects.bulk_create(_carried_on(clause, version) for clause in last.clauses.standing())
            record("job.begin", version, by=by, number=number)
    except IntegrityError:
        sentence = _("Somebody else is drafting the next version already.")
        raise ValidationError(sentence, "moved_on") from None
    return version


def _clear_away(description: JobDescription, by: Employee) -> None:
    """A draft that its author may not touch any more does not stand in the successor's way."""
    for left in description.versions.filter(state__in=Version.OPEN).select_related("author"):
        if not Version.objects.drafted_by(left.author).filter(pk=left.pk).exists():
            left.clauses.filter(state=Clause.State.WAITS).update(state=Clause.State.DRAFT, revision=F("revision") + 1)
            fields = {"state": State.WITHDRAWN, "revision": F("revision") + 1}
            Version.objects.filter(pk=left.pk, state__in=Version.OPEN).update(**fields)
            record("job.withdraw", left, by=by, **{"from": left.state, "to": State.WITHDRAWN})


def _carried_on(clause: Clause, version: Version) -> Clause:
    kept = ("identity", "position", "text", "kind", "topic", "reason", "practised_since", "proof", "covers")
    fields = {name: getattr(clause, name) for name in kept}
    marks = {"author_id": clause.author_id, "ruling_id": clause.ruling_id, "fingerprint": clause.fingerprint}
    return Clause(version=version, previous=clause, state=Clause.State.APPROVED, **fields, **marks)


def write(version: Version, title: str, rows: Sequence[dict[str, Any]], *, by: Employee, seen: int) -> Version:
    """Write a whole draft: its title and its clauses in the order given. Returns it refreshed.

    rows: one dict per clause: `id` (None for a new one), `text`, `kind`, optional `topic reason practised_since proof
    covers cites_id`. A clause that is missing is taken out; one that HR has ruled on stays, withdrawn, with its thread.
    seen: the revision the page showed. Raises PermissionDenied unless it is `by`'s draft,
    ValidationError("changed_meanwhile") if it was saved elsewhere since.
    """
    if not Version.objects.drafted_by(by).filter(pk=version.pk).exists():
        raise PermissionDenied
    with transaction.atomic():
        mine = Version.objects.filter(pk=version.pk, state=State.DRAFT, revision=seen)
        if not mine.update(title=title, revision=F("revision") + 1):
            sentence = _(
                "This draft was saved or handed on elsewhere meanwhile. Your words are below; nothing is lost."
            )
            raise ValidationError(sentence, "changed_meanwhile")
        standing = {clause.pk: clause for clause in version.clauses.standing().select_related("previous")}
        for position, row in enumerate(rows, start=1):
            _write(version, standing.pop(row.get("id") or 0, None), position, row, by)
        _take_out(list(standing.values()))
        if not version.description.versions.published().exists():
            JobDescription.objects.filter(pk=version.description_id).update(title=title)
        record("job.save", version, by=by, clauses=len(rows))
    version.refresh_from_db()
    return version


def _write(version: Version, clause: Clause | None, position: int, row: dict[str, Any], by: Employee) -> None:
    """One row of the form into one clause; words, class or positions that change need HR anew."""
    names = ("topic", "reason", "practised_since", "proof", "covers", "cites_id")
    fields = {name: row[name] for name in names if name in row}
    fields |= {"text": tidy(row["text"]), "kind": row["kind"], "position": position}
    mark = fingerprint(fields["text"], row["kind"], fields.get("covers", clause.covers if clause else ""))
    if clause is None:
        Clause.objects.create(version=version, author=by, fingerprint=mark, **fields)
        return
    if mark != clause.fingerprint:
        before = clause.previous
        back = before is not None and before.fingerprint == mark
        fields |= {"fingerprint": mark, "revision": F("revision") + 1}
        fields |= (
            {"state": Clause.State.APPROVED, "ruling": before.ruling, "author": before.author}
            if before and back
            else {"state": Clause.State.DRAFT, "ruling": None, "author": by}
        )
    Clause.objects.filter(pk=clause.pk).update(**fields)


def _take_out(clauses: list[Clause]) -> None:
    """Out of the draft: gone if nobody ruled on them, withdrawn with their thread if HR did."""
    pks = [clause.pk for clause in clauses]
    ruled = set(Clause.objects.filter(pk__in=pks, rulings__isnull=False).values_list("pk", flat=True))
    Clause.objects.filter(pk__in=ruled).update(state=Clause.State.WITHDRAWN, revision=F("revision") + 1)
    Clause.objects.filter(pk__in=set(pks) - ruled).delete()


def move(version: Version, name: str, *, by: Employee, words: str = "") -> Version:
    """Take a draft one step of MOVES; the only code besides publish() that writes Version.state.

    Raises PermissionDenied if the step is not `by`'s, ValidationError("no_words") if it must say something,
    ValidationError("no_clauses") for an empty draft, ValidationError("moved_on") if the draft is elsewhere by now.
    """
    step = MOVES[name]
    if step.by not in standpoints(by, version):
        raise PermissionDenied
    words = tidy(words)
    if step.words and not words:
        raise ValidationError({"words": _("Say it in a sentence; the author and HR read it.")}, "no_words")
    if name in ("offer", "hand_in") and not version.clauses.standing().exists():
        raise ValidationError(_("A job description needs at least one clause. Add the first one."), "no_clauses")
    came_from = version.state
    with transaction.atomic():
        fields = _marks_of(name, by, words) | {"state": step.target, "revision": F("revision") + 1}
        moved = Version.objects.filter(pk=version.pk, state__in=step.sources).update(**fields)
        version.refresh_from_db()  # refused or not, the page shows the truth
        if not moved:
            raise ValidationError(str(MOVED_ON), "moved_on")
        _queue(version)
        record(f"job.{name}", version, by=by, **{"from": came_from, "to": step.target})
    return version


def _marks_of(name: str, by: Employee, words: str) -> dict[str, Any]:
    """What a step writes beside the state."""
    nobody: dict[str, Any] = {"supported_by": None, "supported_at": None, "support_words": ""}
    marks: dict[str, dict[str, Any]] = {
        "offer": {"offered_at": clock.now(), "returned_words": ""},
        "hand_in": {"offered_at": clock.now(), "returned_words": ""},
        "support": {"supported_by": by, "supported_at": clock.now(), "support_words": words},
        "return": {"returned_words": words},
        "take_back": nobody,
    }
    return marks.get(name, {})


def _queue(version: Version) -> None:
    """With HR the drafted clauses wait for a ruling; everywhere else none of them does."""
    states = Clause.State
    if version.state == State.WITH_HR:
        waits = {"state": states.WAITS, "waits_since": clock.now(), "revision": F("revision") + 1}
        version.clauses.filter(state=states.DRAFT).update(**waits)
    else:
        version.clauses.filter(state=states.WAITS).update(state=states.DRAFT, revision=F("revision") + 1)
