from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outbox.models import Notice
from reminders.rules import bell as rules
from reminders.rules.digest import digest_of
from web.http import Request


@require_GET
def bell(request: Request) -> HttpResponse:
    before = request.GET.get("before", "")
    items, following = rules.latest(request.user, int(before) if before.isdecimal() and len(before) < 19 else None)
    return render(request, "reminders/bell.html", {"items": items, "following": following})


@require_GET
def summary(request: Request) -> HttpResponse:
    """What a summary would say now: the reader's own matters, and their team on one page."""
    return render(request, "reminders/summary.html", {"digest": digest_of(rules.waiting(request.user))})


@require_POST
def read_all(request: Request) -> HttpResponse:
    rules.read(request.user)
    messages.success(request, _("All read."))
    return redirect("reminders:bell")


@require_POST
def read_one(request: Request, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    rules.read(request.user, notice.pk)
    return redirect("reminders:bell")
