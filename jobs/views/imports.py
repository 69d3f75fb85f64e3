"""Job descriptions from a file, for whoever drafts: chosen, columns named, looked at row by row, taken in as drafts."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jobs.forms.imports import ColumnsForm, FileForm
from jobs.models import DescriptionFile
from jobs.rules import drafting
from jobs.rules import imports as rules
from web.http import Request, render_form

PORTION = 100


def imports(request: Request) -> HttpResponse:
    """The files so far and the form for the next one."""
    if not drafting.may_begin(request.user):
        raise PermissionDenied
    form = FileForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = rules.choose(file, file.name, by=request.user, key=form.cleaned_data["uuid"])
            return redirect("jobs:import_columns", run.uuid)
        except ValidationError as error:
            form.add_error("file", error)
    runs = DescriptionFile.objects.visible_to(request.user).defer("rows")[:20]
    return render_form(request, "jobs/import_list.html", {"form": form, "runs": runs})


def columns(request: Request, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    form = ColumnsForm(request.POST if request.method == "POST" else None, run=run)
    if form.is_valid():
        try:
            return redirect(rules.name_columns(run, form.mapping(), by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    elif run.state not in (run.State.CHOSEN, run.State.CHECKED):
        return redirect(run)
    return render_form(request, "jobs/import_columns.html", {"form": form, "run": run, "fields": form})


@require_GET
def one(request: Request, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    if run.state == run.State.CHOSEN:
        return redirect("jobs:import_columns", run.uuid)
    return render(request, "jobs/import.html", _shown(request, run))


@require_POST
def apply(request: Request, uuid: UUID) -> HttpResponse:
    return _ended(request, uuid, rules.take_in)


@require_POST
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    return _ended(request, uuid, rules.withdraw)


def _ended(request: Request, uuid: UUID, deed: Any) -> HttpResponse:
    run = _run(request, uuid)
    try:
        return redirect(deed(run, by=request.user))
    except ValidationError as error:
        context = _shown(request, run) | {"refusal": error.messages[0]}
        return render(request, "jobs/import.html", context, status=409)


def _run(request: Request, uuid: UUID) -> DescriptionFile:
    return get_object_or_404(DescriptionFile.objects.visible_to(request.user).select_related("by"), uuid=uuid)


def _shown(request: Request, run: DescriptionFile) -> dict[str, Any]:
    if run.state != run.State.CHECKED:
        return {"run": run}
    plan = rules.look(run)
    tabs = [(name, label, plan.counts[name]) for name, label in rules.VERDICTS.items() if plan.counts[name]]
    names = [name for name, _label, _count in tabs]
    asked, start = request.GET.get("rows", ""), request.GET.get("from", "")
    verdict = asked if asked in names else names[0] if names else "bad"
    first = int(start) if start.isdecimal() and len(start) < 9 else 0
    rows = list(rules.portion(plan, verdict, first, PORTION))
    return {
        "run": run,
        "counts": plan.counts,
        "tabs": [(name, label, count, name == verdict) for name, label, count in tabs],
        "verdict": verdict,
        "rows": rows[:PORTION],
        "next": first + PORTION if len(rows) > PORTION else None,
    }
