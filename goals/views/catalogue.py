from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goals.forms.catalogue import CatalogueForm, IdeaForm, Shown
from goals.forms.parameters import refuse
from goals.measures import MEASURES
from goals.mechanics import mechanics, open_questions
from goals.models import Idea, Year
from goals.rules import catalogue as rules
from goals.rules.ladder import ladder_of
from journal.prepared import asked
from people.models import Employee
from web.fields import show_meanwhile
from web.http import Request, render_form, render_page


@require_GET
def catalogue(request: Request) -> HttpResponse:
    """Every idea the reader may choose, offer or keep; ?q= words, ?effort= and the others as often as ticked."""
    reader, year = request.user, Year.objects.visible_to(request.user).current()
    ideas = [Shown.of(idea) for idea in asked(_offered, reader)]
    form = CatalogueForm(request.GET)
    context = {
        "form": form,
        "every": ideas,
        "shown": form.narrow(ideas),
        "facets": form.facets(ideas),
        "year": year,
        "ladder": ladder_of(reader, year, reader=reader) if year else None,
        "may_add": reader.is_hr or getattr(reader, "leads_somebody", False),
    }
    return render_page(request, "goals/catalogue.html", "goals/_catalogue.html", context)


def _offered(reader: Employee) -> QuerySet[Idea]:
    return Idea.objects.visible_to(reader).offered().select_related("department")


@require_GET
def idea(request: Request, uuid: UUID) -> HttpResponse:
    found = get_object_or_404(Idea.objects.visible_to(request.user).select_related("department", "author"), uuid=uuid)
    context = {
        "one": Shown.of(found),
        "mechanics": mechanics(found.measure, found.parameters),
        "asks": open_questions(found.measure, found.parameters),
        "can_edit": Idea.objects.editable_by(request.user).filter(pk=found.pk).exists(),
    }
    return render(request, "goals/idea.html", context)


def idea_new(request: Request, measure: str = "") -> HttpResponse:
    """First how it is counted, then the rest."""
    if not rules.may_add(request.user) or (measure and measure not in MEASURES):
        raise Http404
    if not measure:
        return render(request, "goals/idea_measures.html", {"measures": MEASURES.values()})
    form = IdeaForm(request.POST or None, user=request.user, measure=MEASURES[measure])
    if form.is_valid():
        try:
            made = rules.add(form.said(), form.parameters(), form.cleaned_data["uuid"], by=request.user)
            return redirect("goals:idea", made.uuid)
        except ValidationError as error:
            refuse(form, error)
    words = {"title": _("A new idea"), "button": _("Add it to the catalogue")}
    return render_form(request, "goals/idea_form.html", {"form": form, **words})


def idea_edit(request: Request, uuid: UUID) -> HttpResponse:
    found, meanwhile = get_object_or_404(Idea.objects.editable_by(request.user), uuid=uuid), []
    title = str(found)
    form = IdeaForm(request.POST or None, instance=found, user=request.user, measure=found.counting)
    if form.is_valid():
        stored = Idea.objects.editable_by(request.user).get(pk=found.pk)  # the form has put what was typed into its own
        try:
            rules.revise(stored, form.said(), form.parameters(), form.cleaned_data["version"], by=request.user)
            return redirect("goals:idea", uuid)
        except ValidationError as error:
            refuse(form, error)
            meanwhile = show_meanwhile(form, stored) if getattr(error, "code", "") == "changed_meanwhile" else []
    words = {"title": title, "button": _("Save the idea"), "idea": found, "meanwhile": meanwhile}
    return render_form(request, "goals/idea_form.html", {"form": form, **words})
