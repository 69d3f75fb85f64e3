"""One clause: both wordings, what was said on it, and the form of whoever's turn it is."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jobs import diff
from jobs.forms.desk import ObjectionForm, RulingForm
from jobs.forms.route import CommentForm
from jobs.library import STARTERS
from jobs.models import Clause, Comment, Objection, Reading, Ruling, Version
from jobs.rules import ruling as rules
from jobs.rules.drafting import reads_workings
from journal.prepared import asked, first
from people.models import Employee
from web.http import Request, or_404, status_of


@require_GET
def clause(request: Request, pk: int) -> HttpResponse:
    return _page(request, _one(request, pk))


@require_POST
def rule(request: Request, pk: int) -> HttpResponse:
    """HR's decision. Refused or too late, the page comes back with every word that was typed."""
    one = _one(request, pk)
    form = RulingForm(request.POST, user=request.user)
    form.is_valid()
    rules.require_hr(one, by=request.user)
    if not form.errors:
        try:
            rules.rule(one, form.cleaned_data["verdict"], by=request.user, **form.said())
            return _on_to_the_next(request, one)
        except ValidationError as error:
            form.add_error(None, error)
    one = _one(request, pk)
    return _page(request, one, ruling_form=form, status=status_of(form))


def _on_to_the_next(request: Request, one: Clause) -> HttpResponse:
    following = Clause.objects.editable_by(request.user).waiting().exclude(pk=one.pk).first()
    return redirect(following if following and "next" in request.POST else one)


@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """The manager's answer; a button with a starter only puts its first sentence into the form."""
    one, form = _one(request, pk), ObjectionForm(request.POST)
    rules.require_drafter(one, by=request.user)
    if starter := request.POST.get("starter"):
        return _page(request, one, objection_form=form.begun_with(starter))
    if form.is_valid():
        said = form.cleaned_data
        try:
            rules.answer(one, said["words"], by=request.user, wording=said["wording"], uuid=said["uuid"])
            return redirect(one)
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, _one(request, pk), objection_form=form, status=status_of(form))


@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    """Out of the version that is with HR; its thread stays."""
    one = _one(request, pk)
    try:
        rules.drop(one, by=request.user)
        return redirect(one.version)
    except ValidationError as error:
        return _page(request, one, refusal=error.messages[0], status=409)


def _one(request: Request, pk: int) -> Clause:
    return or_404(first(_with_everything, request.user, pk))


def _with_everything(user: Employee, pk: int) -> QuerySet[Clause]:
    return Clause.objects.visible_to(user).filter(pk=pk).with_everything()


def _page(request: Request, one: Clause, status: int = 200, **forms: Any) -> HttpResponse:
    user = request.user
    inside = reads_workings(user, one.version)
    before = first(lambda user, version: Version.objects.visible_to(user).before(version), user, one.version)
    old = first(lambda old, new: old.clauses.in_order().filter(identity=new), before, one.identity) if before else None
    context = {
        "clause": one,
        "version": one.version,
        "before": before,
        "change": diff.clauses([old] if old else [], [one])[0],
        "inside": inside,
        "thread": _thread(request, one) if inside else [],
        "comments": asked(_comments, user, one.identity),
        "task": first(lambda user, pk: Reading.objects.editable_by(user).filter(version=pk), user, one.version_id),
        "comment_form": CommentForm(initial={"uuid": uuid4()}),
        **_turn(request, one),
        **forms,
    }
    return render(request, "jobs/clause.html", context, status=status)


def _turn(request: Request, one: Clause) -> dict[str, Any]:
    """The form of whoever's turn it is, and for HR what surrounds it."""
    user, turn = request.user, {"may_drop": rules.may_drop(request.user, one), "starters": STARTERS}
    if rules.may_answer(user, one):
        turn["objection_form"] = ObjectionForm(initial={"uuid": uuid4(), "wording": one.text})
    if rules.may_rule(user, one):
        initial = {"uuid": uuid4(), "version": one.revision, "wording": one.text}
        turn["ruling_form"] = RulingForm(user=user, initial=initial)
    if user.is_hr:
        turn["queue"] = asked(lambda user: Clause.objects.editable_by(user).waiting().for_desk()[:5], user)
        turn["same_count"] = Clause.objects.editable_by(user).waiting().filter(fingerprint=one.fingerprint).count()
        turn["next"] = first(_next, user, one.pk)
    return turn


def _next(user: Employee, pk: int) -> QuerySet[Clause]:
    return Clause.objects.editable_by(user).waiting().exclude(pk=pk)[:1]


def _thread(request: Request, one: Clause) -> list[Any]:
    """Rulings and answers on this clause in every version, by their moments; nothing in it was ever overwritten."""
    said: list[tuple[str, Any]] = [("ruling", row) for row in asked(_rulings, request.user, one.identity)]
    said += [("answer", row) for row in asked(_answers, request.user, one.identity)]
    return sorted(said, key=lambda row: (row[1].at, row[0] == "answer", row[1].pk))


def _comments(user: Employee, identity: UUID) -> QuerySet[Comment]:
    return Comment.objects.visible_to(user).filter(clause__identity=identity).with_clause()


def _rulings(user: Employee, identity: UUID) -> QuerySet[Ruling]:
    rulings = Ruling.objects.visible_to(user).filter(clause__identity=identity)
    return rulings.select_related("by", "ground", "clause__version")


def _answers(user: Employee, identity: UUID) -> QuerySet[Objection]:
    answers = Objection.objects.visible_to(user).filter(clause__identity=identity)
    return answers.select_related("by", "clause__version", "ruling")
