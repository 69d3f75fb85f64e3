from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.budget import ClaimForm, RefuseForm
from goals.models import Claim, Goal
from goals.money import teams_of
from goals.rules import budget
from people.access import is_manager_of
from web.http import Request, render_form
from web.paging import keyset
from web.room import NO_ROOM
from web.uploads import private_file


@require_GET
def claims(request: Request) -> HttpResponse:
    """The claims one may see, newest first, with what they come to by year and team."""
    seen = Claim.objects.visible_to(request.user).for_list()
    page = keyset(seen, ("-claimed_at", "-pk"), request.GET.get("after"))
    return render(request, "goals/claims.html", {"page": page, "teams": teams_of(request.user)})


@require_GET
def claim(request: Request, uuid: UUID) -> HttpResponse:
    return render(request, "goals/claim.html", _shown(request, _seen(request, uuid)))


def claim_new(request: Request, uuid: UUID) -> HttpResponse:
    """uuid: of one's own goal."""
    goals = Goal.objects.visible_to(request.user).filter(owner=request.user).with_people()
    goal = get_object_or_404(goals, uuid=uuid)
    most = budget.money(budget.allowed(goal))
    form = ClaimForm(*((request.POST, request.FILES) if request.method == "POST" else ()), amount=most)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = budget.claim(goal, said["amount"], said["receipt"], by=request.user, key=said["uuid"])
            messages.success(request, _("%(amount)s asked back.") % {"amount": made})
            return redirect("goals:year")
        except ValidationError as error:
            form.add_error("receipt" if error.code == NO_ROOM else "amount", error)
    return render_form(request, "goals/claim_form.html", {"form": form, "goal": goal, "most": most})


@require_POST
def decide(request: Request, uuid: UUID) -> HttpResponse:
    """`answer` is "approve", "refuse" (with `reason`) or "paid"."""
    asked, answer = _seen(request, uuid), request.POST.get("answer", "")
    form = RefuseForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        if answer == "refuse":
            budget.refuse(asked, reason, by=request.user)
        elif answer == "paid":
            budget.mark_paid(asked, by=request.user)
        else:
            budget.approve(asked, by=request.user)
    except ValidationError as error:
        context = _shown(request, _seen(request, uuid)) | {"refusal": error.messages[0], "reason": reason}
        return render(request, "goals/claim.html", context, status=409 if error.code == "moved_on" else 422)
    return redirect(asked)


@require_GET
def receipt(request: Request, uuid: UUID) -> FileResponse:
    asked = _seen(request, uuid)
    if not asked.receipt or not asked.receipt.storage.exists(str(asked.receipt.name)):
        raise Http404
    return private_file(asked.receipt, "receipt")


def _seen(request: Request, uuid: UUID) -> Claim:
    return get_object_or_404(Claim.objects.visible_to(request.user).for_list(), uuid=uuid)


def _shown(request: Request, asked: Claim) -> dict[str, Any]:
    return {"claim": asked, "goal": asked.goal, "is_manager": is_manager_of(request.user, asked.owner)}
