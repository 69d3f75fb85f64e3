"""A version and its changes on paper and in plain formats: print pages, PDF, Markdown, CSV of clauses."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jobs import diff
from jobs.models import Assignment, Clause, Version
from journal.prepared import first
from web.export import attachment, csv_response
from web.http import Request
from web.pdf import pdf_response


@require_GET
def paper(request: Request, pk: int) -> HttpResponse:
    """The text of a version with the lines to sign on, as a page for the printer."""
    version = _one(request, pk)
    context = {"version": version, "clauses": _clauses(version), "signs": _signs(request, version)}
    return render(request, "jobs/print.html", context | {"before": _before(request, version)})


@require_GET
def changes(request: Request, pk: int) -> HttpResponse:
    """Old beside new, the same way."""
    version = _one(request, pk)
    before = _before(request, version)
    if before is None:
        raise Http404
    found = diff.clauses(_clauses(before), _clauses(version))
    context = {"version": version, "before": before, "changes": found, "signs": _signs(request, version)}
    return render(request, "jobs/changes.html", context)


@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    version = _one(request, pk)
    clauses = [{"text": clause.text, "about": _about(clause), "reason": clause.reason} for clause in _clauses(version)]
    return pdf_response("jobs/version.typ", _facts(request, version) | {"clauses": clauses}, _name(version))


@require_GET
def changes_pdf(request: Request, pk: int) -> HttpResponse:
    version = _one(request, pk)
    before = _before(request, version)
    if before is None:
        raise Http404
    found = diff.clauses(_clauses(before), _clauses(version))
    facts = _facts(request, version) | {
        "head": [
            _("Version %(number)s") % {"number": before.number},
            _("Version %(number)s") % {"number": version.number},
        ],
        "explained": _("Struck through: removed. Underlined and bold: added."),
        "changes": [_change_fact(change) for change in found],
    }
    return pdf_response("jobs/changes.typ", facts, f"{_name(version)}-changes")


def _change_fact(change: Any) -> dict[str, Any]:
    kinds = [clause.get_kind_display() if clause else "" for clause in (change.old, change.new)]
    nothing = [_("This clause was not there."), _("This clause is no longer there.")]
    return {
        "old": [[piece.sign, piece.old] for piece in change.pieces if piece.old] if change.old else None,
        "new": [[piece.sign, piece.new] for piece in change.pieces if piece.new] if change.new else None,
        "kinds": kinds,
        "nothing": nothing,
    }


@require_GET
def markdown(request: Request, pk: int) -> HttpResponse:
    version = _one(request, pk)
    text = "".join(_markdown(version, _clauses(version)))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=attachment(f"{_name(version)}.md"))


def _markdown(version: Version, clauses: list[Clause]) -> Iterator[str]:
    yield f"# {_escaped(str(version))}\n\n"
    if version.description.department:
        yield f"{_escaped(str(version.description.department))}\n\n"
    yield f"{_state_sentence(version)}\n"
    for number, clause in enumerate(clauses, start=1):
        text = _escaped(clause.text).replace("\n", "  \n   ")
        yield f"\n{number}. {text}\n\n   *{_escaped(_about(clause))}*\n"
        if clause.reason:
            reason = _escaped(clause.reason).replace("\n", "  \n   ")
            yield f"\n   {reason}\n"


def _escaped(text: str) -> str:
    """Text stays text: signs that Markdown or HTML would read as something else."""
    escaped = "".join(f"\\{sign}" if sign in "\\`*_{}[]()#+-.!|>~" else sign for sign in text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "")


@require_GET
def csv(request: Request, pk: int) -> HttpResponseBase:
    """The columns that the import reads, and what else is known of each clause."""
    version = _one(request, pk)
    head = [_("Description"), _("Clause"), _("Class"), _("Department"), _("Number"), _("About"), _("Reason")]
    head += [_("Practised since"), _("Earlier goals"), _("Positions"), _("State"), _("Ruling"), _("Ruled on")]
    rows = (_csv_row(version, number, c) for number, c in enumerate(_clauses(version), start=1))
    return csv_response(f"{_name(version)}.csv", head, rows)


def _csv_row(version: Version, number: int, clause: Clause) -> list[Any]:
    approved = clause.ruling if clause.state == Clause.State.APPROVED else None
    facts: list[Any] = [version.title, clause.text, clause.get_kind_display()]
    facts += [str(version.description.department or ""), number, str(clause.get_topic_display()), clause.reason]
    facts += [clause.practised_since, clause.proof, clause.covers, clause.get_state_display()]
    return [*facts, approved and approved.get_verdict_display(), approved and approved.at.date()]


def _one(request: Request, pk: int) -> Version:
    return get_object_or_404(Version.objects.visible_to(request.user).with_people(), pk=pk)


def _before(request: Request, version: Version) -> Version | None:
    before: Version | None = first(
        lambda user, version: Version.objects.visible_to(user).before(version), request.user, version
    )
    return before


def _clauses(version: Version) -> list[Clause]:
    return list(version.clauses.in_order())


def _signs(request: Request, version: Version) -> list[str]:
    """Whose lines stand below: who does the job, if it is one of those the reader sees alone, and the manager."""
    own = (
        Assignment.objects.visible_to(request.user)
        .lasting()
        .filter(description=version.description_id, employee=request.user)
    )
    name = request.user.name if own.exists() else _("Name")
    return [
        _("%(name)s, received and read, not necessarily agreed; day and signature") % {"name": name},
        _("Manager; day and signature"),
    ]


def _about(clause: Clause) -> str:
    return f"{clause.get_kind_display()} · {clause.covers}" if clause.covers else str(clause.get_kind_display())


def _state_sentence(version: Version) -> str:
    if version.in_force_from:
        return _("In force from %(day)s") % {"day": date_format(version.in_force_from, "DATE_FORMAT")}
    return _("Not in force: %(state)s") % {"state": version.get_state_display()}


def _facts(request: Request, version: Version) -> dict[str, Any]:
    lines = [str(version.description.department or ""), _state_sentence(version)]
    return {
        "title": str(version),
        "lines": [line for line in lines if line],
        "footer": str(version),
        "signs": _signs(request, version),
    }


def _name(version: Version) -> str:
    return f"{slugify(version.title)[:60] or 'job-description'}-{version.number}"
