"""A round as CSV or XLSX, for HR: an administrator's everybody, a partner's part."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from appraisals import exporting
from appraisals.models import Appraisal, Scheme
from web.export import csv_response, xlsx_response
from web.http import Request


@require_GET
def export_csv(request: Request, pk: int) -> HttpResponseBase:
    scheme, theirs = _asked(request, pk)
    name = f"appraisals-{scheme.year}.csv"
    return csv_response(name, exporting.header(scheme), exporting.rows(scheme, theirs))


@require_GET
def export_xlsx(request: Request, pk: int) -> HttpResponseBase:
    scheme, theirs = _asked(request, pk)
    name = f"appraisals-{scheme.year}.xlsx"
    return xlsx_response(name, exporting.header(scheme), exporting.rows(scheme, theirs), str(scheme))


def _asked(request: Request, pk: int) -> tuple[Scheme, QuerySet[Appraisal]]:
    if not request.user.is_hr:
        raise Http404
    scheme = get_object_or_404(Scheme.objects.visible_to(request.user).select_related("year"), pk=pk)
    return scheme, Appraisal.objects.visible_to(request.user).in_part_of(request.user).current()
