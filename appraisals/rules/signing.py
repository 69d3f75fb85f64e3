"""Signing, closing unsigned, and reopening as the next version. What is signed is frozen, hashed and chained."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals import chain, document
from appraisals.due import CLOSED, REOPENED, SIGNED
from appraisals.models import (
    Appraisal,
    Chain,
    Changed,
    Evidence,
    MovedRating,
    Passage,
    Rating,
    Score,
    SectionScore,
    Signature,
    Words,
)
from appraisals.rules.stages import check, go
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Employee

State = Appraisal.State


def sign(appraisal: Appraisal, comment: str = "", *, by: Employee) -> Signature:
    """Received, not necessarily agreed. A second time finds the signature that is there."""
    if appraisal.is_frozen and appraisal.employee_id == by.pk and hasattr(appraisal, "signature"):
        return appraisal.signature
    check(appraisal, "sign", comment, by)
    with transaction.atomic():
        signature = _freeze(appraisal, signer=by, comment=comment.strip())
        entry = record("appraisal.sign", appraisal, by=by, number=signature.number, digest=signature.digest)
        if appraisal.employee.manager:
            post(SIGNED, appraisal.employee.manager, entry, appraisal=appraisal)
    return signature


def close(appraisal: Appraisal, reason: str, *, by: Employee) -> Signature:
    """Close what was shared and not signed, after the last day for signing or when somebody has left; they are told."""
    check(appraisal, "close", reason, by)
    with transaction.atomic():
        signature = _freeze(appraisal, reason=reason.strip())
        entry = record("appraisal.close", appraisal, by=by, number=signature.number, digest=signature.digest)
        post(CLOSED, appraisal.employee, entry, appraisal=appraisal)
    return signature


def reopen(appraisal: Appraisal, reason: str, *, by: Employee) -> Appraisal:
    """Start the next version at the manager's review with everything that stood in this one. Returns it; both are told.

    The signed version stays as it is, marked as replaced. Raises as check() does.
    """
    step = check(appraisal, "reopen", reason, by)
    with transaction.atomic():
        marked = Appraisal.objects.filter(pk=appraisal.pk, state__in=step.sources, replaced_at=None)
        if not marked.update(replaced_at=clock.now()):
            raise ValidationError(_("This appraisal has moved on meanwhile, so nothing was changed."), "moved_on")
        fresh = _next_version(appraisal, reason.strip(), by)
        Changed.objects.create(appraisal=fresh)
        entry = record("appraisal.reopen", fresh, by=by, replaces=appraisal.pk)
        for told in filter(None, (fresh.employee, fresh.employee.manager)):
            post(REOPENED, told, entry, appraisal=fresh)
    appraisal.refresh_from_db()
    return fresh


def links() -> "list[chain.Link]":
    """Every signature in order, for chain.first_broken()."""
    rows = Signature.objects.select_related("appraisal__employee", "appraisal__year").order_by("number")
    return [chain.Link(row.number, row.content, row.previous, row.digest, str(row.appraisal)) for row in rows]


def broken() -> tuple[int, str] | None:
    """(number, what is wrong) of the first broken link of the whole chain; None if it is whole."""
    end = Chain.objects.filter(pk=1).first() or Chain()
    return chain.first_broken(links(), end.number, end.digest)


def _freeze(appraisal: Appraisal, signer: Employee | None = None, comment: str = "", reason: str = "") -> Signature:
    """Write down, hash and chain the content, freeze the scores; call it in the transaction of the deed."""
    now = clock.now()
    row = Appraisal.objects.select_for_update(no_key=True, of=("self",)).get(pk=appraisal.pk)
    if row.state != State.SHARED:
        raise ValidationError(_("This appraisal has moved on meanwhile, so nothing was changed."), "moved_on")
    content = document.content_of(appraisal, clock.today())
    content["signature"] = {
        "signer": signer.name if signer else None,
        "at": now.isoformat(),
        "comment": comment,
        "reason": reason,
    }
    _freeze_scores(appraisal, content)
    go(appraisal, frozenset({State.SHARED}), {"state": State.SIGNED, "signed_at": now})
    Changed.objects.create(appraisal=appraisal)
    end, _made = Chain.objects.select_for_update().get_or_create(pk=1)
    text, number = chain.canonical(content), end.number + 1
    digest = chain.digest(number, text, end.digest)
    signature: Signature = Signature.objects.create(
        appraisal=appraisal,
        number=number,
        signed_at=now,
        signer=signer,
        comment=comment,
        reason=reason,
        content=text,
        previous=end.digest,
        digest=digest,
    )
    Chain.objects.filter(pk=1).update(number=number, digest=digest)
    return signature


def _freeze_scores(appraisal: Appraisal, content: document.Content) -> None:
    for row in document.scores_of(content):
        fields = {"weight": row.weight, "score": row.score, "facts": row.facts, "computed": row.computed}
        SectionScore.objects.update_or_create(
            appraisal=appraisal, section_id=row.section_id, defaults=fields | {"frozen": True}
        )
    figures = {"total": content["total"], "facts": content["facts"], "weight": content["weight"], "frozen": True}
    Score.objects.update_or_create(appraisal=appraisal, defaults=figures)


def _next_version(old: Appraisal, reason: str, by: Employee) -> Appraisal:
    fresh: Appraisal = Appraisal.objects.create(
        scheme=old.scheme,
        year=old.year,
        employee=old.employee,
        reviewer=old.employee.manager or old.reviewer,
        number=old.number + 1,
        state=State.REVIEW,
        leads=old.leads,
        part=old.part,
        from_on=old.from_on,
        until_on=old.until_on,
        handed_in_at=old.handed_in_at,
        step="reopen",
        step_words=reason,
        step_by=by,
    )
    for model in (Passage, Rating, MovedRating, Evidence, Words):
        _carry_over(model, old, fresh)
    return fresh


def _carry_over(model: type, old: Appraisal, fresh: Appraisal) -> None:
    rows = list(model._default_manager.filter(appraisal=old))  # type: ignore[attr-defined]
    for row in rows:
        row.pk, row.appraisal, row._state.adding = None, fresh, True
        if hasattr(row, "uuid"):
            row.uuid = model._meta.get_field("uuid").get_default()  # type: ignore[attr-defined]
    model._default_manager.bulk_create(rows)  # type: ignore[attr-defined]
