from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.reports import AskForm, EditForm, MetForm, are_valid, people_of
from goals.history import history_of_step
from goals.models import Encounter, Report
from goals.rules import notebook, reporting
from people.access import is_manager_of, is_self
from people.models import Department
from web.fields import VersionField
from web.http import CONFLICT_CODES, Request, render_form, render_page, wants_part
from web.room import put_beside
from web.uploads import private_file


@require_GET
def report(request: Request, uuid: UUID) -> HttpResponse:
    return render(request, "goals/report.html", _shown(request, _seen(request, uuid)))


def edit(request: Request, uuid: UUID) -> HttpResponse:
    step = get_object_or_404(Report.objects.editable_by(request.user).with_goal(), uuid=uuid)
    return _edit(request, step, another=False)


def add_person(request: Request, uuid: UUID) -> HttpResponse:
    """The same form with room for one more person."""
    step = get_object_or_404(Report.objects.editable_by(request.user).with_goal(), uuid=uuid)
    return _edit(request, step, another=True)


@require_POST
def take_back(request: Request, uuid: UUID) -> HttpResponse:
    step = get_object_or_404(Report.objects.editable_by(request.user).with_goal(), uuid=uuid)
    try:
        reporting.take_back(step, _version(request), by=request.user)
    except ValidationError as error:
        context = _shown(request, _seen(request, uuid)) | {"refusal": error.messages[0]}
        return render(request, "goals/report.html", context, status=409)
    messages.success(request, _("The step is taken back, and the goal is counted anew."))
    return redirect("goals:year")


@require_POST
def answer(request: Request, uuid: UUID) -> HttpResponse:
    """The manager's answer: `answer` is "confirm", or "ask" with `words`. htmx gets the step's new part."""
    step = _seen(request, uuid)
    form, refusal, status = AskForm(request.POST), "", 200
    try:
        if request.POST.get("answer") == "ask":
            words = form.cleaned_data["words"] if form.is_valid() else ""
            reporting.ask(step, words, _version(request), by=request.user)
        else:
            reporting.confirm(step, _version(request), by=request.user)
    except ValidationError as error:
        refusal, status = error.messages[0], 409 if getattr(error, "code", "") in CONFLICT_CODES else 422
    if refusal or wants_part(request):
        context = _shown(request, _seen(request, uuid)) | {"refusal": refusal, "words": request.POST.get("words", "")}
        return render_page(request, "goals/report.html", "goals/_report_answer.html", context, status)
    return redirect(step)


@require_POST
def reply(request: Request, uuid: UUID) -> HttpResponse:
    step = _seen(request, uuid)
    form = AskForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        reporting.reply(step, words, by=request.user)
    except ValidationError as error:
        refusal = error.messages[0] if form.is_valid() else str(form.errors["words"][0])
        context = _shown(request, _seen(request, uuid)) | {"refusal": refusal, "words": request.POST.get("words", "")}
        return render(request, "goals/report.html", context, status=409 if error.code == "moved_on" else 422)
    return redirect(step)


@require_GET
def evidence(request: Request, uuid: UUID) -> FileResponse:
    step = _seen(request, uuid)
    if not step.evidence or not step.evidence.storage.exists(str(step.evidence.name)):
        raise Http404
    return private_file(step.evidence, f"step-{step.happened_on:%Y-%m-%d}")


@require_GET
def about_me(request: Request) -> HttpResponse:
    """What colleagues recorded of having met the reader."""
    return render(request, "goals/about_me.html", {"encounters": notebook.recorded_of(request.user)})


@require_POST
def remove_name(request: Request, uuid: UUID) -> HttpResponse:
    """uuid: of the step that records the reader."""
    encounter = get_object_or_404(notebook.recorded_of(request.user), report__uuid=uuid)
    notebook.remove_name(encounter, by=request.user)
    messages.success(request, _("Your name is removed. What was counted stays, without it."))
    return redirect("goals:about_me")


def _seen(request: Request, uuid: UUID) -> Report:
    return get_object_or_404(Report.objects.visible_to(request.user).with_goal(), uuid=uuid)


def _shown(request: Request, step: Report) -> dict[str, Any]:
    goal = step.goal
    return {
        "report": step,
        "goal": goal,
        "line": Report.objects.visible_to(request.user).filter(pk=step.pk).as_log(request.user)[0],
        "remarks": step.remarks.select_related("by"),
        "history": history_of_step(step),
        "is_owner": is_self(request.user, goal.owner),
        "is_manager": is_manager_of(request.user, goal.owner) and goal.is_agreed,
    }


def _version(request: Request) -> int:
    """The version the form was opened with; nonsense is one that never was."""
    try:
        return int(VersionField().clean(request.POST.get("version")))
    except ValidationError:
        return -1


def _edit(request: Request, step: Report, *, another: bool) -> HttpResponse:
    posted = request.method == "POST"
    initial = {"what": step.what, "happened_on": step.happened_on, "version": step.version, "uuid": step.uuid}
    form = EditForm(*((request.POST, request.FILES) if posted else ()), goal=step.goal, initial=initial)
    people = _people(request, step, another)
    if posted and are_valid(form, people):
        try:
            reporting.revise(step, form.changes(), people_of(people), form.cleaned_data["version"], by=request.user)
            return redirect("goals:add_person", step.uuid) if "another" in request.POST else redirect(step)
        except ValidationError as error:
            put_beside(error, form, "evidence")
    context = {
        "report": step,
        "goal": step.goal,
        "step": form,
        "people": people,
        "departments": Department.objects.visible_to(request.user).order_by("name", "pk").values_list("pk", "name"),
    }
    worst = next((one for one in [form, *people] if one.errors), form)
    return render_form(request, "goals/report_edit.html", context, form=worst)


def _people(request: Request, step: Report, another: bool) -> list[MetForm]:
    """A form for each person met, and an empty one where there is none or one more is wanted."""
    met = list(Encounter.objects.visible_to(request.user).filter(report=step).with_people())
    initial = [
        {
            "who": _name_of(one),
            "department": one.department_id,
            "job_title": one.job_title,
            "shares_name": one.shares_name,
            "earlier": one.contact.uuid,
        }
        for one in met
    ]
    if another or not met:
        initial.append({})
    data = request.POST if request.method == "POST" else None
    return [
        MetForm(data, goal=step.goal, user=request.user, prefix=f"met-{number}", initial=first)
        for number, first in enumerate(initial)
    ]


def _name_of(encounter: Encounter) -> str:
    person = encounter.contact.employee
    return f"{person} <{person.email}>" if person else encounter.contact.name
