from typing import Any, cast
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import Introduction, Year
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


class AskForm(forms.ModelForm):
    """A short question to a colleague whom the finder named."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What you would like to ask"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What it is about, in a sentence. They decide whether to introduce you."),
    )

    class Meta:
        model = Introduction
        fields = ["words"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uuid"].initial = uuid4()
        self.helper = FormHelper()
        self.helper.form_tag = False


class ReplyForm(forms.Form):
    """gives: "yes" with a reply, anything else: rather not."""

    gives = forms.CharField(max_length=3, required=False)
    reply = forms.CharField(
        label=_("Your answer"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class JobForm(forms.Form):
    job = forms.CharField(max_length=120, required=False)


class FindableForm(forms.Form):
    is_on = forms.BooleanField(required=False)
