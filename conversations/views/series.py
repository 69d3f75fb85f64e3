from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from conversations import running
from conversations.forms.series import MoveForm, NewSeriesForm, SeriesForm
from conversations.models import Action, Aspiration, CoachingNote, Feedback, OneOnOne, Series
from conversations.rules import rhythms
from conversations.rules import series as rules
from conversations.views.parts import found, page, refuse, shown, theirs
from journal import clock
from journal.prepared import asked, first
from people.models import Employee
from web.fields import show_meanwhile
from web.http import Request, wants_part


@require_GET
def one_on_ones(request: Request) -> HttpResponse:
    """All series of the reader: those that go on with the next date, those that are over."""
    user = request.user
    every = asked(lambda user: Series.objects.visible_to(user).for_list(), user)
    leading = [each for each in every if each.manager_id == user.pk and each.closed_on is None]
    context = {
        "soonest": next((each for each in every if each.closed_on is None and getattr(each, "next_at", None)), None),
        "mine": [each for each in every if each.direct_id == user.pk and each.closed_on is None],
        "leading": leading,
        "over": [each for each in every if each.closed_on is not None],
        "without": asked(_led_without, user, [each.direct_id for each in leading]),
        "missed_twice": rhythms.missed_twice(user) if leading else [],
        "leads": user.leads_somebody,  # type: ignore[attr-defined]
    }
    return render(request, "conversations/list.html", context)


@require_GET
def series(request: Request, uuid: UUID) -> HttpResponse:
    """What the two have together: dates, promises and actions, coaching, feedback."""
    user = request.user
    listed = first(lambda user, uuid: Series.objects.visible_to(user).filter(uuid=uuid).for_list(), user, uuid)
    pair: Any = theirs(request, Series, listed, uuid)
    ones = asked(_ones, user, pair.pk)
    actions = asked(_actions, user, pair.pk)
    leads = user.pk == pair.manager_id
    shown(request, pair)
    context = {
        "series": pair,
        "other": pair.other(user),
        "leads": leads,
        "goes_on": pair.goes_on,
        "coming": [one for one in reversed(ones) if one.is_planned and not one.is_over],
        "past": [one for one in ones if one.state in ("held", "missed") or (one.is_planned and one.is_over)][:30],
        "open_actions": [action for action in actions if action.is_open],
        "settled_actions": [action for action in actions if not action.is_open][-12:],
        "coaching": asked(lambda me, of: CoachingNote.objects.visible_to(me).filter(series=of)[:20], user, pair.pk),
        "feedback": asked(_feedback, user, pair.pk),
        "aspirations": asked(_aspirations, user, pair.direct_id, pair.manager_id) if leads else (),
        "counts": rhythms.count(ones, clock.today().year) if leads else None,
        "year": clock.today().year,
    }
    return render(request, "conversations/series.html", context)


def _led_without(user: Employee, directs: list[int]) -> QuerySet[Employee]:
    led: QuerySet[Employee] = Employee.objects.visible_to(user).filter(manager=user).exclude(pk__in=directs)
    return led.order_by("name", "pk")


def _ones(user: Employee, series: int) -> QuerySet[OneOnOne]:
    return OneOnOne.objects.visible_to(user).filter(series=series).order_by("-starts_at")


def _actions(user: Employee, series: int) -> QuerySet[Action]:
    return Action.objects.visible_to(user).filter(series=series).select_related("owner", "repair")


def _feedback(user: Employee, series: int) -> QuerySet[Feedback]:
    return Feedback.objects.visible_to(user).filter(series=series).select_related("giver")[:20]


def _aspirations(user: Employee, direct: int, manager: int) -> QuerySet[Aspiration]:
    return Aspiration.objects.visible_to(user).filter(owner=direct, shared_with=manager).lasting()


