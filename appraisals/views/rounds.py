"""HR's rounds: how far they are, what they come to, and the roll-up under way."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from appraisals import board, pictures
from appraisals.models import Aggregate, Appraisal, Scheme
from appraisals.rules import rolling, schemes, stages
from goals.models import Year
from people.models import Department
from web.bell import ring
from web.http import Request, render_page
from web.paging import keyset

DEPARTMENTS = 25  # on a page


@require_GET
def rounds(request: Request) -> HttpResponse:
    """Every year with its scheme, and the years that have none yet."""
    _hr(request)
    known = Scheme.objects.visible_to(request.user).select_related("year").order_by("-year__first_on")
    years = Year.objects.visible_to(request.user).exclude(scheme__isnull=False).order_by("-first_on")
    return render(request, "appraisals/rounds.html", {"schemes": known, "years": years})


@require_GET
def round_(request: Request, pk: int) -> HttpResponse:
    """A round from its aggregates: costs the same for three hundred people and for a hundred thousand."""
    scheme, whole = _scheme(request, pk), request.user.is_hr_administrator
    scale = scheme.scale.count()
    parts = Department.objects.visible_to(request.user).in_part_of(request.user)
    page = keyset(parts.only("name"), ("name", "pk"), request.GET.get("after"), DEPARTMENTS)
    listed = [(part.pk, part.name) for part in page.rows]
    found = board.overview(listed, scheme, Aggregate.objects.visible_to(request.user), scale, whole)
    shown = board.stages_of(found.everybody.cell) if found.everybody else []
    context: dict[str, Any] = {
        "scheme": scheme,
        "board": found,
        "everybody": found.everybody,
        "stages": shown,
        "progress": pictures.progress(shown),
        "page": page,
        "query": "",
        "roll": scheme.rolls.order_by("-asked_at", "-pk").first(),
        "to_share": _to_share(request, scheme, found.everybody),
    }
    return render_page(request, "appraisals/round.html", "appraisals/_roll.html", context)


@require_POST
def roll(request: Request, pk: int) -> HttpResponse:
    """Score the whole round anew, now. Asked twice it is one roll."""
    scheme = _scheme(request, pk, administer=True)
    rolling.ask(scheme, by=request.user)
    ring("appraisals.tasks.roll")
    return redirect("appraisals:round", scheme.pk)


@require_POST
def share_all(request: Request, pk: int) -> HttpResponse:
    """Share everything in calibration in the reader's part of HR."""
    scheme = _scheme(request, pk)
    theirs = Appraisal.objects.visible_to(request.user).in_part_of(request.user).filter(scheme=scheme)
    count = stages.share_all(theirs, by=request.user)
    said = ngettext("%(count)s appraisal is shared.", "%(count)s appraisals are shared.", count)
    messages.success(request, said % {"count": count})
    return redirect("appraisals:round", scheme.pk)


@require_POST
def scheme_begin(request: Request, year: int) -> HttpResponse:
    if not request.user.is_hr_administrator:
        raise Http404
    found = get_object_or_404(Year.objects.visible_to(request.user), pk=year)
    scheme = schemes.begin(found, by=request.user)
    messages.success(request, _("A scheme to begin with. Change what differs, then start the year."))
    return redirect(scheme)


def _to_share(request: Request, scheme: Scheme, everybody: board.Column | None) -> int:
    """How many wait to be shared: an administrator's from the stored figures, as long as there is still one."""
    if everybody is None or everybody.cell is None:
        theirs = Appraisal.objects.visible_to(request.user).in_part_of(request.user).filter(scheme=scheme)
        return theirs.in_stage("calibration").count()
    still = scheme.appraisals.in_stage("calibration").exclude(employee=request.user).exists()
    return max(1, everybody.cell.in_calibration) if still else 0


def _hr(request: Request) -> None:
    if not request.user.is_hr:
        raise Http404


def _scheme(request: Request, pk: int, administer: bool = False) -> Scheme:
    _hr(request)
    user = request.user
    known = Scheme.objects.editable_by(user) if administer else Scheme.objects.visible_to(user)
    found: Scheme = get_object_or_404(known.select_related("year"), pk=pk)
    return found
