from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.forms.parts import zones
from people.models import Department, Employee, Site
from web.fields import VersionField
from web.layout import without_tag


class DepartmentForm(forms.ModelForm):
    """A department, where it belongs, and who of HR looks after it."""

    version = VersionField()

    class Meta:
        model = Department
        fields = ["name", "code", "parent", "hr_partner"]

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["version"].initial = self.instance.version
        hr_staff: QuerySet[Employee] = Employee.objects.visible_to(user).in_hr()
        partner, parent = (cast(forms.ModelChoiceField, self.fields[name]) for name in ("hr_partner", "parent"))
        partner.queryset, partner.empty_label = hr_staff, _("Nobody yet")
        parent.queryset, parent.empty_label = Department.objects.visible_to(user), _("Nothing: it stands at the top")
        self.helper = without_tag(
            Row(Column("name"), Column("code")), Row(Column("parent"), Column("hr_partner")), "version"
        )
        if not self.instance.pk:
            del self.fields["version"]
            self.helper.layout.pop()

    def anew(self, row: Department) -> "DepartmentForm":
        return type(self)(instance=row, user=self.user)


class SiteForm(forms.ModelForm):
    """A place where people work."""

    version = VersionField()
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_("Newcomers there start with it."))

    class Meta:
        model = Site
        fields = ["name", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.helper = without_tag(Row(Column("name"), Column("time_zone")), "version")
        if not self.instance.pk:
            del self.fields["version"]
            self.helper.layout.pop()
