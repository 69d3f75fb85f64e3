from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.board import board_of, example_for
from goals.forms.team import ActForm
from goals.ideas import spoken
from goals.models import Goal, Idea, Report, Turn, Year
from goals.rules import agreeing, offering, reasons, reporting, revising
from journal import clock
from people.models import Employee
from web.http import Request, render_page, wants_part


@require_GET
def board(request: Request) -> HttpResponse:
    if not getattr(request.user, "leads_somebody", False):
        raise Http404
    return render_page(request, "goals/board.html", "goals/_board.html", _board(request))


@require_POST
def act(request: Request) -> HttpResponse:
    """One button of the board: the deed, and the board as it stands then. `do` names the deed and what it is about."""
    if not getattr(request.user, "leads_somebody", False):
        raise Http404
    form = ActForm(request.POST)
    refusal, status = "", 200
    if not form.is_valid():
        refusal, status = next(str(error) for errors in form.errors.values() for error in errors), 422
    elif (deed := DEEDS.get(form.cleaned_data["do"]["name"])) is None:
        raise Http404
    else:
        try:
            messages.success(request, deed(request, **form.cleaned_data))
        except ValidationError as error:
            refusal, status = error.messages[0], 409 if getattr(error, "code", "") in STALE else 422
    if not refusal and not wants_part(request):
        return redirect("goals:board")
    context = _board(request) | {"refusal": refusal, "of": request.POST.get("do", ""), "form": form, "acted": True}
    return render_page(request, "goals/board.html", "goals/_board.html", context, status)


STALE = ("moved_on", "changed_meanwhile", "missing")


def _board(request: Request) -> dict[str, Any]:
    year = Year.objects.visible_to(request.user).current()
    ideas = Idea.objects.visible_to(request.user).offered().exclude(effort=Idea.Effort.OWN)
    return {
        "board": board_of(request.user, year, clock.today()),
        "today": clock.today(),
        "key": uuid4(),
        "ideas": cache(lambda: [(idea.pk, spoken(idea)["title"]) for idea in ideas]),  # asked where somebody has a gap
    }


def _goal(request: Request, do: dict[str, Any]) -> Goal:
    goals = Goal.objects.editable_by(request.user).with_people().filter(owner__manager=request.user)
    return get_object_or_404(goals.select_related("clause"), uuid=do["uuid"])


def _agree(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    goal = agreeing.move(_goal(request, do), "agree", by=request.user, seen=do["version"])
    share = {"name": goal.owner.called, "share": goal.year.share_percent}
    return _("Agreed by both. It counts for %(share)s of 100 in the appraisal of %(name)s.") % share


def _send_back(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    goal = agreeing.move(_goal(request, do), "send_back", by=request.user, words=words, seen=do["version"])
    return _("Sent back to %(name)s with your words.") % {"name": goal.owner.called}


def _because(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    if not words.strip():
        raise ValidationError(_("Say why in a sentence; it stays with the goal."), "no_words")
    revising.complete(_goal(request, do), because=words, by=request.user)
    return _("The reason stands with the goal. It can be agreed now.")


def _reason(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    goal = _goal(request, do)
    reasons.add_reason(goal, words, by=request.user, uuid=key)
    return _("%(name)s finds your reason with the goal, marked as new.") % {"name": goal.owner.called}


def _say(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    goal = _goal(request, do)
    reasons.say(goal, do["name"], words, by=request.user, uuid=key)
    return _("%(name)s is told, and your words stand with the goal.") % {"name": goal.owner.called}


def _move_date(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    if day is None:
        raise ValidationError(_("Choose the day the goal should be done by."), "no_day")
    goal = _goal(request, do)
    revising.ask_change(goal, {"due_on": day}, by=request.user)
    return _("%(name)s is asked. The date moves once both agree.") % {"name": goal.owner.called}


def _change(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    mine = Turn.objects.visible_to(request.user).filter(goal__owner__manager=request.user)
    turn = get_object_or_404(mine.select_related("goal__owner", "goal__year", "goal__clause"), uuid=do["uuid"])
    goal = revising.answer_change(turn, do["name"], by=request.user, words=words)
    if do["name"] == "agreed":
        return _("The change is agreed by both.")
    said = _("The goal stays as it was; %(name)s is told.")
    return said % {"name": goal.owner.called}


def _confirm(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    step = _step(request, do)
    waiting = Report.objects.visible_to(request.user).filter(goal=step.goal_id).unread().count()
    if waiting > do["number"]:
        raise ValidationError(_("One more step has come in meanwhile. Read it, then confirm."), "moved_on")
    if do["number"] > 1:
        reporting.confirm_all(step.goal, by=request.user)
    else:
        reporting.confirm(step, do["version"], by=request.user)
    return _("Confirmed. %(name)s sees it.") % {"name": step.goal.owner.called}


def _more(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    step = _step(request, do)
    reporting.ask(step, words, do["version"], by=request.user)
    return _("%(name)s is asked; the step comes back with the answer.") % {"name": step.goal.owner.called}


def _offer(request: Request, do: dict[str, Any], words: str, day: Any, idea: int | None, key: UUID) -> str:
    """`do` carries the key of the button as uuid and the person as version."""
    mine = Employee.objects.visible_to(request.user).filter(manager=request.user)
    direct = get_object_or_404(mine, pk=do["version"])
    year = Year.objects.visible_to(request.user).current()
    found = Idea.objects.visible_to(request.user).offered().filter(pk=idea).first() if idea else None
    if found is None or year is None:
        raise ValidationError(_("Choose an idea to offer."), "none")
    done = offering.offer([direct], [offering.of_idea(found, words.strip())], year, by=request.user, uuid=do["uuid"])
    name = {"name": direct.called}
    if done.drafts:
        return _("%(name)s sees it as a draft: no clause about working relationships is in force yet.") % name
    return _("Offered to %(name)s.") % name


def _step(request: Request, do: dict[str, Any]) -> Report:
    mine = Report.objects.visible_to(request.user).filter(goal__owner__manager=request.user)
    return get_object_or_404(mine.with_goal(), uuid=do["uuid"])


DEEDS: dict[str, Callable[..., str]] = {
    "agree": _agree,
    "send_back": _send_back,
    "because": _because,
    "reason": _reason,
    "ask": _say,
    "thank": _say,
    "move_date": _move_date,
    "agreed": _change,
    "declined": _change,
    "confirm": _confirm,
    "more": _more,
    "offer": _offer,
}


@require_GET
def example(request: Request) -> HttpResponse:
    """The reader's manager leads by example: their agreed goals and counts, and no more than these."""
    year = Year.objects.visible_to(request.user).current()
    context = {"goals": example_for(request.user, year), "year": year, "leader": request.user.manager}
    return render(request, "goals/example.html", context)
