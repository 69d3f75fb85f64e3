"""Inputs that find while one types. The script is static/combobox.js; without it they are plain text fields."""

from typing import Any

from django import forms
from django.urls import reverse


class PersonInput(forms.TextInput):
    """Finds people of the directory; the arrow keys choose, Enter takes, Esc closes.

    A crispy layout needs nothing special: the field by its name.
    """

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-find": reverse("people:find"),
            "autocomplete": "off",
            "spellcheck": "false",
        }
        return context
