"""Money for a goal: asked back with a receipt, approved by the manager, marked as paid."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from goals.due import CLAIM_DECIDED
from goals.models import Claim, Goal
from goals.rules.counting import lock
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.access import is_manager_of, is_self
from people.models import Employee

State = Claim.State


def allowed(goal: Goal) -> int:
    """Cents that may be asked back for `goal`: what its idea is paid with; 0 where there is nothing."""
    return goal.idea.budget_cents if goal.idea else 0


def money(cents: int) -> str:
    """ "20.00": the organisation has one currency and its pages do not name it."""
    return f"{cents // 100}.{cents % 100:02}"


def claim(goal: Goal, cents: int, receipt: UploadedFile, *, by: Employee, key: UUID) -> Claim:
    """Ask money back for one's own goal. A second call with the same `key` finds the first claim.

    Raises PermissionDenied for others' goals; ValidationError "not_agreed", "no_budget", "too_much", "nothing",
    "claimed_already".
    """
    if not is_self(by, goal.owner):
        raise PermissionDenied
    with transaction.atomic():
        goal = lock(goal)
        if made := Claim.objects.filter(uuid=key, goal=goal).first():
            return made
        _check(goal, cents)
        made = Claim.objects.create(uuid=key, goal=goal, owner=goal.owner, year=goal.year, cents=cents, receipt=receipt)
        record("claim.claimed", goal, by=by, claim=made.pk, cents=cents)
    return made


def approve(claim: Claim, *, by: Employee) -> Claim:
    """Raises PermissionDenied for anybody but the manager, ValidationError("moved_on")."""
    return _move(claim, State.CLAIMED, State.APPROVED, by=by, decided_by=by, decided_at=clock.now())


def refuse(claim: Claim, reason: str, *, by: Employee) -> Claim:
    """Raises as approve(), and ValidationError("no_reason"). Afterwards the owner may claim anew."""
    if not reason.strip():
        raise ValidationError(_("Say in a sentence why it is not paid."), "no_reason")
    decided = {"decided_by": by, "decided_at": clock.now(), "reason": reason.strip()}
    return _move(claim, State.CLAIMED, State.REFUSED, by=by, **decided)


def mark_paid(claim: Claim, *, by: Employee) -> Claim:
    """Raises as approve()."""
    return _move(claim, State.APPROVED, State.PAID, by=by, paid_by=by, paid_at=clock.now())


def _check(goal: Goal, cents: int) -> None:
    most = allowed(goal)
    if not goal.is_agreed:
        raise ValidationError(_("Money is asked back once both have agreed to the goal."), "not_agreed")
    if not most:
        raise ValidationError(_("No money was set aside for this goal. Talk with your manager."), "no_budget")
    if cents <= 0:
        raise ValidationError(_("Write the amount on the receipt."), "nothing")
    if cents > most:
        raise ValidationError(_too_much(goal, cents, most), "too_much")
    if Claim.objects.filter(goal=goal).counting().exists():
        raise ValidationError(_("Money has been asked back for this goal already."), "claimed_already")


def _too_much(goal: Goal, cents: int, most: int) -> str:
    manager = goal.owner.manager
    words = {
        "amount": money(cents),
        "over": money(cents - most),
        "most": money(most),
        "manager": manager.called if manager else _("your manager"),
    }
    return _("%(amount)s is %(over)s over the %(most)s for this goal. Claim %(most)s, or ask %(manager)s.") % words


def _move(claim: Claim, source: str, target: str, *, by: Employee, **fields: object) -> Claim:
    if not is_manager_of(by, claim.owner):
        raise PermissionDenied
    with transaction.atomic():
        moved = Claim.objects.filter(pk=claim.pk, state=source).update(state=target, **fields)
        claim.refresh_from_db()
        if not moved:
            raise ValidationError(_("This claim has moved on meanwhile, so nothing was changed."), "moved_on")
        entry = record(f"claim.{target}", claim.goal, by=by, claim=claim.pk)
        if target != State.PAID:
            post(CLAIM_DECIDED, claim.owner, entry, claim=claim)
    return claim
