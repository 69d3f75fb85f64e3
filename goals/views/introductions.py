"""Asking a colleague whom the finder names, and their answer: between the two."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.contacts import AskForm, JobForm, ReplyForm
from goals.models import Introduction
from goals.rules import introductions as rules
from people.models import Department, Employee
from web.http import Request, render_form


def ask(request: Request, pk: int, place: int) -> HttpResponse:
    """pk: of a colleague who knows somebody in the department `place`; ?job= what else was looked for."""
    colleague = get_object_or_404(Employee.objects.visible_to(request.user), pk=pk)
    department = get_object_or_404(Department.objects.visible_to(request.user), pk=place)
    wanted = JobForm(request.GET)
    job = wanted.cleaned_data["job"][:100] if wanted.is_valid() else ""
    form = AskForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = rules.ask(colleague, department, job, said["words"], by=request.user, key=said["uuid"])
            messages.success(request, _("%(name)s is asked. You are told of the answer.") % {"name": colleague.called})
            return redirect(made)
        except ValidationError as error:
            form.add_error(None, error)
    elif not rules.can_ask(colleague, department, by=request.user):
        raise Http404
    context = {"form": form, "colleague": colleague, "place": department, "job": job}
    return render_form(request, "goals/ask.html", context)


@require_GET
def introduction(request: Request, uuid: UUID) -> HttpResponse:
    context = {"asked": _seen(request, uuid), "form": ReplyForm()}
    return render_form(request, "goals/introduction.html", context)


@require_POST
def answer(request: Request, uuid: UUID) -> HttpResponse:
    asked, form = _seen(request, uuid), ReplyForm(request.POST)
    if form.is_valid():
        try:
            rules.answer(asked, form.cleaned_data["gives"] == "yes", form.cleaned_data["reply"], by=request.user)
            messages.success(request, _("%(name)s is told.") % {"name": asked.asker.called})
            return redirect(asked)
        except ValidationError as error:
            form.add_error("reply", error)
    return render_form(request, "goals/introduction.html", {"asked": asked, "form": form})


def _seen(request: Request, uuid: UUID) -> Introduction:
    return get_object_or_404(Introduction.objects.visible_to(request.user).for_list(), uuid=uuid)
