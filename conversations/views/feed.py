from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST, require_safe

from conversations import calendars, ical
from conversations.rules import feeds
from web.http import Request


@require_GET
def calendar(request: Request) -> HttpResponse:
    """The reader's own secret address, and how to renew it."""
    return render(request, "conversations/calendar.html", {"feed": feeds.feed_of(request.user)})


@require_POST
def calendar_renew(request: Request) -> HttpResponse:
    feeds.renew(by=request.user)
    return redirect("conversations:calendar")


@login_not_required
@require_safe
def feed(request: Request, secret: str) -> HttpResponse:
    """The calendar behind a secret address, as it is at this moment."""
    owner = feeds.owner_of(secret)
    if owner is None:
        raise Http404
    with override(owner.language):
        content = ical.calendar(calendars.events_of(owner), owner.name)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = 'inline; filename="relgoals.ics"'
    return answer
