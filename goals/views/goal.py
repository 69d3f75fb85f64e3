from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.goals import CompleteForm, GoalForm, WordsForm
from goals.forms.parameters import refuse
from goals.goalpage import page_of
from goals.measures import MEASURES
from goals.models import Goal, Idea, Turn, Year
from goals.rules import agreeing, reasons, revising
from goals.rules.ladder import ladder_of
from goals.rules.offering import of_idea
from goals.starters import STARTERS
from journal import clock
from journal.prepared import first
from people.models import Employee
from web.http import Request, or_404, render_form

STALE = ("moved_on", "changed_meanwhile", "missing")


@require_GET
def goal(request: Request, uuid: UUID) -> HttpResponse:
    return _show(request, _seen(request, uuid))


def propose(request: Request) -> HttpResponse:
    """Write a goal of one's own: ?idea= starts from one of the catalogue, ?measure= from a way of counting."""
    year = Year.objects.visible_to(request.user).current()
    if year is None:
        return render(request, "goals/offer_none.html")
    start = _start(request)
    wanted = request.GET.get("measure", "")
    measure = MEASURES.get(wanted) or MEASURES[start.get("measure", "steps")]
    if wanted in MEASURES and wanted != start.get("measure"):
        start["parameters"] = {}
    form = GoalForm(request.POST or None, owner=request.user, measure=measure, start=start)
    if form.is_valid():
        try:
            made = revising.draft(
                request.user,
                year,
                form.said() | {"idea": start.get("idea")},
                by=request.user,
                uuid=form.cleaned_data["uuid"],
            )
            return _handed_on(request, made, "propose")
        except ValidationError as error:
            refuse(form, error)
    context = {
        "form": form,
        "year": year,
        "measures": MEASURES.values(),
        "idea": start.get("idea"),
        "ladder": ladder_of(request.user, year, reader=request.user),
    }
    return render_form(request, "goals/propose.html", context)


def edit(request: Request, uuid: UUID) -> HttpResponse:
    """Change the words: at once before both agreed, as a question to the other one after it."""
    found = _ours(request, uuid)
    asks = found.is_agreed
    if not asks and revising.revision_open_to(request.user, found) is None:
        raise Http404
    measure = MEASURES.get(request.GET.get("measure", ""), found.counting)
    start = agreeing.worded(found) | {"version": found.version, "due_on": found.due_on, "clause": found.clause_id}
    form = GoalForm(request.POST or None, owner=found.owner, measure=measure, start=start, asks=asks)
    meanwhile: list[Any] = []
    if form.is_valid():
        try:
            return _asked(request, found, form) if asks else _revised(request, found, form)
        except ValidationError as error:
            refuse(form, error)
            if getattr(error, "code", "") == "changed_meanwhile":
                form.data = form.data.copy()  # type: ignore[attr-defined]
                form.data["version"] = str(found.version)  # type: ignore[index]
                meanwhile = [(_("What would a camera see?"), found.behaviour), (_("Because"), found.because)]
    context = {"form": form, "goal": found, "asks": asks, "measures": MEASURES.values(), "meanwhile": meanwhile}
    return render_form(request, "goals/edit.html", context)


def _asked(request: Request, found: Goal, form: GoalForm) -> HttpResponse:
    said, words = form.said(), form.cleaned_data["words"]
    revising.ask_change(found, said, by=request.user, words=words, uuid=form.cleaned_data["uuid"])
    messages.success(request, _("Asked. Nothing changes before you both agree."))
    return redirect(found)


def _revised(request: Request, found: Goal, form: GoalForm) -> HttpResponse:
    revising.revise(found, form.said(), by=request.user, seen=form.cleaned_data["version"])
    return _handed_on(request, found, "propose" if found.owner_id == request.user.pk else "offer")


def _handed_on(request: Request, found: Goal, move: str) -> HttpResponse:
    """Saved; and handed on, where the second button said so."""
    if "hand_on" in request.POST and move in agreeing.moves_open_to(request.user, found):
        agreeing.move(found, move, by=request.user)
    if found.state == Goal.State.DRAFT and found.handed_on_at:
        messages.warning(request, _("No clause in force yet: this goal stays a draft, and you both see it."))
    elif found.state == Goal.State.PROPOSED and found.owner.manager:
        name = {"name": found.owner.manager.called}
        messages.success(request, _("Proposed to %(name)s. It counts once you both agree.") % name)
    else:
        messages.success(request, _("Saved."))
    return redirect(found)


