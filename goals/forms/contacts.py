from typing import Any, cast

from django import forms

from goals.models import Year
from people.models import Department, Employee


class FinderForm(forms.Form):
    """What is looked for, in the address of the page. Nonsense in it looks for nothing."""

    department: forms.ModelChoiceField = forms.ModelChoiceField(None, required=False)
    job = forms.CharField(max_length=100, required=False)
    of: forms.ModelChoiceField = forms.ModelChoiceField(None, required=False)  # whose picture; "team" is one's own
    year: forms.ModelChoiceField = forms.ModelChoiceField(None, required=False)

    def __init__(self, data: Any, *, user: Employee) -> None:
        super().__init__(data)
        for name in ("department", "of"):
            cast(forms.ModelChoiceField, self.fields[name]).queryset = Department.objects.visible_to(user)
        cast(forms.ModelChoiceField, self.fields["year"]).queryset = Year.objects.visible_to(user)

    def asked(self, name: str) -> Any:
        """What was asked for, or None."""
        self.full_clean()
        value = self.cleaned_data.get(name)
        return value.strip() if isinstance(value, str) else value


class JobForm(forms.Form):
    job = forms.CharField(max_length=120, required=False)


class FindableForm(forms.Form):
    is_on = forms.BooleanField(required=False)
