from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goals.forms.years import YearForm
from goals.models import Year
from goals.rules import years as rules
from web.fields import show_meanwhile
from web.http import Request, render_form


@require_GET
def years(request: Request) -> HttpResponse:
    every = Year.objects.visible_to(request.user)
    return render(request, "goals/years.html", {"years": every, "current": every.current()})


def year_new(request: Request) -> HttpResponse:
    if not request.user.is_hr_administrator:
        raise Http404
    form = YearForm(request.POST or None, initial=rules.suggested())
    if form.is_valid():
        try:
            rules.open_year(form.cleaned_data, by=request.user)
            return redirect("goals:years")
        except ValidationError as error:
            form.add_error(None, error)
    words = {"title": _("A new year"), "button": _("Open this year")}
    return render_form(request, "goals/year_form.html", {"form": form, **words})


def year_edit(request: Request, pk: int) -> HttpResponse:
    year = get_object_or_404(Year.objects.editable_by(request.user), pk=pk)
    title, meanwhile = _("The year %(name)s") % {"name": year}, []
    form = YearForm(request.POST or None, instance=year)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            rules.revise_year(year, fields, fields.pop("version"), by=request.user)
            return redirect("goals:years")
        except ValidationError as error:
            form.add_error(None, error)
            meanwhile = show_meanwhile(form, year) if getattr(error, "code", "") == "changed_meanwhile" else []
    words = {"title": title, "button": _("Save the year"), "meanwhile": meanwhile}
    return render_form(request, "goals/year_form.html", {"form": form, **words})
