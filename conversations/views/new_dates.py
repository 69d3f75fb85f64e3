from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conversations.forms.promises import NewDateForm
from conversations.models import Action, NewDate
from conversations.rules import new_dates as rules
from conversations.views.parts import found, page, refuse, shown
from web.http import Request


def new_date(request: Request, uuid: UUID) -> HttpResponse:
    """Ask the other for another day of a promise."""
    rows = Action.objects.editable_by(request.user).filter(kind=Action.Kind.PROMISE)
    one = found(request, rows.select_related("series__manager", "series__direct"), uuid)
    form = NewDateForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            rules.ask(one, asked["due_on"], asked["words"], by=request.user, uuid=asked["key"])
            return redirect(one)
        except ValidationError as error:
            refuse(form, error)
    shown(request, one)
    name = {"name": one.series.other(request.user).called, "day": date_format(one.due_on, _("l j F"))}
    lead = _("It is due on %(day)s. That day stays until %(name)s agrees to another, and is kept in the history then.")
    words = {"title": _("Ask for another day"), "button": _("Ask %(name)s") % name, "lead": lead % name}
    words |= {"quote": one.words, "readers": _("Only you and %(name)s read this.") % name}
    return page(request, form, **words, back=one.get_absolute_url())


@require_POST
def new_date_move(request: Request, uuid: UUID, name: str) -> HttpResponse:
    rows = NewDate.objects.editable_by(request.user).select_related("promise__series", "by")
    asked = found(request, rows, uuid)
    if name not in rules.MOVES:
        raise Http404
    if not rules.MOVES[name].by(request.user, asked):
        raise PermissionDenied
    try:
        rules.answer(asked, name, by=request.user)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(asked)
