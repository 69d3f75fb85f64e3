"""Stories of the case: the manager tells them, everybody in one answers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goals.forms.case import StoryForm
from goals.forms.parameters import refuse
from goals.models import Named, Story, Year
from goals.rules import case as case_rules
from goals.rules import stories as rules
from web.fields import show_meanwhile
from web.http import Request, render_form


def story_new(request: Request) -> HttpResponse:
    """A story on the case of the present year; the first thing written on a case makes it."""
    year = Year.objects.visible_to(request.user).current()
    if year is None or not case_rules.leads(request.user):
        raise Http404
    form = StoryForm(request.POST or None, user=request.user)
    if form.is_valid():
        case = case_rules.begun(request.user, year, by=request.user)
        try:
            rules.tell(case, form.said(), form.people(), form.cleaned_data["uuid"], by=request.user)
            return redirect("goals:case")
        except ValidationError as error:
            refuse(form, error)
    words = {"title": _("A story: which contact solved which problem"), "button": _("Save this story")}
    return render_form(request, "goals/story_form.html", {"form": form, **words})


def story_edit(request: Request, uuid: UUID) -> HttpResponse:
    story, meanwhile = get_object_or_404(Story.objects.editable_by(request.user), uuid=uuid), []
    form = StoryForm(request.POST or None, instance=story, user=request.user)
    if form.is_valid():
        stored = Story.objects.editable_by(request.user).get(pk=story.pk)  # the form has put its words into its own
        try:
            rules.retell(stored, form.said(), form.people(), form.cleaned_data["version"], by=request.user)
            return redirect("goals:case")
        except ValidationError as error:
            refuse(form, error)
            meanwhile = show_meanwhile(form, stored) if getattr(error, "code", "") == "changed_meanwhile" else []
    words = {"title": _("Change this story"), "button": _("Save this story"), "story": story, "meanwhile": meanwhile}
    return render_form(request, "goals/story_form.html", {"form": form, **words})


@require_POST
def story_drop(request: Request, uuid: UUID) -> HttpResponse:
    rules.drop(get_object_or_404(Story.objects.editable_by(request.user), uuid=uuid), by=request.user)
    messages.success(request, _("The story is taken off."))
    return redirect("goals:case")


@require_GET
def story(request: Request, uuid: UUID) -> HttpResponse:
    seen = Story.objects.visible_to(request.user).select_related("case__manager", "case__year", "department")
    found = get_object_or_404(seen.with_named(), uuid=uuid)
    own = Named.objects.visible_to(request.user).filter(story=found).first()
    return render(request, "goals/story.html", {"story": found, "own": own})


@require_POST
def story_answer(request: Request, uuid: UUID) -> HttpResponse:
    """agrees=yes: it may be told; anything else: rather not."""
    named = get_object_or_404(Named.objects.editable_by(request.user), story__uuid=uuid)
    agrees = request.POST.get("agrees") == "yes"
    rules.answer(named, agrees, by=request.user)
    messages.success(request, _("It may be told.") if agrees else _("It is not told."))
    return redirect("goals:story", uuid)
