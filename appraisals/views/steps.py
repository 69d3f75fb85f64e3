"""The steps of an appraisal: a page that says what a step means, and the step itself."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from appraisals.access import standpoints
from appraisals.forms.writing import SignForm, StepForm
from appraisals.models import Appraisal
from appraisals.rules import signing, stages
from appraisals.views.parts import frame, sheet_for, shown
from journal import clock
from web.http import Request, render_form


def move(request: Request, uuid: UUID, name: str) -> HttpResponse:
    """Ask once, with what it means, then take the step."""
    step = stages.MOVES.get(name)
    found = shown(request, uuid)
    if step is None or name == "sign":
        raise Http404
    if name not in stages.moves_open_to(request.user, found) and request.method == "GET":
        return redirect(found)
    form = StepForm(request.POST if request.method == "POST" else None, wants_words=step.words)
    if request.method == "POST" and (form.is_valid() or not _may(request, found, step)):
        try:
            return redirect(_take(found, name, form.cleaned_data.get("words", ""), request))
        except ValidationError as error:
            form.add_error(None, error)
    context = {"form": form, "appraisal": found, "step": step, "name": name}
    return render_form(request, "appraisals/move.html", context)


def sign(request: Request, uuid: UUID) -> HttpResponse:
    """Received, not necessarily agreed; with an answer if one likes."""
    found = shown(request, uuid)
    if found.employee_id != request.user.pk:
        raise Http404
    if "sign" not in stages.moves_open_to(request.user, found) and request.method == "GET":
        return redirect(found)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            signing.sign(found, form.cleaned_data["comment"], by=request.user)
            return redirect(found)
        except ValidationError as error:
            form.add_error(None, error)
    sheet = sheet_for(request, found)
    return render_form(request, "appraisals/sign.html", frame(request, found, sheet) | {"form": form})


def _may(request: Request, appraisal: Appraisal, step: stages.Move) -> bool:
    """Whether the step is the reader's at all; whose it is not is told so before what is missing."""
    if not step.by & standpoints(request.user, appraisal, clock.today()):
        raise PermissionDenied
    return True


def _take(appraisal: Appraisal, name: str, words: str, request: Request) -> Any:
    deeds: dict[str, Any] = {"close": signing.close, "reopen": signing.reopen}
    if name not in deeds:
        return stages.move(appraisal, name, by=request.user, words=words)
    made = deeds[name](appraisal, words, by=request.user)
    return made if name == "reopen" else appraisal
