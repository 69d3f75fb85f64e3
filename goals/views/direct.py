from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.reports import MetForm, StepForm, are_valid, people_of
from goals.models import Goal, Year
from goals.myyear import Card, loggable, year_of
from goals.rules import reporting
from goals.rules.counting import foresee
from goals.rules.notebook import as_person
from journal import clock
from journal.prepared import asked
from people.models import Department, Employee
from web.http import Request, render_form
from web.room import put_beside


@require_GET
def year(request: Request) -> HttpResponse:
    """One's own year: what was chosen, the form for the next step, what is next. ?of= shows an earlier year."""
    wanted = request.GET.get("of", "")
    earlier = None
    if wanted.isdecimal() and len(wanted) < 10:
        earlier = Year.objects.visible_to(request.user).filter(pk=wanted).first()
    mine = year_of(request.user, earlier)
    context = {"mine": mine, "is_earlier": earlier is not None}
    if mine.to_log and not earlier:
        context |= _opened(request, mine.to_log)
    return render(request, "goals/year.html", context)


@require_GET
def log(request: Request) -> HttpResponse:
    """Log a step, from anywhere: the form where one goal is under way, else the choice of the goal."""
    cards = loggable(request.user)
    under_way = [card for card in cards if card.missing] or cards
    if len(under_way) == 1:
        return render(request, "goals/log_step.html", _opened(request, under_way[0]))
    return render(request, "goals/log.html", {"cards": cards})


def log_step(request: Request, uuid: UUID) -> HttpResponse:
    card = _card(request, uuid)
    goal = card.goal
    if request.method != "POST":
        return render(request, "goals/log_step.html", _opened(request, card))
    step = StepForm(request.POST, request.FILES, goal=goal)
    people = [MetForm(request.POST, goal=goal, user=request.user, prefix="met")]
    if are_valid(step, people):
        said = step.cleaned_data
        try:
            report = reporting.log(
                goal,
                said["happened_on"],
                said["what"],
                people_of(people),
                by=request.user,
                key=said["uuid"],
                evidence=said["evidence"],
            )
        except ValidationError as error:
            put_beside(error, step, "evidence")
        else:
            report.refresh_from_db()
            goal.refresh_from_db(fields=["counted", "target", "state"])
            messages.success(request, _said(goal, report.counts))
            if "another" in request.POST:
                return redirect("goals:add_person", report.uuid)
            return redirect("goals:year")
    return render_form(request, "goals/log_step.html", _page(request, card, step, people), form=_worst(step, people))


@require_POST
def would(request: Request, uuid: UUID) -> HttpResponse:
    """What one more person would make of the count: a line that the form asks for while it is filled in."""
    goals = Goal.objects.visible_to(request.user).filter(owner=request.user).agreed()
    goal = get_object_or_404(goals.with_people(), uuid=uuid)
    step = StepForm(request.POST, goal=goal)
    met = MetForm(request.POST, goal=goal, user=request.user, prefix="met")
    step.full_clean()
    on, somebody = step.cleaned_data.get("happened_on"), people_of([met]) if met.is_valid() else []
    if not on or not somebody:
        return HttpResponse()
    counted, why = foresee(goal, on, as_person(request.user, somebody[0]))
    progress = goal.counting.progress(goal.parameters, counted)
    return render(request, "goals/_would.html", {"why": why, "progress": progress})


def _card(request: Request, uuid: UUID) -> Card:
    """One's own agreed goal; of this year it comes with its steps."""
    if card := next((card for card in loggable(request.user) if card.goal.uuid == uuid), None):
        return card
    goals = Goal.objects.visible_to(request.user).filter(owner=request.user).agreed()
    return Card(get_object_or_404(goals.with_people(), uuid=uuid), clock.today())


def _opened(request: Request, card: Card) -> dict[str, object]:
    step, met = StepForm(goal=card.goal), MetForm(goal=card.goal, user=request.user, prefix="met")
    return _page(request, card, step, [met])


def _page(request: Request, card: Card, step: StepForm, people: list[MetForm]) -> dict[str, object]:
    return {
        "card": card,
        "goal": card.goal,
        "step": step,
        "people": people,
        "departments": asked(_departments, request.user),
    }


def _departments(user: Employee) -> QuerySet[Department, tuple[int, str]]:
    return Department.objects.visible_to(user).order_by("name", "pk").values_list("pk", "name")


def _worst(step: StepForm, people: list[MetForm]) -> Form:
    """The form that decides the answer's status: one that was refused."""
    return next((form for form in [step, *people] if form.errors), step)


def _said(goal: Goal, counts: bool) -> str:
    progress = goal.progress
    if counts:
        return _("Saved. It counts: %(progress)s.") % {"progress": progress}
    return _("Saved. It does not count yet, and your year says why: %(progress)s.") % {"progress": progress}
