"""The descriptions of one's people (HR: of its part): the list, one of them, and who does it."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jobs.forms.drafts import BeginForm
from jobs.forms.route import AssignForm, ListForm, ReleaseForm
from jobs.models import Assignment, Comment, JobDescription, Reading, Version
from jobs.rules import drafting, publishing
from journal.prepared import asked
from people.models import Employee
from web.http import Request, render_form
from web.paging import KeysetPage, first_page, keyset

BY = ("title", "pk")


@require_GET
def descriptions(request: Request) -> HttpResponse:
    """What one may read, by title: state of each, who has read, what waits for the reader. ?q= words of the title."""
    form = ListForm(request.GET)
    page = _page(request, form) if request.GET else first_page(asked(_from_the_top, request.user), BY)
    named = ("in_force_now", "newest", "open_now")
    ids = [pk for row in page.rows for name in named if (pk := getattr(row, name))]
    versions = {each.pk: each for each in asked(_versions, request.user, ids)}
    counts = Reading.objects.visible_to(request.user).counted_for(request.user, list(versions))
    lines = [
        (
            row,
            versions.get(row.in_force_now),
            versions.get(row.newest),
            versions.get(row.open_now),
            counts.get(row.newest),
        )
        for row in page.rows
    ]
    words = {"q": request.GET["q"]} if request.GET.get("q") else {}
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "query": urlencode(words) + "&" if words else "",
        "to_support": asked(lambda user: drafting.to_support(user)[:20], request.user),
        "comments": asked(lambda user: Comment.objects.editable_by(user).with_clause()[:20], request.user),
        "may_begin": drafting.may_begin(request.user),
    }
    return render(request, "jobs/description_list.html", context)


def _page(request: Request, form: ListForm) -> KeysetPage:
    found = form.narrow(JobDescription.objects.visible_to(request.user).with_state(request.user))
    return keyset(found, BY, request.GET.get("after"))


def _from_the_top(user: Employee) -> QuerySet[JobDescription]:
    return JobDescription.objects.visible_to(user).with_state(user).order_by(*BY)[:51]


def _versions(user: Employee, ids: list[int]) -> QuerySet[Version]:
    return Version.objects.visible_to(user).filter(pk__in=ids)


def begin(request: Request) -> HttpResponse:
    """A new description: its title and department, then the editor."""
    if not drafting.may_begin(request.user):
        raise PermissionDenied
    form = BeginForm(request.POST or None, user=request.user, initial={"uuid": uuid4()})
    if form.is_valid():
        said = form.cleaned_data
        version = drafting.begin(said["title"], said["department"], by=request.user, uuid=said["uuid"])
        return redirect("jobs:edit", version.pk)
    return render_form(request, "jobs/begin.html", {"form": form})


@require_GET
def description(request: Request, pk: int) -> HttpResponse:
    return render(request, "jobs/description.html", _shown(request, _one(request, pk)))


@require_POST
def draft_next(request: Request, pk: int) -> HttpResponse:
    job = _one(request, pk)
    try:
        return redirect("jobs:edit", drafting.draft_next(job, by=request.user).pk)
    except ValidationError as error:
        context = _shown(request, job) | {"refusal": error.messages[0]}
        return render(request, "jobs/description.html", context, status=409)


def assign(request: Request, pk: int) -> HttpResponse:
    """Somebody does this job from a day on."""
    job = _one(request, pk)
    if not publishing.may_assign_somebody(request.user, job):
        raise PermissionDenied
    form = AssignForm(request.POST or None, user=request.user)
    if form.is_valid():
        said = form.cleaned_data
        try:
            publishing.assign(said["employee"], job, said["from_on"], by=request.user)
            return redirect(job)
        except ValidationError as error:
            form.add_error(None, error)
        except PermissionDenied:
            form.add_error("employee", publishing.not_yours(said["employee"]))
    return render_form(request, "jobs/assign.html", {"form": form, "job": job})


def release(request: Request, pk: int) -> HttpResponse:
    """Somebody does this job no more from a day on."""
    held = get_object_or_404(
        Assignment.objects.visible_to(request.user).select_related("employee", "description"), pk=pk
    )
    if not publishing.may_assign(request.user, held.employee, held.description):
        raise PermissionDenied
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        try:
            publishing.release(held, form.cleaned_data["from_on"], by=request.user)
            return redirect(held.description)
        except ValidationError as error:
            form.add_error(None, error)
    return render_form(request, "jobs/release.html", {"form": form, "held": held})


def _one(request: Request, pk: int) -> JobDescription:
    return get_object_or_404(JobDescription.objects.visible_to(request.user).select_related("department"), pk=pk)


def _shown(request: Request, job: JobDescription) -> dict[str, Any]:
    versions = list(Version.objects.visible_to(request.user).filter(description=job).with_people().order_by("-number"))
    held = Assignment.objects.visible_to(request.user).filter(description=job).select_related("employee")
    counts = Reading.objects.visible_to(request.user).counted_for(request.user, [version.pk for version in versions])
    return {
        "job": job,
        "versions": [(version, counts.get(version.pk)) for version in versions],
        "in_force": Version.objects.visible_to(request.user).filter(description=job).in_force().first(),
        "open": next((version for version in versions if version.is_open), None),
        "held": held.lasting().order_by("employee__name", "pk"),
        "earlier": held.past().order_by("-ended_on", "employee__name")[:50],
        "may_draft": JobDescription.objects.visible_to(request.user)
        .draftable_by(request.user)
        .filter(pk=job.pk)
        .exists(),
        "may_assign": publishing.may_assign_somebody(request.user, job),
    }