@require_POST
def move(request: Request, uuid: UUID, name: str) -> HttpResponse:
    if name not in agreeing.MOVES:
        raise Http404
    found, form = _ours(request, uuid), WordsForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else None
    return _deed(
        request, found, form, lambda: agreeing.move(found, name, by=request.user, words=_words(form), seen=seen)
    )


@require_POST
def complete(request: Request, uuid: UUID) -> HttpResponse:
    found = _ours(request, uuid)
    form = CompleteForm(request.POST, goal=found)

    def deed() -> None:
        if not form.is_valid() or not (form.reason() or form.cleaned_data["clause"]):
            raise ValidationError(_("Write the reason, or choose the clause."), "no_words")
        revising.complete(found, because=form.reason(), clause=form.cleaned_data["clause"], by=request.user)

    return _deed(request, found, form, deed)


@require_POST
def reason(request: Request, uuid: UUID) -> HttpResponse:
    found, form = _ours(request, uuid), WordsForm(request.POST)
    key = form.cleaned_data["uuid"] if form.is_valid() else None
    return _deed(request, found, form, lambda: reasons.add_reason(found, _words(form), by=request.user, uuid=key))


@require_POST
def reasons_read(request: Request, uuid: UUID) -> HttpResponse:
    found = _ours(request, uuid)
    reasons.read_reasons(found, by=request.user)
    return redirect(found)


@require_POST
def doubt(request: Request, uuid: UUID, name: str) -> HttpResponse:
    """The owner does not see the reason ("doubt"), or sees it now ("see")."""
    deeds = {"doubt": reasons.doubt, "see": reasons.see}
    if name not in deeds:
        raise Http404
    found = _ours(request, uuid)
    deeds[name](found, by=request.user)
    return redirect(found)


@require_POST
def end(request: Request, uuid: UUID) -> HttpResponse:
    """Ask the other one to withdraw a goal that both agreed on."""
    found, form = _ours(request, uuid), WordsForm(request.POST)
    ends = {"state": Goal.State.WITHDRAWN}
    key = form.cleaned_data["uuid"] if form.is_valid() else None
    deed = revising.ask_change
    return _deed(request, found, form, lambda: deed(found, ends, by=request.user, words=_words(form), uuid=key))


@require_POST
def answer(request: Request, uuid: UUID, turn: UUID, name: str) -> HttpResponse:
    found, form = _ours(request, uuid), WordsForm(request.POST)
    asked = get_object_or_404(Turn.objects.visible_to(request.user).filter(goal=found, move="change"), uuid=turn)
    if name not in ("agreed", "declined", "taken_back"):
        raise Http404
    asked.goal = found
    return _deed(request, found, form, lambda: revising.answer_change(asked, name, by=request.user, words=_words(form)))


def _words(form: WordsForm) -> str:
    if not form.is_valid():
        raise ValidationError(next(str(error) for errors in form.errors.values() for error in errors), "unfit")
    words: str = form.cleaned_data["words"]
    return words


def _deed(request: Request, found: Goal, form: Any, deed: Any) -> HttpResponse:
    """Do it and show the goal; refused, the page says why and keeps what was typed."""
    try:
        deed()
    except ValidationError as error:
        status = 409 if getattr(error, "code", "") in STALE else 422
        typed = request.POST.get("words", request.POST.get("because", ""))
        return _show(request, _seen(request, found.uuid), status, refusal=error.messages[0], typed=typed)
    return redirect(found)


def _seen(request: Request, uuid: UUID) -> Goal:
    return or_404(first(_with_everything, request.user, uuid))


def _with_everything(user: Employee, uuid: UUID) -> QuerySet[Goal]:
    goals = Goal.objects.visible_to(user).filter(uuid=uuid).with_people()
    return goals.select_related("clause__ruling", "clause__version", "offer")


def _ours(request: Request, uuid: UUID) -> Goal:
    goals = Goal.objects.editable_by(request.user).with_people()
    return get_object_or_404(goals.select_related("clause"), uuid=uuid)


def _show(request: Request, found: Goal, status: int = 200, **said: Any) -> HttpResponse:
    page = page_of(found, request.user, clock.today())
    forms = {"starters_of_reasons": STARTERS, "fresh_uuid": uuid4()}
    context = {"page": page, "goal": found, **forms, **said}
    return render(request, "goals/goal.html", context, status=status)


def _start(request: Request) -> dict[str, Any]:
    wanted = request.GET.get("idea", "")
    if not (wanted.isdecimal() and len(wanted) < 10):
        return {}
    idea = Idea.objects.visible_to(request.user).offered().filter(pk=wanted).first()
    if idea is None:
        return {}
    start = of_idea(idea)
    return start if idea.effort != Idea.Effort.OWN else start | {"behaviour": "", "details": ""}
