"""A manager lays one goal, or a shortlist of up to five, before one or many of their directs."""

import uuid as uuids
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goals.ideas import spoken
from goals.models import Goal, Idea, Offer, Turn, Year
from goals.rules.agreeing import State
from goals.rules.clauses import covering, fitting
from goals.rules.revising import shaped
from jobs.models import Clause
from journal import clock
from journal.rules import record
from people.models import Employee

MOST = 5


@dataclass(frozen=True)
class Offered:
    """What came of it: `offered` to whom, `drafts` for whom no clause is in force, so that nothing is offered yet."""

    offered: list[Employee] = field(default_factory=list)
    drafts: list[Employee] = field(default_factory=list)


def of_idea(idea: Idea, because: str = "") -> dict[str, Any]:
    """What a goal starts with when it is made of an idea of the catalogue, in the reader's language."""
    words = spoken(idea)
    return {
        "idea": idea,
        "behaviour": words["title"],
        "details": words["behaviour"],
        "because": because,
        "stands_for": words["stands_for"],
        "measure": idea.measure,
        "parameters": idea.parameters,
    }


def offer(
    directs: Collection[Employee],
    goals: Sequence[dict[str, Any]],
    year: Year,
    *,
    by: Employee,
    uuid: uuids.UUID | None = None,
    instead: bool = False,
    seen: Collection[int] | None = None,
) -> Offered:
    """Offer `goals` (fields of Goal, see of_idea()) to each of `directs`, to pick one from.

    uuid: of the form; a second call with it offers nothing twice. What is offered already under the same idea is not
    offered again. instead: what was offered before and is not among them is offered no longer; seen: the goals (keys)
    that the page showed there, so that nobody takes off what was put there since. Each rests on the owner's clause
    about working relationships unless it names one; without one it stays a draft that both see.
    Raises PermissionDenied unless `by` leads every one of them, ValidationError("none") for nothing or nobody,
    ("too_many") above five, ("changed_meanwhile") if other goals are there than were seen, and as
    goals.rules.revising.shaped().
    """
    if any(direct.manager_id != by.pk for direct in directs):
        raise PermissionDenied
    if not directs or not goals:
        raise ValidationError(_("Choose at least one person and one goal."), "none")
    shapes = [shaped(fields, year) for fields in goals]
    clauses = covering(directs)
    done = Offered()
    with transaction.atomic():
        for direct in directs:
            resting = fitting(clauses[direct.pk])
            _lay_before(direct, shapes, year, by, uuid, instead, seen, resting, clauses[direct.pk])
            (done.offered if resting or all(shape.get("clause") for shape in shapes) else done.drafts).append(direct)
    return done


def _lay_before(
    direct: Employee,
    shapes: Sequence[dict[str, Any]],
    year: Year,
    by: Employee,
    uuid: uuids.UUID | None,
    instead: bool,
    seen: Collection[int] | None,
    resting: Clause | None,
    covering_them: list[Clause],
) -> None:
    """One person's part of offer()."""
    once = uuids.uuid5(uuid, str(direct.pk)) if uuid else uuids.uuid4()
    if Turn.objects.filter(uuid=once).exists():
        return
    opened, is_new = Offer.objects.get_or_create(owner=direct, year=year, answered_at=None, defaults={"by": by})
    marks = {"by": by, "other_wanted_at": None} | ({} if is_new else {"at": clock.now()})
    if not Offer.objects.filter(pk=opened.pk, answered_at=None).update(**marks):
        raise ValidationError(_("%(name)s has answered meanwhile. Look again.") % {"name": direct}, "moved_on")
    if Turn.objects.filter(uuid=once).exists():  # the same form, a moment earlier: it was waited for just now
        return
    standing = _standing(direct, year)
    if seen is not None and {goal.pk for goal in standing} != set(seen):
        sentence = _("Meanwhile %(name)s was given this to choose from: %(goals)s. Your choice is below, kept.")
        now = "; ".join(goal.behaviour for goal in standing) or _("nothing")
        raise ValidationError(sentence % {"name": direct.called, "goals": now}, "changed_meanwhile")
    asked = {shape["idea"].pk for shape in shapes if shape.get("idea")}
    if instead:
        _take_off([goal for goal in standing if goal.idea_id not in asked], by)
        standing = [goal for goal in standing if goal.idea_id in asked]
    known = {goal.idea_id for goal in standing if goal.idea_id}
    new = [shape for shape in shapes if not shape.get("idea") or shape["idea"].pk not in known]
    if len(standing) + len(new) > MOST:
        sentence = _("A shortlist holds at most five goals, and %(name)s has %(number)s already.")
        raise ValidationError(sentence % {"name": direct, "number": len(standing)}, "too_many")
    for number, shape in enumerate(new):
        clause = shape.get("clause") if shape.get("clause") in covering_them else resting
        goal = _offered(opened, shape | {"clause": clause}, by)
        turn = {"uuid": once} if number == 0 else {}
        Turn.objects.create(goal=goal, move="offer", by=by, **turn)
        record("goal.offer", goal, by=by)


def _standing(direct: Employee, year: Year) -> list[Goal]:
    """What the manager's side has laid before them and they have not answered: offered, or a draft without clause."""
    open_ones = Goal.objects.filter(
        owner=direct, year=year, state__in=[State.OFFERED, State.DRAFT], offer__isnull=False
    )
    return list(open_ones.exclude(author=direct).order_by("pk"))


def _offered(opened: Offer, shape: dict[str, Any], by: Employee) -> Goal:
    now = clock.now()
    state = State.OFFERED if shape["clause"] else State.DRAFT
    marks = {"state": state, "handed_on_at": now, "offered_at": now if shape["clause"] else None, "author": by}
    return Goal.objects.create(owner=opened.owner, year=opened.year, offer=opened, **shape, **marks)


def _take_off(goals: list[Goal], by: Employee) -> None:
    for goal in goals:
        rows = Goal.objects.filter(pk=goal.pk, state=goal.state)
        if rows.update(state=State.WITHDRAWN, withdrawn_at=clock.now(), version=F("version") + 1):
            Turn.objects.create(goal=goal, move="take_off", by=by)
            record("goal.take_off", goal, by=by)


def ask_other(laid: Offer, *, by: Employee) -> Offer:
    """The owner asks for another goal of equal weight, and need not say why. A second time changes nothing.

    It stands in the offer alone and is gone with the next one: no page of the appraisal and no history of a goal ever
    shows it. Raises PermissionDenied for anybody else, ValidationError("moved_on") if the offer was answered.
    """
    if laid.owner_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        rows = Offer.objects.filter(pk=laid.pk, answered_at=None)
        if not rows.exists():
            raise ValidationError(_("This offer was answered meanwhile."), "moved_on")
        if rows.filter(other_wanted_at=None).update(other_wanted_at=clock.now()):
            record("offer.ask_other", laid, by=by)
    laid.refresh_from_db()
    return laid
