"""One's own appraisal, one of somebody's, and the years of a person."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from appraisals import years
from appraisals.forms.writing import PassagesForm
from appraisals.history import history_of
from appraisals.models import Appraisal
from appraisals.rules import rating
from appraisals.views.parts import frame, may_write, sheet_for, shown
from journal.prepared import asked
from people.models import Employee
from web.autosave import autosaved, is_autosave, not_autosaved
from web.http import Request, render_form


@require_GET
def mine(request: Request) -> HttpResponse:
    """The present appraisal of the reader, and a manager's of the team below it."""
    own = asked(_own, request.user)
    appraisal = own[0] if own else None
    context: dict[str, Any] = {"team": asked(_team, request.user), "earlier": own[1:], "own": appraisal}
    if appraisal:
        context |= frame(request, appraisal, sheet_for(request, appraisal))
        context["history"] = history_of(appraisal, request.user)
    return render(request, "appraisals/mine.html", context)


def _own(me: Employee) -> QuerySet[Appraisal]:
    own = Appraisal.objects.visible_to(me).filter(employee=me).current()
    return own.with_people().order_by("-year__first_on")


def _team(me: Employee) -> QuerySet[Appraisal]:
    return Appraisal.objects.visible_to(me).to_review_by(me).for_list().exclude(state="locked")


@require_GET
def appraisal(request: Request, uuid: UUID) -> HttpResponse:
    found = shown(request, uuid)
    context = frame(request, found, sheet_for(request, found))
    versions = Appraisal.objects.visible_to(request.user).filter(scheme=found.scheme, employee=found.employee)
    context["versions"] = versions.order_by("number") if found.number > 1 or found.is_replaced else ()
    context["history"] = history_of(found, request.user)
    return render(request, "appraisals/appraisal.html", context)


@require_GET
def history(request: Request, pk: int) -> HttpResponse:
    """The years of somebody in the reader's sight: each with its total, the sections as lines."""
    theirs = Appraisal.objects.visible_to(request.user).filter(employee=pk).current()
    person = request.user if pk == request.user.pk else get_object_or_404(theirs.with_people()[:1]).employee
    totals = theirs.total_shown_to(request.user)
    context: dict[str, Any] = {"person": person, "appraisals": theirs.for_list().order_by("-year__first_on")}
    context |= {"picture": years.picture(totals), "shown": set(totals.values_list("pk", flat=True))}
    return render(request, "appraisals/history.html", context)


def self_review(request: Request, uuid: UUID) -> HttpResponse:
    own = Appraisal.objects.visible_to(request.user).filter(employee=request.user).with_people()
    found = get_object_or_404(own, uuid=uuid)
    if not may_write(request.user, found) and request.method == "GET":
        return redirect(found)
    sheet = sheet_for(request, found)
    form = PassagesForm(request.POST or None, appraisal=found, sheet=sheet)
    if form.is_valid():
        try:
            rating.write_self_review(found, form.said(), form.cleaned_data["version"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return autosaved(version=found.version) if is_autosave(request) else redirect(found)
    if is_autosave(request):
        return not_autosaved(form)
    return render_form(request, "appraisals/self_review.html", frame(request, found, sheet) | {"form": form})
