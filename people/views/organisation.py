from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from journal.history import history_of
from people.forms.organisation import DepartmentForm, SiteForm
from people.models import Department, Employee, Site
from people.rules import departments as rules
from people.trees import hung
from web.fields import show_meanwhile
from web.http import Request, render_form
from web.paging import keyset


@require_GET
def departments(request: Request) -> HttpResponse:
    tree = hung(Department.objects.visible_to(request.user).as_tree().order_by("name", "pk"), "parent_id")
    return render(request, "people/departments.html", {"tree": tree})


@require_GET
def department(request: Request, pk: int) -> HttpResponse:
    every = Department.objects.visible_to(request.user)
    part = get_object_or_404(every.select_related("partner", "hr_partner"), pk=pk)
    people = Employee.objects.visible_to(request.user).filter(department=part).with_place()
    context = {
        "department": part,
        "way": every.filter(lines_down__below=part, lines_down__depth__gt=0).order_by("-lines_down__depth"),
        "inside": every.as_tree().filter(parent=part).order_by("name", "pk"),
        "page": keyset(people, ("name", "pk"), request.GET.get("after")),
        "history": history_of(part) if every.in_part_of(request.user).filter(pk=pk).exists() else [],
    }
    return render(request, "people/department.html", context)


def department_new(request: Request) -> HttpResponse:
    if not request.user.is_hr_administrator:
        raise Http404
    form = DepartmentForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            return redirect(rules.found_department(**form.cleaned_data, by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    words = {"title": _("A new department"), "button": _("Add this department")}
    return render_form(request, "people/record_form.html", {"form": form, **words})


def department_edit(request: Request, pk: int) -> HttpResponse:
    part = get_object_or_404(Department.objects.editable_by(request.user), pk=pk)
    title, meanwhile = _("Department %(name)s") % {"name": part}, []
    form = DepartmentForm(request.POST or None, instance=part, user=request.user)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            return redirect(rules.revise_department(part, fields, fields.pop("version"), by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
            meanwhile = show_meanwhile(form, part) if status_is_conflict(error) else []
    words = {"title": title, "button": _("Save the department"), "meanwhile": meanwhile}
    return render_form(request, "people/record_form.html", {"form": form, **words})


@require_GET
def sites(request: Request) -> HttpResponse:
    return render(request, "people/sites.html", {"sites": Site.objects.visible_to(request.user).with_headcount()})


def site_new(request: Request) -> HttpResponse:
    if not request.user.is_hr_administrator:
        raise Http404
    form = SiteForm(request.POST or None)
    if form.is_valid():
        rules.found_site(**form.cleaned_data, by=request.user)
        return redirect("people:sites")
    words = {"title": _("A new site"), "button": _("Add this site")}
    return render_form(request, "people/record_form.html", {"form": form, **words})


def site_edit(request: Request, pk: int) -> HttpResponse:
    site = get_object_or_404(Site.objects.editable_by(request.user), pk=pk)
    title, meanwhile = _("Site %(name)s") % {"name": site}, []
    form = SiteForm(request.POST or None, instance=site)
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            rules.revise_site(site, fields, fields.pop("version"), by=request.user)
            return redirect("people:sites")
        except ValidationError as error:
            form.add_error(None, error)
            meanwhile = show_meanwhile(form, site)
    words = {"title": title, "button": _("Save the site"), "meanwhile": meanwhile}
    return render_form(request, "people/record_form.html", {"form": form, **words})


def status_is_conflict(error: ValidationError) -> bool:
    return getattr(error, "code", "") == "changed_meanwhile"
