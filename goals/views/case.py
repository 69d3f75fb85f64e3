"""The case on one page: the manager writes it and hands it on; those above and HR read, print and save it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.case import CaseForm
from goals.models import Story, TeamCase, Year
from goals.rules import case as rules
from goals.rules.case_facts import facts_of
from goals.views.case_paper import on_paper
from journal import clock
from journal.prepared import asked
from people.access import is_above
from people.models import Employee
from web.fields import show_meanwhile
from web.http import Request, render_form
from web.pdf import pdf_response


@require_GET
def case(request: Request) -> HttpResponse:
    """The reader's own team, as others will read it, with what can be done about it; ?year= another year."""
    own = _own(request)
    stories = asked(_stories, request.user, own.pk) if own.pk else []
    facts = facts_of(own)
    context = {
        "case": own,
        "facts": facts,
        "paper": facts.off_house(),
        "stories": stories,
        "years": Year.objects.visible_to(request.user),
        "is_own": True,
        "today": clock.today(),
    }
    return render(request, "goals/case.html", context)


def _stories(user: Employee, case: int) -> QuerySet[Story]:
    return Story.objects.editable_by(user).filter(case=case).with_named()


@require_GET
def cases(request: Request) -> HttpResponse:
    """Cases that were handed on to the reader."""
    seen = TeamCase.objects.visible_to(request.user).handed_on().select_related("manager__department", "year")
    return render(request, "goals/cases.html", {"cases": seen, "leads": rules.leads(request.user)})


@require_GET
def case_read(request: Request, uuid: UUID) -> HttpResponse:
    read = _seen(request, uuid)
    facts = facts_of(read)
    context = {
        "case": read,
        "facts": facts if _opens_the_rows(request, read) else facts.off_house(),
        "paper": facts.off_house(),
        "is_own": False,
        "today": clock.today(),
    }
    return render(request, "goals/case.html", context)


@require_GET
def case_pdf(request: Request, uuid: UUID) -> HttpResponse:
    read = _seen(request, uuid)
    return pdf_response("goals/case.typ", on_paper(read, facts_of(read).off_house()), f"case-{read.year_id}")


def case_edit(request: Request) -> HttpResponse:
    own, meanwhile = _own(request), []
    form = CaseForm(request.POST or None, instance=own, reasons=rules.reasons_of(request.user, own.year))
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            rules.write(request.user, own.year, form.said(), version, by=request.user)
            return redirect(_address(own))
        except ValidationError as error:
            form.add_error(None, error)
            stored = rules.case_of(request.user, own.year)
            meanwhile = show_meanwhile(form, stored) if error.code == "changed_meanwhile" else []
    context = {"form": form, "year": own.year, "back": _address(own), "meanwhile": meanwhile}
    return render_form(request, "goals/case_form.html", context)


@require_POST
def case_hand_on(request: Request, uuid: UUID) -> HttpResponse:
    own = get_object_or_404(TeamCase.objects.editable_by(request.user), uuid=uuid)
    rules.hand_on(own, by=request.user)
    messages.success(request, _("Those above you and HR can read it now."))
    return redirect(_address(own))


@require_POST
def case_take_back(request: Request, uuid: UUID) -> HttpResponse:
    own = get_object_or_404(TeamCase.objects.editable_by(request.user), uuid=uuid)
    rules.take_back(own, by=request.user)
    messages.success(request, _("Nobody but you reads it any more."))
    return redirect(_address(own))


def _own(request: Request) -> TeamCase:
    if not rules.leads(request.user):
        raise Http404
    asked = request.GET.get("year", "")
    years = Year.objects.visible_to(request.user)
    found = years.filter(pk=int(asked)).first() if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    year = found or years.current()
    if year is None:
        raise Http404
    return rules.case_of(request.user, year)


def _seen(request: Request, uuid: UUID) -> TeamCase:
    seen: TeamCase = get_object_or_404(
        TeamCase.objects.visible_to(request.user).select_related("manager__department", "year"), uuid=uuid
    )
    return seen


def _opens_the_rows(request: Request, read: TeamCase) -> bool:
    """Whether the reader may open the steps behind the figures: the manager and those above. HR may not."""
    return read.manager_id == request.user.pk or is_above(request.user, read.manager)


def _address(own: TeamCase) -> str:
    return f"{reverse('goals:case')}?year={own.year_id}"