def series_new(request: Request) -> HttpResponse:
    if not request.user.leads_somebody:  # type: ignore[attr-defined]
        raise Http404
    direct = request.GET.get("direct", "")
    initial = {"direct": direct if direct.isdecimal() else None, "first_on": clock.today()}
    form = NewSeriesForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            key, other = fields.pop("key"), fields.pop("direct")
            return redirect(rules.start(request.user, other, fields, by=request.user, uuid=key))
        except ValidationError as error:
            refuse(form, error)
    lead = _("Each one gets a sheet in three parts: first your direct’s, then yours, then what is ahead.")
    readers = _("You two, and nobody else, will read their sheets.")
    return page(request, form, title=_("Plan one-on-ones"), button=_("Plan them"), lead=lead, readers=readers)


def series_edit(request: Request, uuid: UUID) -> HttpResponse:
    pair = found(request, Series.objects.editable_by(request.user).with_people(), uuid)
    if pair.manager_id != request.user.pk:
        raise Http404
    form, meanwhile = SeriesForm(request.POST or None, instance=pair), []
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            return redirect(rules.revise(pair, fields, fields.pop("version"), by=request.user))
        except ValidationError as error:
            refuse(form, error)
            meanwhile = show_meanwhile(form, pair) if getattr(error, "code", "") == "changed_meanwhile" else []
    title = _("The times with %(name)s") % {"name": pair.direct}
    lead = _("It holds for what is to come. One-on-ones that you moved by hand stay where they are.")
    back = pair.get_absolute_url()
    return page(request, form, title=title, button=_("Save the times"), lead=lead, back=back, meanwhile=meanwhile)


@require_POST
def series_close(request: Request, uuid: UUID) -> HttpResponse:
    pair = found(request, Series.objects.editable_by(request.user).with_people(), uuid)
    rules.close(pair, by=request.user)
    messages.success(request, _("Closed. What was planned is called off; what you wrote stays with you two."))
    return redirect(pair)


def move(request: Request, uuid: UUID) -> HttpResponse:
    one = found(request, running.with_pair(OneOnOne.objects.editable_by(request.user)), uuid)
    local = rules.local_start(one)
    initial = {"on": local.date(), "at": local.time(), "version": one.version}
    form = MoveForm(request.POST or None, initial=initial)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            rules.move(one, asked["on"], asked["at"], asked["version"], by=request.user)
            return redirect(one)
        except ValidationError as error:
            refuse(form, error)
            form.data = {**form.data.dict(), "version": str(one.version)}  # type: ignore[attr-defined]
    lead = _("Moved is not missed. %(name)s is told the new date.") % {"name": one.series.other(request.user).called}
    if request.user.time_zone != one.series.zone:
        lead += " " + _("The time is that of %(zone)s.") % {"zone": one.series.zone}
    title = _("Move the one-on-one of %(day)s") % {"day": date_format(local, _("l j F"))}
    return page(request, form, title=title, button=_("Move it"), lead=lead, back=one.get_absolute_url())


SAID = {
    "hold": gettext_lazy("Noted as held. What is still open stands on the next sheet."),
    "miss": gettext_lazy("Noted as missed. What is open stands on the next sheet; give it a date that holds."),
}


@require_POST
def say(request: Request, uuid: UUID, name: str) -> HttpResponse:
    one = found(request, running.with_pair(OneOnOne.objects.editable_by(request.user)), uuid)
    if name not in rules.MOVES:
        raise Http404
    sentence = ""
    try:
        rules.say(one, name, by=request.user)
    except ValidationError as error:
        sentence = error.messages[0]
    if wants_part(request):
        row = {"one": one, "sentence": sentence}
        return render(request, "conversations/_to_say_row.html", row, status=409 if sentence else 200)
    messages.add_message(request, messages.WARNING if sentence else messages.SUCCESS, sentence or SAID[name])
    return redirect("today" if request.POST.get("from") == "today" else one)


@require_POST
def begin_part(request: Request, uuid: UUID) -> HttpResponse:
    one = found(request, running.with_pair(OneOnOne.objects.editable_by(request.user)), uuid)
    if request.user.pk != one.series.manager_id:
        raise Http404
    rules.begin_part(one, by=request.user)
    return redirect(f"{one.get_absolute_url()}#manager")
