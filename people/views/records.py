"""What HR does with somebody's record. Each deed has one rule; who may is Employee.editable_by()."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.forms.records import JoinForm, LeaveForm, ManagerForm, RecordForm, ReturnForm, RoleForm
from people.models import Employee
from people.rules import joining, leaving, line, signing_in
from web.fields import show_meanwhile
from web.http import Request, render_form


def join(request: Request) -> HttpResponse:
    if not request.user.is_hr:
        raise Http404
    form = JoinForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            return redirect(joining.join(**form.cleaned_data, by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    return _page(request, form, title=_("Somebody new"), button=_("Add this person"))


def revise(request: Request, pk: int) -> HttpResponse:
    somebody = _kept_by(request, pk)
    form, meanwhile = RecordForm(request.POST or None, instance=somebody, user=request.user), []
    if form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            return redirect(joining.revise(somebody, fields, fields.pop("version"), by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
            meanwhile = show_meanwhile(form, somebody) if error.code == "changed_meanwhile" else []
    title = _("The record of %(name)s") % {"name": Employee.objects.editable_by(request.user).get(pk=pk)}
    return _page(request, form, somebody, title=title, button=_("Save the record"), meanwhile=meanwhile)


def move(request: Request, pk: int) -> HttpResponse:
    somebody = _kept_by(request, pk)
    form = ManagerForm(request.POST or None, user=request.user, initial={"manager": somebody.manager_id})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(line.assign_manager(somebody, form.cleaned_data["manager"], by=request.user))
        except ValidationError as error:
            form.add_error("manager", error)
    lead = _("Everybody who works for %(name)s comes along. Who reads what follows at once.") % {"name": somebody}
    title = _("Who %(name)s works for") % {"name": somebody}
    return _page(request, form, somebody, title=title, lead=lead, button=_("Save the manager"))


def leave(request: Request, pk: int) -> HttpResponse:
    somebody = _kept_by(request, pk)
    initial = {"left_on": somebody.left_on, "successor": somebody.successor_id}
    form = LeaveForm(request.POST or None, user=request.user, initial=initial)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            return redirect(leaving.leave(somebody, asked["left_on"], asked["successor"], by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    lead = _("Until the end of that day nothing changes. Then the sign-in ends and whoever takes over leads.")
    title = _("%(name)s leaves") % {"name": somebody}
    return _page(request, form, somebody, title=title, lead=lead, button=_("Save the last working day"))


@require_POST
def invite(request: Request, pk: int) -> HttpResponse:
    somebody = _kept_by(request, pk)
    if signing_in.invite(Employee.objects.editable_by(request.user).filter(pk=pk), by=request.user):
        messages.success(request, _("The invitation goes to %(email)s now.") % {"email": somebody.email})
    else:
        messages.warning(request, _("%(name)s signs in already.") % {"name": somebody})
    return redirect(somebody)


@require_POST
def stay(request: Request, pk: int) -> HttpResponse:
    somebody = _kept_by(request, pk)
    try:
        leaving.stay(somebody, by=request.user)
        messages.success(request, _("The leave is taken back."))
    except ValidationError as error:
        messages.warning(request, error.messages[0])
    return redirect(somebody)


def come_back(request: Request, pk: int) -> HttpResponse:
    somebody = _kept_by(request, pk)
    form = ReturnForm(request.POST or None, user=request.user, initial={"manager": somebody.manager_id})
    if form.is_valid():
        asked = form.cleaned_data
        try:
            return redirect(leaving.come_back(somebody, asked["hired_on"], asked["manager"], by=request.user))
        except ValidationError as error:
            form.add_error(None, error)
    lead = _("The same person with the same history, signing in as before.")
    title = _("%(name)s comes back") % {"name": somebody}
    return _page(request, form, somebody, title=title, lead=lead, button=_("Save the return"))


def role(request: Request, pk: int) -> HttpResponse:
    if not request.user.is_hr_administrator:
        raise Http404
    somebody = _kept_by(request, pk)
    form = RoleForm(request.POST or None, instance=somebody)
    if request.method == "POST" and form.is_valid():
        stored = _kept_by(request, pk)  # the form has put what was typed into its own
        try:
            return redirect(joining.give_role(stored, form.cleaned_data["hr_role"], by=request.user))
        except ValidationError as error:
            form.add_error("hr_role", error)
    lead = _("A partner looks after the departments that name them; an administrator after all of them.")
    title = _("What %(name)s does in HR") % {"name": somebody}
    return _page(request, form, somebody, title=title, lead=lead, button=_("Save the role"))


def _kept_by(request: Request, pk: int) -> Employee:
    kept: Employee = get_object_or_404(Employee.objects.editable_by(request.user).with_place(), pk=pk)
    return kept


def _page(
    request: Request, form: forms.BaseForm, person: Employee | None = None, **words: str | list[tuple[str, str]]
) -> HttpResponse:
    """The one page of all these forms. words: title, button, and perhaps lead and meanwhile."""
    return render_form(request, "people/record_form.html", {"form": form, "person": person, **words})
