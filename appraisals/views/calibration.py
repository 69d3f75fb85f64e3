"""Calibration: teams side by side, and a rating moved with words."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from appraisals import board
from appraisals.forms.writing import MoveRatingForm
from appraisals.models import Aggregate, Appraisal, Scheme
from appraisals.rules import calibration as rules
from appraisals.views.parts import sheet_for, shown
from people.models import Department, Employee
from web.http import Request, render_form, render_page
from web.paging import keyset


@require_GET
def calibration(request: Request) -> HttpResponse:
    """?round= the year, ?team= whose teams; without one: the reader's own, for HR everybody's or its departments'."""
    user = request.user
    if not (user.is_hr or user.leads_somebody):  # type: ignore[attr-defined]
        raise Http404
    schemes = Scheme.objects.visible_to(user).filter(started_at__isnull=False).select_related("year")
    asked = request.GET.get("round", "")
    scheme = schemes.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    scheme = scheme or schemes.order_by("-year__first_on").first()
    if scheme is None:
        return render(request, "appraisals/calibration.html", {"columns": []})
    root, cells = _root(request), Aggregate.objects.visible_to(user)
    if root is None:
        columns = board.departments(Department.objects.visible_to(user).in_part_of(user), scheme, cells)
        rows = Appraisal.objects.visible_to(user).in_part_of(user)
    else:
        columns = board.teams_below(root, scheme, cells)
        rows = Appraisal.objects.visible_to(user).filter(employee__lines_up__above=root).exclude(employee=user)
    waiting = rows.filter(scheme=scheme).in_stage("calibration").with_people().select_related("score")
    page = keyset(waiting, ("pk",), request.GET.get("after"))
    context: dict[str, Any] = {"scheme": scheme, "schemes": schemes, "root": root, "columns": columns, "page": page}
    context["query"] = f"round={scheme.pk}&" + (f"team={root.pk}&" if root else "")
    return render_page(request, "appraisals/calibration.html", "appraisals/_to_calibrate.html", context)


def move_rating(request: Request, uuid: UUID, criterion: int) -> HttpResponse:
    found = shown(request, uuid)
    sheet = sheet_for(request, found)
    listed = [c for line in sheet.sections for c in line.criteria if c.content["id"] == criterion]
    if found.employee_id == request.user.pk or not listed:
        raise Http404
    if not rules.may_move(request.user, found) and request.method == "GET":
        return redirect(found)
    form = MoveRatingForm(request.POST if request.method == "POST" else None, appraisal=found)
    if form.is_valid():
        beside = next(c for s in found.scheme.sections.all() for c in s.criteria.all() if c.pk == criterion)
        try:
            asked = form.cleaned_data
            rules.move_rating(found, beside, asked["points"], asked["words"], asked["version"], by=request.user)
            return redirect("appraisals:arithmetic", found.uuid)
        except ValidationError as error:
            form.add_error(None, error)
    words = {"title": _("Move a rating: %(name)s") % {"name": listed[0].content["name"]}, "button": _("Move it")}
    now = listed[0].rating or _("not rated")
    words["lead"] = _("It is rated %(now)s now. Your words stand beside it, for %(name)s too once it is shared.") % {
        "now": now,
        "name": found.employee,
    }
    return render_form(request, "appraisals/form.html", {"form": form, "appraisal": found, **words})


def _root(request: Request) -> Employee | None:
    """Whose teams are compared: somebody in the reader's line, for HR administrators anybody; None: departments."""
    user, asked = request.user, request.GET.get("team", "")
    people = Employee.objects.visible_to(user)
    if not user.is_hr_administrator:
        people = people.in_line_of(user)
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        found: Employee = get_object_or_404(people, pk=int(asked))
        return found
    if user.leads_somebody and not user.is_hr:  # type: ignore[attr-defined]
        return user
    if user.is_hr_administrator:
        top: Employee | None = people.filter(manager=None, reports__isnull=False).order_by("pk").first()
        return top
    return None
