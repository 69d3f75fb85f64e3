"""Every step from the evidence to the total, on a page and on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from appraisals import paper
from appraisals.views.parts import frame, sheet_for, shown
from web.http import Request
from web.pdf import pdf_response


@require_GET
def arithmetic(request: Request, uuid: UUID) -> HttpResponse:
    found = shown(request, uuid)
    return render(request, "appraisals/arithmetic.html", frame(request, found, sheet_for(request, found)))


@require_GET
def document(request: Request, uuid: UUID) -> HttpResponse:
    """The appraisal as PDF, as far as the reader may read it; a signed one as it was signed."""
    found = shown(request, uuid)
    facts = paper.facts_of(found, sheet_for(request, found))
    return pdf_response("appraisals/appraisal.typ", facts, f"appraisal-{found.year}-{found.employee.pk}")
