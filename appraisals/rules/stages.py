"""The stages of an appraisal: one table, one door. Signing and reopening stand in signing.py and come through it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.access import standpoints
from appraisals.due import GIVEN_BACK, RECALLED
from appraisals.models import Appraisal, Changed, Passage, Rating, Scheme
from appraisals.rules import rolling
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Employee

State = Appraisal.State


@dataclass(frozen=True)
class Move:
    """One step. by: the standpoints that may take it; words: whether it says why; wants: what must be there first."""

    label: Any
    sources: frozenset[str]
    target: str
    by: frozenset[str]
    words: bool = False
    explains: Any = ""


MOVES = {
    "begin": Move(
        gettext_lazy("Begin the self-review now"),
        frozenset({State.OPEN}),
        State.SELF_REVIEW,
        frozenset({"manager", "hr"}),
        explains=gettext_lazy("For somebody who leaves or is away when everybody else begins."),
    ),
    "hand_in": Move(
        gettext_lazy("Hand in the self-review"),
        frozenset({State.SELF_REVIEW}),
        State.REVIEW,
        frozenset({"self"}),
        explains=gettext_lazy("From then on your manager, those above and HR read it, and you no longer change it."),
    ),
    "go_on": Move(
        gettext_lazy("Go on without a self-review"),
        frozenset({State.SELF_REVIEW}),
        State.REVIEW,
        frozenset({"manager without them", "hr without them"}),
        words=True,
        explains=gettext_lazy("The reason stands on the appraisal."),
    ),
    "give_back": Move(
        gettext_lazy("Give the self-review back"),
        frozenset({State.REVIEW}),
        State.SELF_REVIEW,
        frozenset({"manager"}),
        words=True,
        explains=gettext_lazy("They read your words and may write on."),
    ),
    "hand_on": Move(
        gettext_lazy("Hand the review on"),
        frozenset({State.REVIEW}),
        State.CALIBRATION,
        frozenset({"manager"}),
        explains=gettext_lazy("From then on those above and HR read it; whom it is about does not yet."),
    ),
    "take_back": Move(
        gettext_lazy("Take it back to the review"),
        frozenset({State.CALIBRATION}),
        State.REVIEW,
        frozenset({"manager", "above", "hr"}),
        words=True,
        explains=gettext_lazy("Whom it is about never reads these words."),
    ),
    "share": Move(
        gettext_lazy("Share it"),
        frozenset({State.CALIBRATION}),
        State.SHARED,
        frozenset({"hr", "manager from share day"}),
        explains=gettext_lazy("Whom it is about reads everything from then on, moved ratings included."),
    ),
    "recall": Move(
        gettext_lazy("Take it back before it is signed"),
        frozenset({State.SHARED}),
        State.REVIEW,
        frozenset({"hr"}),
        words=True,
        explains=gettext_lazy("Both are told, with your words."),
    ),
    "sign": Move(
        gettext_lazy("Sign as received"),
        frozenset({State.SHARED}),
        State.SIGNED,
        frozenset({"self"}),
        explains=gettext_lazy("Signing says received, not necessarily agreed. Your answer prints with it."),
    ),
    "close": Move(
        gettext_lazy("Close it unsigned"),
        frozenset({State.SHARED}),
        State.SIGNED,
        frozenset({"hr after sign day"}),
        words=True,
        explains=gettext_lazy("The reason stands on the document."),
    ),
    "lock": Move(gettext_lazy("Lock it"), frozenset({State.SIGNED}), State.LOCKED, frozenset({"hr"})),
    "reopen": Move(
        gettext_lazy("Reopen it as the next version"),
        frozenset({State.SIGNED, State.LOCKED}),
        State.REVIEW,
        frozenset({"hr"}),
        words=True,
        explains=gettext_lazy("The signed version stays as it is, marked as replaced; both are told."),
    ),
}
MARKS = {"hand_in": "handed_in_at", "hand_on": "handed_on_at", "share": "shared_at", "lock": "locked_at"}
MOVED_ON = gettext_lazy("This appraisal has moved on meanwhile, so nothing was changed.")


def moves_open_to(user: Employee, appraisal: Appraisal) -> dict[str, Move]:
    """The moves `user` can make now: the buttons a page shows are exactly the moves that are accepted."""
    if appraisal.is_replaced:
        return {}
    mine = standpoints(user, appraisal, clock.today())
    return {name: step for name, step in MOVES.items() if appraisal.state in step.sources and step.by & mine}


def check(appraisal: Appraisal, name: str, words: str, by: Employee) -> Move:
    """The step, if it is `by`'s to make and says what it must. Raises PermissionDenied, ValidationError."""
    step = MOVES[name]
    if not step.by & standpoints(by, appraisal, clock.today()):
        raise PermissionDenied
    if appraisal.state not in step.sources or appraisal.is_replaced:
        raise ValidationError(MOVED_ON, "moved_on")
    if step.words and not words.strip():
        raise ValidationError({"words": _("Say why in a sentence; it stays with the appraisal.")}, "words")
    return step


