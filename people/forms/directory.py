from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Department, Employee, Site
from people.querysets import EmployeeQuerySet


class DirectoryForm(forms.Form):
    """What the directory is asked for. Nonsense in an address narrows nothing."""

    q = forms.CharField(label=_("Name, job, department or e-mail"), max_length=100, required=False)
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Department"), required=False, empty_label=_("All departments")
    )
    site: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Site"), required=False, empty_label=_("All sites")
    )

    def __init__(self, data: Any, *, user: Employee) -> None:
        super().__init__(data)
        cast(forms.ModelChoiceField, self.fields["department"]).queryset = Department.objects.visible_to(user)
        cast(forms.ModelChoiceField, self.fields["site"]).queryset = Site.objects.visible_to(user)
        self.fields["q"].widget.attrs["class"] = "form-control"
        self.fields["department"].widget.attrs["class"] = self.fields["site"].widget.attrs["class"] = "form-select"

    def narrow(self, people: EmployeeQuerySet) -> EmployeeQuerySet:
        """`people`, narrowed to what was asked; nobody where the words cannot be read."""
        if not self.is_valid() and "q" in self.errors:
            return people.none()
        asked = self.cleaned_data
        if asked.get("q"):
            people = people.matching(asked["q"])
        if asked.get("department"):
            people = people.inside(asked["department"])
        return people.filter(site=asked["site"]) if asked.get("site") else people
