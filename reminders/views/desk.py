"""HR administrators' view of the post; for everybody else it is not there."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from journal import clock
from reminders.forms import DayForm
from reminders.rules import desk as rules
from reminders.rules.kinds import KINDS
from web.bell import ring
from web.http import Request, render_form


@require_GET
def desk(request: Request) -> HttpResponse:
    _administrators_only(request)
    rows = rules.rows()
    context = {
        "rows": [row for row in rows if not row.is_quiet],
        "quiet": [row for row in rows if row.is_quiet],
        "headings": rules.HEADINGS,
        "sent": sum(row.sent for row in rows),
        "failed": sum(row.failed + row.bounced for row in rows),
        "troubles": rules.troubles()[:50],
        "refusing": rules.refusing(),
    }
    return render(request, "reminders/desk.html", context)


@require_GET
def tomorrow(request: Request) -> HttpResponse:
    """What will leave tomorrow, or on any other day that is asked for."""
    _administrators_only(request)
    first = clock.today() + timedelta(days=1)
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": first})
    day = form.cleaned_data["on"] if form.is_valid() else first
    context = {"form": form, "day": day, "kinds": rules.preview(day)}
    return render_form(request, "reminders/tomorrow.html", context)


@require_POST
def hold(request: Request, kind: str) -> HttpResponse:
    return _switch(request, kind, on=True)


@require_POST
def release(request: Request, kind: str) -> HttpResponse:
    return _switch(request, kind, on=False)


@require_POST
def send_now(request: Request) -> HttpResponse:
    _administrators_only(request)
    again = rules.send_now(by=request.user)
    ring("reminders.tasks.send_notices")
    said = ngettext("%(count)s mail is tried again now.", "%(count)s mails are tried again now.", again)
    messages.success(request, said % {"count": again})
    return redirect("reminders:desk")


def _switch(request: Request, kind: str, on: bool) -> HttpResponse:
    _administrators_only(request)
    if kind not in KINDS:
        raise Http404
    try:
        rules.hold(KINDS[kind], on, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Held back.") if on else _("On its way again."))
    return redirect("reminders:desk")


def _administrators_only(request: Request) -> None:
    if not request.user.is_hr_administrator:
        raise Http404
