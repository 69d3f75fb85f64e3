"""The front door, Today, and the pages for what is not there, not yours, or our fault."""

from tempfile import TemporaryFile
from typing import cast
from urllib.parse import urlencode

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from journal.forms import SearchForm
from people.models import Employee
from relgoals import demo_door, denials, erasing, health, history
from relgoals import mailbox as box
from relgoals.own_data import held, write
from relgoals.today import today_for
from web.http import Request
from web.paging import keyset


@login_not_required
@require_GET
def front_door(request: HttpRequest) -> HttpResponse:
    return redirect("today")


@require_GET
def today(request: Request) -> HttpResponse:
    return render(request, "relgoals/today.html", {"today": today_for(request.user)})


@require_GET
def signed_in(request: Request) -> HttpResponse:
    """Where a sign-in beside a page that was being written leads: static/autosave.js on that page reads it."""
    return render(request, "relgoals/signed_in.html")


def own_data(request: Request) -> HttpResponseBase:
    """What is held about the reader, and the whole of it to take away."""
    if request.method != "POST":
        return render(request, "relgoals/own_data.html", {"held": held(request.user)})
    file = TemporaryFile()  # noqa: SIM115 the answer closes it
    write(request.user, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="everything-about-me.zip")


def erase(request: Request, pk: int) -> HttpResponse:
    """A leaver's own data, thrown away for good: HR administrators, after reading what goes and what stays."""
    if not request.user.is_hr_administrator:
        raise Http404
    leavers = Employee.objects.editable_by(request.user)
    person = get_object_or_404(leavers, pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            erasing.erase(person, by=request.user)
            messages.success(request, _("What was theirs alone is erased."))
            return redirect(person)
        except ValidationError as error:
            refusal = error.messages[0]
    status = 409 if refusal else 200
    return render(request, "relgoals/erase.html", {"person": person, "refusal": refusal}, status=status)


@require_GET
def journal(request: Request) -> HttpResponse:
    """Who did what, for HR in its part: newest first, ?person= ?sort= ?since= ?until=."""
    if not request.user.is_hr:
        raise Http404
    form = SearchForm(request.GET, people=Employee.objects.visible_to(request.user), sorts=list(history.BY_LABEL))
    asked = form.asked()
    page = keyset(history.found(request.user, **asked), ("-at", "-pk"), request.GET.get("after"))
    query = urlencode({name: request.GET[name] for name in form.fields if request.GET.get(name)})
    context = {
        "form": form,
        "page": page,
        "lines": history.lines(page.rows),
        "query": f"{query}&" if query else "",
        "is_narrowed": any(asked.values()),
    }
    return render(request, "journal/search.html", context)


@login_not_required  # links to sign in arrive there
@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """What a local installation would have mailed; in production it is not there."""
    if not box.is_open():
        raise Http404
    return render(request, "relgoals/mailbox.html", {"letters": box.letters()})


@login_not_required
@require_GET
def mailbox_letter(request: HttpRequest, file: str, number: int) -> HttpResponse:
    return render(request, "relgoals/mailbox_letter.html", {"letter": _letter(file, number)})


@login_not_required
@require_GET
def mailbox_html(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """The HTML as a mail program shows it: no scripts, nothing fetched, not our page."""
    answer = HttpResponse(_letter(file, number).html)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _letter(file: str, number: int) -> box.Letter:
    found = box.letter(file, number) if box.is_open() else None
    if found is None:
        raise Http404
    return found


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Walk in as one of the demo's people; not there in production. A second factor is asked for as always."""
    if not demo_door.is_open():
        raise Http404
    person = demo_door.person(request.POST.get("role", ""))
    if person is None:
        raise Http404
    return cast(HttpResponseBase, perform_login(request, person, email_verification="none"))


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """Live: this process answers. Asks nothing of anybody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: 200 when database, migrations and broker are, else 503 with one line for each that is not."""
    missing = health.missing()
    return HttpResponse("".join(f"{line}\n" for line in missing) or "ready\n", "text/plain", 503 if missing else 200)


@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Counters and times of all web processes of this host, for whoever has METRICS_TOKEN; else it is not there."""
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:
    denials.note(request, 403)
    return render(request, "403.html", status=403)


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:
    denials.note(request, 404)
    return render(request, "404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be broken: no database, no session, no context processors."""
    return HttpResponse(render_to_string("500.html"), status=500)
