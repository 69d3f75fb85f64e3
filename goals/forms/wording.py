from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class WordingInput(forms.Textarea):
    """A textarea that says while one types what a camera could not film; the page loads static/goals/wording.js."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"data-wording": reverse("goals:wording")}
        return context


class WordingForm(forms.Form):
    """One sentence to try."""

    text = forms.CharField(
        label=_("A goal in a sentence or two"),
        help_text=_("Who does what, with whom, how often, by when."),
        max_length=10_000,
        widget=WordingInput(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
