"""One's own job description: what is in force, what is new to read, what one said on it and what was answered."""

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jobs import diff
from jobs.forms.route import AnswerForm, CommentForm
from jobs.models import Assignment, Clause, Comment, Reading, Version
from jobs.querysets import AssignmentQuerySet
from jobs.rules import reading as rules
from journal import clock
from journal.prepared import asked, first
from people.models import Employee
from web.http import Request, render_form


@require_GET
def mine(request: Request) -> HttpResponse:
    """What one's job is, by its text in force today."""
    me = request.user
    now = first(lambda me, today: _held(me).held_on(today), me, clock.today())
    in_force = first(_in_force, me, now.description_id) if now else None
    context = {
        "held": now,
        "in_force": in_force,
        "clauses": asked(lambda version: version.clauses.in_order(), in_force) if in_force else [],
        "tasks": asked(lambda me: Reading.objects.editable_by(me).select_related("version"), me),
        "comments": asked(lambda me: Comment.objects.visible_to(me).filter(author=me).with_clause(), me),
        "earlier": asked(lambda me: _held(me).past().order_by("-ended_on"), me),
    }
    return render(request, "jobs/mine.html", context)


def _held(me: Employee) -> AssignmentQuerySet:
    return Assignment.objects.visible_to(me).filter(employee=me).select_related("description__department")


def _in_force(me: Employee, description: int) -> QuerySet[Version]:
    return Version.objects.visible_to(me).filter(description=description).in_force()


@require_GET
def task(request: Request, pk: int) -> HttpResponse:
    """Old beside new, each clause with a place for a comment. The first look is noted: "read" is a count."""
    found = Reading.objects.editable_by(request.user).select_related("version__description__department")
    asked = rules.open_reading(get_object_or_404(found, pk=pk), by=request.user)
    before = first(lambda user, version: Version.objects.visible_to(user).before(version), request.user, asked.version)
    changes = diff.clauses(list(before.clauses.in_order()) if before else [], list(asked.version.clauses.in_order()))
    said = Comment.objects.visible_to(request.user).filter(author=request.user, clause__version=asked.version)
    context = {
        "task": asked,
        "version": asked.version,
        "before": before,
        "rows": [(change, [c for c in said if change.new and c.clause_id == change.new.pk]) for change in changes],
        "new_count": sum(1 for change in changes if change.sign),
        "key": uuid4,
    }
    return render(request, "jobs/reading.html", context)


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    """Received and read, not necessarily agreed."""
    asked = get_object_or_404(Reading.objects.editable_by(request.user), pk=pk)
    rules.acknowledge(asked, by=request.user)
    return redirect(asked)


@require_POST
def comment_on(request: Request, pk: int) -> HttpResponse:
    """What somebody covered says on one clause; refused, it comes back on a page of its own with what was typed."""
    clause = get_object_or_404(Clause.objects.visible_to(request.user).with_everything(), pk=pk)
    asked = Reading.objects.editable_by(request.user).filter(version=clause.version_id).first()
    if asked is None:
        raise PermissionDenied
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            rules.comment(clause, form.cleaned_data["words"], by=request.user, uuid=form.cleaned_data["uuid"])
            return redirect(f"{asked.get_absolute_url()}#clause-{clause.pk}")
        except ValidationError as error:
            form.add_error(None, error)
    return render_form(request, "jobs/comment_form.html", {"form": form, "clause": clause, "task": asked})


def comment(request: Request, uuid: UUID) -> HttpResponse:
    """What was said on a clause, and the manager's answer."""
    said = get_object_or_404(Comment.objects.visible_to(request.user).with_clause(), uuid=uuid)
    may_answer = rules.may_answer_comment(request.user, said)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and said.author_id == request.user.pk:
        raise PermissionDenied
    if form.is_valid():
        try:
            rules.answer_comment(said, form.cleaned_data["answer"], by=request.user)
            return redirect(said)
        except ValidationError as error:
            form.add_error(None, error)
    context = {"said": said, "form": form, "may_answer": may_answer, "clause": said.clause}
    return render_form(request, "jobs/comment.html", context)
