from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from goals.forms.offering import OfferForm
from goals.models import Goal, Offer, Year
from goals.rules import offering as rules
from goals.rules.agreeing import missing, moves_open_to
from goals.rules.clauses import covering, fitting
from goals.rules.ladder import ladder_of
from journal import clock
from people.models import Employee
from web.http import Request, render_form


def offer(request: Request) -> HttpResponse:
    """Offer one goal or a shortlist to one or many directs. ?for= a person's key, ?idea= that of an idea."""
    directs = list(Employee.objects.visible_to(request.user).filter(manager=request.user).order_by("name", "pk"))
    year = Year.objects.visible_to(request.user).current()
    if not directs:
        raise Http404
    if year is None:
        return render(request, "goals/offer_none.html")
    only = next((one for one in directs if str(one.pk) == request.GET.get("for")), None)
    theirs = _theirs(request, directs, year)
    laid = _laid(theirs, only) if only else frozenset()
    start = _start(request, only, theirs, laid)
    form = OfferForm(request.POST or None, user=request.user, directs=directs, laid=laid, initial=start)
    if form.is_valid():
        chosen = [one for one in directs if str(one.pk) in form.cleaned_data["people"]]
        try:
            done = rules.offer(
                chosen,
                form.goals(),
                year,
                by=request.user,
                uuid=form.cleaned_data["uuid"],
                instead=bool(laid) and chosen == [only],
                seen=form.seen_goals() if laid and chosen == [only] else None,
            )
            _say(request, done)
            return redirect("goals:board")
        except ValidationError as error:
            _refuse(form, error)
            form.data = form.with_seen(start["seen"])  # they have read what is there now
    context = {"form": form, "year": year, "only": only, "people": _people(form, directs, theirs), "laid": laid}
    context["ladder"] = ladder_of(only, year, reader=request.user) if only else None
    return render_form(request, "goals/offer.html", context)


def _theirs(request: Request, directs: list[Employee], year: Year) -> dict[int, list[Goal]]:
    found: dict[int, list[Goal]] = {direct.pk: [] for direct in directs}
    for goal in Goal.objects.visible_to(request.user).of_year(year).standing().filter(owner__in=directs):
        found[goal.owner_id].append(goal)
    return found


def _laid(theirs: dict[int, list[Goal]], only: Employee) -> frozenset[int]:
    """The ideas that are on the person's table now."""
    return frozenset(goal.idea_id for goal in _waiting(theirs[only.pk], only) if goal.idea_id)


def _waiting(goals: list[Goal], only: Employee) -> list[Goal]:
    return [
        goal
        for goal in goals
        if goal.state in ("offered", "draft") and goal.author_id != only.pk and goal.offer_id is not None
    ]


def _start(
    request: Request, only: Employee | None, theirs: dict[int, list[Goal]], laid: frozenset[int]
) -> dict[str, Any]:
    """Ticked to begin with: the one person asked for, else everybody without a goal; the idea asked for."""
    people = [only.pk] if only else [pk for pk, goals in theirs.items() if not goals]
    idea = request.GET.get("idea", "")
    seen = ",".join(str(goal.pk) for goal in _waiting(theirs[only.pk], only)) if only else ""
    return {"people": people, "ideas": [*laid, *([idea] if idea.isdecimal() else [])], "seen": seen}


def _people(form: OfferForm, directs: list[Employee], theirs: dict[int, list[Goal]]) -> list[dict[str, Any]]:
    ticked = {str(value) for value in form["people"].value() or []}
    clauses = covering(directs)
    return [
        {
            "person": direct,
            "clause": fitting(clauses[direct.pk]),
            "agreed": sum(goal.is_agreed for goal in theirs[direct.pk]),
            "open": sum(not goal.is_agreed for goal in theirs[direct.pk]),
            "is_ticked": str(direct.pk) in ticked,
        }
        for direct in directs
    ]


def _say(request: Request, done: rules.Offered) -> None:
    if number := len(done.offered):
        said = ngettext("Offered to %(name)s.", "Offered to %(number)s people.", number)
        messages.success(request, said % {"number": number, "name": done.offered[0]})
    if done.drafts:
        names = ", ".join(str(direct) for direct in done.drafts)
        sentence = _("No clause yet for %(names)s: there it stays a draft. HR rules on the clause first.")
        messages.warning(request, sentence % {"names": names})


def _refuse(form: OfferForm, error: ValidationError) -> None:
    fields = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
    for name, errors in fields.items():
        form.add_error(name if name in form.fields else None, errors)


@require_GET
def shortlist(request: Request, uuid: UUID) -> HttpResponse:
    """What a manager has laid before somebody: theirs to choose from, the manager's to look at."""
    laid = get_object_or_404(Offer.objects.visible_to(request.user).select_related("by", "owner", "year"), uuid=uuid)
    goals = Goal.objects.visible_to(request.user).filter(offer=laid).with_people().select_related("clause__ruling")
    standing = [goal for goal in goals.order_by("pk") if goal.state in ("offered", "draft")]
    context = {
        "offer": laid,
        "choices": [
            {"goal": goal, "moves": moves_open_to(request.user, goal), "missing": missing(goal)} for goal in standing
        ],
        "picked": next((goal for goal in goals if goal.state not in ("offered", "draft", "withdrawn")), None),
        "is_owner": laid.owner_id == request.user.pk,
        "ladder": ladder_of(laid.owner, laid.year, reader=request.user),
        "today": clock.today(),
    }
    return render(request, "goals/shortlist.html", context)


@require_POST
def ask_other(request: Request, uuid: UUID) -> HttpResponse:
    laid = get_object_or_404(Offer.objects.visible_to(request.user).filter(owner=request.user), uuid=uuid)
    try:
        rules.ask_other(laid, by=request.user)
        messages.success(request, _("Asked. You need not say why, and the appraisal never shows it."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect("goals:shortlist", uuid)
