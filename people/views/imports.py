"""People from a file: for HR administrators; for everybody else these pages are not there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from people.forms.imports import ColumnsForm, FileForm, InviteForm
from people.models import ImportRow, ImportRun
from people.rules import imports as rules
from people.rules import signing_in
from people.rules.import_report import PORTION, bad_rows_csv, portion
from web.bell import ring
from web.http import Request, render_form, render_page

TROUBLE_TABS = ("bad", "new", "changed", "leaving", "same")


def imports(request: Request) -> HttpResponse:
    """The runs so far and the form for the next file."""
    if not request.user.is_hr_administrator:
        raise Http404
    form = FileForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = rules.choose(file, file.name, by=request.user, key=form.cleaned_data["uuid"])
            return redirect("people:import_columns", run.uuid)
        except ValidationError as error:
            form.add_error("file", error)
    runs = ImportRun.objects.visible_to(request.user).select_related("by")[:20]
    return render_form(request, "people/import_list.html", {"form": form, "runs": runs})


def columns(request: Request, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    form = ColumnsForm(request.POST if request.method == "POST" else None, run=run)
    if form.is_valid():
        try:
            rules.check(run, form.cleaned_data["mapping"], by=request.user, **form.choices())
            ring("people.tasks.work_on_import", run.pk)
            return redirect(run)
        except ValidationError as error:
            form.add_error(None, error)
    elif run.state not in {run.State.CHOSEN, run.State.CHECKED}:
        return redirect(run)
    return render_form(request, "people/import_columns.html", {"form": form, "run": run})


@require_GET
def one(request: Request, uuid: UUID) -> HttpResponse:
    """Where the run stands; while it is worked on, htmx asks for the part again every two seconds."""
    run = _run(request, uuid)
    if run.state == run.State.CHOSEN:
        return redirect("people:import_columns", run.uuid)
    return render_page(request, "people/import.html", "people/_import_state.html", _shown(request, run))


@require_POST
def apply(request: Request, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    try:
        rules.apply(run, by=request.user)
        ring("people.tasks.work_on_import", run.pk)
        return redirect(run)
    except ValidationError as error:
        context = _shown(request, run) | {"refusal": error.messages[0]}
        return render_page(request, "people/import.html", "people/import.html", context, status=409)


@require_POST
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    run = _run(request, uuid)
    try:
        rules.withdraw(run, by=request.user)
        return redirect("people:imports")
    except ValidationError as error:
        context = _shown(request, run) | {"refusal": error.messages[0]}
        return render_page(request, "people/import.html", "people/import.html", context, status=409)


@require_POST
def invite(request: Request, uuid: UUID) -> HttpResponse:
    """Let in those whom an import has brought: the ticked ones or all of them."""
    run = _run(request, uuid)
    form = InviteForm(request.POST, newcomers=rules.newcomers(run))
    if form.is_valid():
        count = signing_in.invite(form.chosen(), by=request.user)
        sent = ngettext("%(n)s invitation goes out now.", "%(n)s invitations go out now.", count) % {"n": count}
        messages.success(request, sent)
        return redirect(f"{run.get_absolute_url()}?rows=new")
    context = _shown(request, run, "new") | {"refusal": form.non_field_errors()[0]}
    return render_page(request, "people/import.html", "people/import.html", context, status=422)


@require_GET
def bad_rows(request: Request, uuid: UUID) -> HttpResponseBase:
    run = _run(request, uuid)
    if not run.file or not run.file.storage.exists(str(run.file.name)):
        raise Http404
    response = StreamingHttpResponse(bad_rows_csv(run), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="rows-not-taken-in.csv"'
    return response


def _run(request: Request, uuid: UUID) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("by"), uuid=uuid)


def _shown(request: Request, run: ImportRun, wanted: str = "") -> dict[str, Any]:
    tabs = [(word, run.counts.get(word, 0)) for word in TROUBLE_TABS if run.counts.get(word)]
    wanted = wanted or request.GET.get("rows", "")
    verdict = wanted if wanted in dict(tabs) else tabs[0][0] if tabs else "bad"
    start = int(request.GET["from"]) if request.GET.get("from", "").isdecimal() and len(request.GET["from"]) < 9 else 0
    rows = portion(run, verdict, start) if run.file and not run.is_working else []
    return {
        "run": run,
        "tabs": [(word, ImportRow.Verdict(word).label, count, word == verdict) for word, count in tabs],
        "verdict": verdict,
        "rows": rows[:PORTION],
        "uninvited": rules.uninvited(run) if run.state == run.State.DONE else 0,
        "next": start + PORTION if len(rows) > PORTION else None,
        "percent": 100 * run.read // max(run.rows, 1),
    }
