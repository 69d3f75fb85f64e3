"""What several forms of jobs share."""

from typing import Any

from django import forms
from django.utils.translation import ngettext_lazy

MOST_WORDS = 4000


def long_text(label: Any, rows: int = 3, limit: int = MOST_WORDS, **kwargs: Any) -> forms.CharField:
    """A field for sentences, at most `limit` characters; what was typed stays, however long it is."""
    kwargs.setdefault("required", False)
    field = forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
    field.widget.attrs.pop("maxlength", None)  # a browser would cut pasted text off without a word
    field.widget.attrs["class"] = "form-control"
    sentence = ngettext_lazy(
        "These are %(show_value)d characters; %(limit_value)d is the most. Shorten it.",
        "These are %(show_value)d characters; %(limit_value)d are the most. Shorten it, or divide it.",
        "limit_value",
    )
    field.error_messages["max_length"] = sentence
    for validator in field.validators:
        if getattr(validator, "code", "") == "max_length":
            validator.message = sentence  # type: ignore[attr-defined]
    return field


def mark_refused(form: forms.BaseForm) -> None:
    """Give every field with an error the look of one, and say to screen readers which sentence belongs to it."""
    for name in form.errors:
        if name in form.fields:
            attrs = form.fields[name].widget.attrs
            looks = dict.fromkeys([*attrs.get("class", "").split(), "is-invalid"])
            attrs["class"] = " ".join(looks)
            attrs["aria-invalid"] = "true"
            attrs["aria-describedby"] = f"{form[name].id_for_label}-refused"


class Said(forms.Form):
    """A form that shows beside each field what is wrong with it."""

    def is_valid(self) -> bool:
        good = super().is_valid()
        mark_refused(self)
        return good

    def add_error(self, field: Any, error: Any) -> None:
        super().add_error(field, error)
        mark_refused(self)
