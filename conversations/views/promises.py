from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations import running
from conversations.forms.promises import ActionForm, AnswerForm, DateForm, RepairForm
from conversations.models import Action, NewDate, OneOnOne, Repair, Topic
from conversations.rules import new_dates, sheet
from conversations.rules import promises as rules
from conversations.views.parts import found, page, refuse, shown
from web.http import Request, status_of


def action_new(request: Request, uuid: UUID) -> HttpResponse:
    """Who does what by when, agreed on a sheet; from a line of it, that line is settled with it."""
    user = request.user
    one = found(request, running.with_pair(OneOnOne.objects.editable_by(user)), uuid)
    line = _line(request, one)
    initial = {"words": line.words if line else "", "owner": str(user.pk)}
    form = ActionForm(request.POST or None, one=one, user=user, initial=initial)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            rules.agree(one, form.kind, form.chosen, asked["words"], asked["due_on"], by=user, uuid=asked["key"])
            if line and line.is_open and not line.awaits_reply:
                sheet.settle(line, by=user)
            return redirect(f"{one.get_absolute_url()}#ahead")
        except ValidationError as error:
            refuse(form, error)
    readers = _("Only you and %(name)s read it.") % {"name": one.series.other(user).called}
    words = {"title": _("Add an action"), "button": _("Add it"), "readers": readers, "back": one.get_absolute_url()}
    return page(request, form, **words)


def _line(request: Request, one: OneOnOne) -> Topic | None:
    """The line of the sheet from which an action is made, if the address names one."""
    try:
        lines = Topic.objects.editable_by(request.user).filter(series=one.series_id, uuid=request.GET.get("topic", ""))
        return lines.first()
    except ValidationError:
        return None


def _rows(request: Request) -> Any:
    return Action.objects.visible_to(request.user).select_related(
        "owner", "series__manager", "series__direct", "sheet", "repair", "aspiration"
    )


def action(request: Request, uuid: UUID) -> HttpResponse:
    """One action or promise; whoever may settle an action gives it another date here."""
    one = found(request, _rows(request), uuid)
    initial = {"due_on": one.due_on, "version": one.version}
    form = DateForm(request.POST or None, initial=initial) if rules.may_put_off(request.user, one) else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if form and form.is_valid():
        try:
            rules.put_off(one, form.cleaned_data["due_on"], form.cleaned_data["version"], by=request.user)
            return redirect(one)
        except ValidationError as error:
            refuse(form, error)
            form.data = {**form.data.dict(), "version": str(one.version)}  # type: ignore[attr-defined]
    return _show(request, one, form, AnswerForm(), status_of(form) if form else 200)


def _show(request: Request, one: Action, form: Any, answer: Any, status: int) -> HttpResponse:
    shown(request, one)
    repair = getattr(one, "repair", None)
    answers = repair and Repair.objects.editable_by(request.user).filter(pk=repair.pk).exists()
    days = list(NewDate.objects.visible_to(request.user).filter(promise=one).select_related("by"))
    asked = next((each for each in days if each.state == NewDate.State.ASKED and one.is_open), None)
    goes_on = Action.objects.editable_by(request.user).filter(pk=one.pk).exists()
    context = {
        "days": days,
        "first_on": days[0].from_on if days else one.due_on,
        "asked": asked,
        "moves": new_dates.moves_open_to(request.user, asked) if asked and goes_on else {},
        "may_ask": new_dates.may_ask(request.user, one),
        "action": one,
        "repair": repair,
        "other": one.series.other(request.user),
        "form": form,
        "answer_form": answer if answers else None,
        "mine": one.owner_id == request.user.pk,
        "settles": rules.may_settle(request.user, one),
    }
    return render(request, "conversations/action.html", context, status=status)


@require_POST
def action_deed(request: Request, uuid: UUID, deed: str) -> HttpResponse:
    one = found(request, Action.objects.editable_by(request.user).select_related("series", "sheet"), uuid)
    deeds = {"done": rules.done, "drop": rules.drop}
    if deed not in deeds:
        raise Http404
    deeds[deed](one, by=request.user)
    nearest = rules.next_sheet(one.series)
    return redirect(nearest or one)


def repair(request: Request, uuid: UUID) -> HttpResponse:
    """A promise that cannot be kept: three boxes, all needed."""
    rows = Action.objects.editable_by(request.user).filter(kind=Action.Kind.PROMISE)
    one = found(request, rows.select_related("series__manager", "series__direct"), uuid)
    if one.owner_id != request.user.pk:
        raise PermissionDenied
    form = RepairForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            rules.repair(one, asked["owned"], asked["learned"], asked["amends"], by=request.user, uuid=asked["key"])
            return redirect(one)
        except ValidationError as error:
            refuse(form, error)
    name = {"name": one.series.direct.called}
    lead = _("%(name)s reads all three, and may answer or not. You do not ask what would make it good; you say it.")
    words = {"title": _("I cannot keep it"), "button": _("Say it to %(name)s") % name, "lead": lead % name}
    words |= {"quote": one.words, "readers": _("Only you and %(name)s read this.") % name}
    return page(request, form, **words, back=one.get_absolute_url())


@require_POST
def repair_answer(request: Request, uuid: UUID) -> HttpResponse:
    made = found(request, Repair.objects.editable_by(request.user).select_related("promise"), uuid)
    form = AnswerForm(request.POST, required=_("Write a word, or leave it: no answer is fine."))
    if form.is_valid():
        try:
            rules.answer_repair(made, form.cleaned_data["answer"], by=request.user)
            return redirect(made.promise)
        except ValidationError as error:
            refuse(form, error)
    return _show(request, _rows(request).get(pk=made.promise_id), None, form, 422)
