from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms.parts import zones
from people.models import Department, Employee, Site
from web.fields import DateField, PersonField, VersionField
from web.layout import without_tag


class RecordForm(forms.ModelForm):
    """Somebody's record, as HR keeps it."""

    version = VersionField()
    hired_on = DateField(label=_("First working day"), required=False)

    class Meta:
        model = Employee
        fields = ["name", "email", "job_title", "department", "site", "staff_number", "hired_on"]

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["version"].initial = self.instance.version
        department = cast(forms.ModelChoiceField, self.fields["department"])
        department.queryset = Department.objects.visible_to(user).in_part_of(user)
        department.required = not user.is_hr_administrator  # a partner without the department would lose the person
        department.empty_label = _("Choose a department") if department.required else _("None yet")
        site = cast(forms.ModelChoiceField, self.fields["site"])
        site.queryset, site.empty_label = Site.objects.visible_to(user), _("None yet")
        rows = [
            Row(Column("name"), Column("email")),
            Row(Column("job_title"), Column("department")),
            Row(Column("site"), Column("staff_number"), Column("hired_on")),
        ]
        self.helper = without_tag(*rows, "version")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_staff_number(self) -> str | None:
        return self.cleaned_data["staff_number"] or None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("hired_on"), self.instance.left_on
        if first and last and first > last:
            self.add_error("hired_on", ValidationError(_("They left before that day."), "before_joining"))
        return cleaned

    def anew(self, row: Employee) -> "RecordForm":
        return type(self)(instance=row, user=self.user)


class JoinForm(RecordForm):
    """Somebody new."""

    manager = PersonField(label=_("Manager"), required=False, help_text=_("Name or e-mail. Empty: nobody above."))

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        del self.fields["version"]
        cast(PersonField, self.fields["manager"]).queryset = Employee.objects.visible_to(user)
        self.helper = without_tag(
            Row(Column("name"), Column("email")),
            Row(Column("job_title"), Column("department")),
            "manager",
            Row(Column("site"), Column("staff_number"), Column("hired_on")),
        )


class ManagerForm(forms.Form):
    """Who somebody works for."""

    manager = PersonField(label=_("Manager"), required=False, help_text=_("Name or e-mail. Empty: nobody above."))

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["manager"]).queryset = Employee.objects.visible_to(user)
        self.helper = without_tag("manager")


class LeaveForm(forms.Form):
    """The last working day, and who takes over."""

    left_on = DateField(label=_("Last working day"))
    successor = PersonField(
        label=_("Who takes over the direct reports"), required=False, help_text=_("Empty: the manager above.")
    )

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["successor"]).queryset = Employee.objects.visible_to(user)
        self.helper = without_tag("left_on", "successor")


class ReturnForm(ManagerForm):
    """Somebody works here again."""

    hired_on = DateField(label=_("First working day"))

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.helper = without_tag("hired_on", "manager")


class RoleForm(forms.ModelForm):
    """Somebody's part in HR."""

    class Meta:
        model = Employee
        fields = ["hr_role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["hr_role"]).choices = Employee.HRRole.choices
        self.helper = without_tag("hr_role")


class ProfileForm(forms.ModelForm):
    """One's own wishes."""

    time_zone = forms.ChoiceField(label=_("Time zone"), help_text=_("Dates and reminders keep to it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = Employee
        fields = ["preferred_name", "time_zone", "language", "theme"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, now = zones(), self.instance.time_zone
        cast(forms.ChoiceField, self.fields["time_zone"]).choices = [*([] if "/" in now else [(now, now)]), *choices]
        cast(forms.ChoiceField, self.fields["theme"]).choices = Employee.Theme.choices
        self.helper = without_tag("preferred_name", Row(Column("time_zone"), Column("language")), "theme")
