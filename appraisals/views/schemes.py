"""The scheme of a year: for everybody it covers to read, for HR administrators to keep."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from appraisals.forms.schemes import ScaleForm, SchemeForm, SectionForm, WeightsForm
from appraisals.models import Scheme, Section
from appraisals.rules import schemes as rules
from journal.history import history_of
from web.fields import show_meanwhile
from web.http import Request, render_form


@require_GET
def scheme(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Scheme.objects.visible_to(request.user).select_related("year"), pk=pk)
    sections = list(found.sections.prefetch_related("criteria"))
    share = found.year.share_percent
    context = {
        "scheme": found,
        "sections": [(s, s.weight_for(False, share), s.weight_for(True, share)) for s in sections],
        "totals": [sum(s.weight_for(leads, share) for s in sections) for leads in (False, True)],
        "points": list(found.scale.all()),
        "ladder": list(zip(("0", "1", "2", "3", "4"), found.ladder, strict=False)),
        "departments": list(found.departments.all()),
        "changes": found.changes.select_related("by"),
        "history": history_of(found),
        "can_keep": Scheme.objects.editable_by(request.user).filter(pk=pk).exists(),
        "problems": rules.problems(found) if not found.started_at and request.user.is_hr_administrator else [],
    }
    return render(request, "appraisals/scheme.html", context)


def scheme_edit(request: Request, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form, meanwhile = SchemeForm(request.POST or None, instance=found, user=request.user), []
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            return redirect(rules.revise(found, fields, fields.pop("version"), by=request.user))
        except ValidationError as error:
            _refuse(form, error)
            meanwhile = show_meanwhile(form, found) if getattr(error, "code", "") == "changed_meanwhile" else []
    words = {"title": _("Who is covered, and when"), "button": _("Save")}
    return render_form(
        request, "appraisals/scheme_edit.html", {"form": form, "scheme": found, "meanwhile": meanwhile, **words}
    )


def weights(request: Request, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = WeightsForm(request.POST or None, scheme=found)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            return redirect(
                rules.weigh(found, form.weights(), asked.get("reason", ""), asked["version"], by=request.user)
            )
        except ValidationError as error:
            _refuse(form, error)
            found.refresh_from_db()
    return render_form(request, "appraisals/weights.html", {"form": form, "scheme": found})


def section(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(Section.objects.editable_by(request.user).select_related("scheme__year"), pk=pk)
    form = SectionForm(request.POST or None, section=found)
    if form.is_valid():
        try:
            rules.revise_section(found, form.cleaned_data["section_about"], form.listed(), by=request.user)
            return redirect(found.scheme)
        except ValidationError as error:
            _refuse(form, error)
    return render_form(request, "appraisals/section.html", {"form": form, "section": found, "scheme": found.scheme})


def scale(request: Request, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    form = ScaleForm(request.POST or None, scheme=found)
    if form.is_valid():
        try:
            return redirect(rules.name_points(found, form.points(), by=request.user))
        except ValidationError as error:
            _refuse(form, error)
    return render_form(request, "appraisals/scale.html", {"form": form, "scheme": found})


@require_POST
def scheme_start(request: Request, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    try:
        rules.start(found, by=request.user)
        messages.success(request, _("The year has started: everybody covered has an appraisal and sees the weights."))
    except ValidationError as error:
        for sentence in error.messages:
            messages.warning(request, sentence)
    return redirect(found)


def _kept(request: Request, pk: int) -> Scheme:
    found: Scheme = get_object_or_404(Scheme.objects.editable_by(request.user).select_related("year"), pk=pk)
    return found


def _refuse(form: forms.BaseForm, error: Any) -> None:
    """A rule's sentence beside its field; where the form has no such field, above all of them."""
    named = getattr(error, "error_dict", None)
    if named is not None and not set(named) <= set(form.fields):
        form.add_error(None, ValidationError(error.messages, getattr(error, "code", None)))
    else:
        form.add_error(None, error)