def move(appraisal: Appraisal, name: str, *, by: Employee, words: str = "") -> Appraisal:
    """Take `appraisal` one step (of those in MOVES that signing.py does not take). Returns it refreshed.

    Raises PermissionDenied if the step is not `by`'s, ValidationError: "words", "moved_on", or what is missing first.
    """
    step = check(appraisal, name, words, by)
    if missing := WANTS.get(name, _nothing)(appraisal):
        raise ValidationError(missing, "missing")
    with transaction.atomic():
        said = {"step": name, "step_words": words.strip(), "step_by": by} if step.words else {}
        marks = {MARKS[name]: clock.now()} if name in MARKS else {}
        go(appraisal, step.sources, {"state": step.target, **said, **marks})
        Changed.objects.create(appraisal=appraisal)
        entry = record(f"appraisal.{name}", appraisal, by=by)
        if name == "give_back":
            post(GIVEN_BACK, appraisal.employee, entry, appraisal=appraisal)
        if name == "recall":
            for told in filter(None, (appraisal.employee, appraisal.employee.manager)):
                post(RECALLED, told, entry, appraisal=appraisal)
    if name in {"hand_on", "share"}:
        rolling.roll_one(appraisal, clock.today())
    return appraisal


def go(appraisal: Appraisal, sources: frozenset[str], fields: dict[str, Any]) -> None:
    """Write `fields` if the row still stands in `sources`; refreshed either way. Raises ValidationError("moved_on")."""
    if "locked_at" not in fields:
        fields = fields | {"version": F("version") + 1}
    rows = Appraisal.objects.filter(pk=appraisal.pk, state__in=sources, replaced_at=None)
    moved = rows.update(**fields)
    appraisal.refresh_from_db()
    if not moved:
        raise ValidationError(MOVED_ON, "moved_on")


def take_turn(appraisal: Appraisal, state: str, version: int | None) -> None:
    """Hold the row for a save at `state`; call it in the transaction of the deed.

    version: as the form showed it. Raises ValidationError("moved_on") if it stands elsewhere by now, signed at worst,
    and "changed_meanwhile" if somebody saved since `version`. `appraisal` is refreshed either way.
    """
    rows = Appraisal.objects.filter(pk=appraisal.pk, state=state, replaced_at=None)
    same = rows if version is None else rows.filter(version=version)
    written = same.update(version=F("version") + 1)
    appraisal.refresh_from_db()
    if not written and (appraisal.state != state or appraisal.is_replaced):
        raise ValidationError(MOVED_ON, "moved_on")
    if not written:
        sentence = _("Somebody else changed this meanwhile. Your words are below; nothing is lost.")
        raise ValidationError(sentence, "changed_meanwhile")


def begin_due(today: date) -> int:
    """Every self-review whose day has come begins. One statement a round; a second run begins none."""
    begun = 0
    for scheme in Scheme.objects.started().filter(self_review_on__lte=today):
        with transaction.atomic():
            waiting = Appraisal.objects.filter(scheme=scheme, state=State.OPEN, replaced_at=None)
            some = waiting.update(state=State.SELF_REVIEW, version=F("version") + 1)
            if some:
                Scheme.objects.filter(pk=scheme.pk).update(changed_at=clock.now())
                record("scheme.self_review", scheme, by=None, people=some)
        begun += some
    return begun


def lock_due(today: date) -> int:
    """What is signed is locked once the round's day for it has come."""
    locked = 0
    for scheme in Scheme.objects.started().filter(lock_on__lte=today):
        with transaction.atomic():
            signed = Appraisal.objects.filter(scheme=scheme, state=State.SIGNED, replaced_at=None)
            some = signed.update(state=State.LOCKED, locked_at=clock.now())
            if some:
                Scheme.objects.filter(pk=scheme.pk).update(changed_at=clock.now())
                record("scheme.lock", scheme, by=None, people=some)
        locked += some
    return locked


def share_all(appraisals: Any, *, by: Employee) -> int:
    """Share everything of `appraisals` (a queryset) that is in calibration and `by`'s to share. Returns how many."""
    shared = 0
    for appraisal in appraisals.filter(state=State.CALIBRATION, replaced_at=None).with_people():
        if "share" in moves_open_to(by, appraisal):
            move(appraisal, "share", by=by)
            shared += 1
    return shared


def _nothing(appraisal: Appraisal) -> str:
    return ""


def _self_review_missing(appraisal: Appraisal) -> str:
    written = Passage.objects.filter(appraisal=appraisal, side=Passage.Side.SELF).exclude(words="")
    return "" if written.exists() else _("Nothing is written yet. One sentence is enough to hand it in.")


def _review_missing(appraisal: Appraisal) -> str:
    rated = Rating.objects.filter(appraisal=appraisal, points__isnull=False)
    return "" if rated.exists() else _("Nothing is rated yet. Rate at least one criterion before you hand it on.")


WANTS: dict[str, Callable[[Appraisal], str]] = {"hand_in": _self_review_missing, "hand_on": _review_missing}
