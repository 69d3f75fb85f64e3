"""One version: its page, the editor of a draft, the moves of its route, its publication."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jobs import diff
from jobs.forms.drafts import DraftForm
from jobs.forms.route import MoveForm, PublishForm
from jobs.library import CLAUSES
from jobs.models import Clause, Reading, Version
from jobs.rules import drafting, publishing, ruling
from journal.history import history_of
from journal.prepared import asked, first
from web.http import Request, or_404, render_form, status_of


@require_GET
def version(request: Request, pk: int) -> HttpResponse:
    return render(request, "jobs/version.html", _shown(request, _one(request, pk)))


def edit(request: Request, pk: int) -> HttpResponse:
    """The whole draft on one screen; each button saves it and says what it does."""
    draft = _one(request, pk)
    if not drafting.is_drafter(request.user, draft):
        raise PermissionDenied
    if request.method != "POST" and draft.state != draft.State.DRAFT:
        return redirect(draft)
    clauses = _clauses(draft)
    form = _draft_form(request, draft, clauses)
    if form.is_valid():
        rows = [row.row() for row in form.rows]
        try:
            drafting.write(draft, form.cleaned_data["title"], rows, by=request.user, seen=form.cleaned_data["version"])
            return redirect(draft) if form.deed == "save" else redirect(f"{request.path}#{form.deed_shown()}")
        except ValidationError as error:
            form.add_error(None, error)
            draft.refresh_from_db()
            form.opened_with(draft.revision)
    return render_form(request, "jobs/edit.html", _edited(draft, clauses, form))


def _draft_form(request: Request, draft: Version, clauses: list[Clause]) -> DraftForm:
    topics = {*CLAUSES, *(clause.topic for clause in clauses)}
    marks = [clause.fingerprint for clause in clauses]
    citable = [(row["pk"], ruling.in_words(row)) for row in ruling.citable(request.user, topics, marks)]
    known = {pk for pk, _words in citable}
    citable += [(c.cites_id, str(c.cites_id)) for c in clauses if c.cites_id and c.cites_id not in known]
    data = request.POST if request.method == "POST" else None
    return DraftForm(data, revision=draft.revision, title=draft.title, clauses=clauses, citable=citable)


def _edited(draft: Version, clauses: list[Clause], form: DraftForm) -> dict[str, Any]:
    there = {str(row["topic"].value() or "") for row in form.rows}
    return {
        "version": draft,
        "form": form,
        "rows": [*form.rows, form.next_row()],
        "library": [(topic, clause) for topic, clause in CLAUSES.items() if topic not in there],
        "now": clauses if status_of(form) == 409 else [],
    }


@require_POST
def move(request: Request, pk: int, name: str) -> HttpResponse:
    """One step of the route: asked for support, supported, sent back, taken back, withdrawn."""
    if name not in drafting.MOVES:
        raise Http404
    version, form = _one(request, pk), MoveForm(request.POST)
    if form.is_valid():
        try:
            moved = drafting.move(version, name, by=request.user, words=form.cleaned_data["words"])
            return redirect(moved if _sees(request, moved) else "jobs:descriptions")
        except ValidationError as error:
            form.add_error(None, error)
    context = _shown(request, version) | {"move_form": form, "tried": name}
    return render(request, "jobs/version.html", context, status=status_of(form))


@require_POST
def publish(request: Request, pk: int) -> HttpResponse:
    version, form = _one(request, pk), PublishForm(request.POST)
    if form.is_valid():
        try:
            return redirect(publishing.publish(version, form.cleaned_data["from_on"], by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    elif not drafting.is_drafter(request.user, version):
        raise PermissionDenied
    context = _shown(request, version) | {"publish_form": form}
    return render(request, "jobs/version.html", context, status=status_of(form))


def _one(request: Request, pk: int) -> Version:
    return or_404(
        first(lambda user, pk: Version.objects.visible_to(user).filter(pk=pk).with_people(), request.user, pk)
    )


def _clauses(version: Version) -> list[Clause]:
    return asked(lambda version: version.clauses.in_order(), version)


def _sees(request: Request, version: Version) -> bool:
    return Version.objects.visible_to(request.user).filter(pk=version.pk).exists()


def _shown(request: Request, version: Version) -> dict[str, Any]:
    before = first(lambda user, version: Version.objects.visible_to(user).before(version), request.user, version)
    changes = diff.clauses(_clauses(before) if before else [], _clauses(version))
    readings = Reading.objects.visible_to(request.user).filter(version=version).select_related("employee")
    inside = drafting.reads_workings(request.user, version)
    return {
        "version": version,
        "before": before,
        "changes": changes,
        "numbers": sum(1 for change in changes if change.new),
        "moves": drafting.moves_open_to(request.user, version),
        "missing": publishing.missing(version) if version.is_open and inside else [],
        "may_edit": Version.objects.editable_by(request.user).filter(pk=version.pk).exists(),
        "may_publish": publishing.may_publish(request.user, version),
        "publish_form": PublishForm(),
        "move_form": MoveForm(),
        "inside": inside,
        "history": history_of(version) if inside else [],
        "readings": readings.order_by("employee__name", "pk")[:200],
        "counts": readings.counted_for(request.user, [version.pk]).get(version.pk),
    }
