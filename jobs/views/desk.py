"""HR's desk: the queue, one clause at a time or many that say the same, the coverage report and the grounds."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jobs.forms.desk import GroundForm, QueueForm
from jobs.library import Topic
from jobs.models import Clause, Ground, JobDescription, Ruling
from jobs.rules import ruling as rules
from jobs.rules.coverage import leaders_without_any
from jobs.words import shortened
from journal import clock
from web.http import Request, render_form, render_page
from web.paging import keyset


@require_GET
def desk(request: Request) -> HttpResponse:
    """What waits for a ruling, oldest first. ?department= with those inside, ?kind=.

    It is counted as far as the page goes: to count 5,000 costs the database more than to find the fifty oldest.
    """
    _hr_only(request)
    form = QueueForm(request.GET, user=request.user)
    waiting = form.narrow(Clause.objects.editable_by(request.user).waiting())
    page = keyset(waiting.lines(), ("waits_since", "pk"), request.GET.get("after"))
    asked = form.asked()
    query = urlencode(asked) + "&" if asked else ""
    context = {"form": form, "page": page, "query": query, "asked": asked, "lines": _lines(page.rows)}
    return render_page(request, "jobs/desk.html", "jobs/_queue.html", context)


def _lines(rows: list[Any]) -> list[tuple[str, str, str, str, str, int]]:
    """What the queue shows of each clause: number, beginning, title, department, class, days."""
    kinds, now = {kind.value: str(kind.label) for kind in Clause.Kind}, clock.now()
    return [
        (str(row.pk), shortened(row.text), row.title, row.place or "", kinds[row.kind], (now - row.waits_since).days)
        for row in rows
    ]


def same(request: Request, mark: str) -> HttpResponse:
    """Clauses that say the same word for word and wait in several descriptions: compared, and approved at once."""
    _hr_only(request)
    waiting = Clause.objects.editable_by(request.user).waiting().filter(fingerprint=mark)
    if request.method == "POST":
        chosen = [int(pk) for pk in request.POST.getlist("clause") if pk.isdecimal() and len(pk) < 19]
        return _approved(request, mark, chosen)
    found = list(waiting.with_everything()[:200])
    if not found:
        raise Http404
    return render(request, "jobs/same.html", {"clauses": found, "first": found[0], "mark": mark})


def _approved(request: Request, mark: str, chosen: list[int]) -> HttpResponse:
    """The word on those that were ticked; what somebody else ruled on meanwhile is named and left as it is."""
    try:
        done = rules.approve_same(chosen, mark, by=request.user)
        status = 200 if done and len(done) == len(set(chosen)) else 409 if chosen else 422
    except ValidationError:
        done, status = [], 409
    if not chosen and not Clause.objects.editable_by(request.user).filter(fingerprint=mark).exists():
        raise Http404
    every = Clause.objects.visible_to(request.user).with_everything()
    context = {
        "done": every.filter(pk__in=done),
        "left": every.filter(pk__in=set(chosen) - set(done)),
        "waiting": Clause.objects.editable_by(request.user).waiting().filter(fingerprint=mark).count(),
        "mark": mark,
        "nothing_chosen": not chosen,
    }
    return render(request, "jobs/same_done.html", context, status=status)


@require_GET
def coverage(request: Request) -> HttpResponse:
    """Descriptions of people who lead others that lack the clause on engagement."""
    _hr_only(request)
    mine = JobDescription.objects.visible_to(request.user).in_part_of(request.user)
    lacking = mine.of_leaders_without(Topic.ENGAGEMENT)
    page = keyset(lacking, ("title", "pk"), request.GET.get("after"))
    context = {
        "page": page,
        "total": lacking.count(),
        "without_any": leaders_without_any(request.user)[:50],
        "with_it": mine.of_leaders().count() - lacking.count(),
    }
    return render(request, "jobs/coverage.html", context)


def grounds(request: Request) -> HttpResponse:
    """The short list of grounds, which HR extends."""
    _hr_only(request)
    form = GroundForm(request.POST or None)
    if form.is_valid():
        rules.add_ground(form.cleaned_data["text"], by=request.user)
        return redirect("jobs:grounds")
    every = Ground.objects.visible_to(request.user).order_by("-is_offered", "pk")
    return render_form(request, "jobs/grounds.html", {"form": form, "grounds": every})


@require_POST
def put_aside(request: Request, pk: int) -> HttpResponse:
    rules.put_aside(get_object_or_404(Ground.objects.editable_by(request.user), pk=pk), by=request.user)
    return redirect("jobs:grounds")


@require_GET
def cited(request: Request, uuid: UUID) -> HttpResponse:
    """A ruling as any manager who drafts may read it: the clause, the verdict, the ground, the day; no names."""
    found = rules.citable_one(request.user, uuid)
    if found is None:
        raise Http404
    verdict = Ruling.Verdict(found["verdict"]).label
    return render(request, "jobs/cited.html", {"ruling": found, "verdict": verdict})


def _hr_only(request: Request) -> None:
    """For everybody else these pages are not there."""
    if not request.user.is_hr:
        raise Http404
