"""One's wishes, and the one-click way out of a kind of mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from reminders.forms import WishesForm
from reminders.models import Wishes
from reminders.rules import wishes as rules
from web.http import Request, render_form


@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: Request) -> HttpResponse:
    mine = Wishes.objects.visible_to(request.user).first() or Wishes(person=request.user)
    form = WishesForm(request.POST or None, wishes=mine)
    if form.is_valid():
        rules.revise(request.user, form.wishes(), by=request.user)
        messages.success(request, _("Kept. What waits for you is planned anew."))
        return redirect("reminders:wishes")
    return render_form(request, "reminders/wishes.html", {"form": form})


@login_not_required
@csrf_exempt  # RFC 8058: the reader's mail program posts here; the signed link says who and what
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        person, titles, kind = rules.stopping(token)
    except BadSignature:
        return render(request, "reminders/stop.html", {"expired": True}, status=404)
    if request.method == "POST":
        rules.stop(person, kind)
    return render(request, "reminders/stop.html", {"titles": titles, "done": request.method == "POST"})
