"""Fields for what a measure asks: one place that knows how each sort of parameter is typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from goals.measures import Measure
from goals.parameters import LINE_LENGTH, Parameter
from web.fields import DateField

PREFIX = "measure-"


def name_of(parameter: Parameter) -> str:
    return f"{PREFIX}{parameter.name}"


def field_for(parameter: Parameter, value: Any) -> forms.Field:
    """The field of one parameter; `value` is what it holds now. The measure itself says what is refused."""
    common = {"label": parameter.label, "help_text": parameter.help, "required": False, "initial": value}
    if parameter.sort == "flag":
        return forms.BooleanField(**common)
    if parameter.sort == "whole":
        number = forms.NumberInput(attrs={"min": parameter.least, "max": parameter.most})
        initial = parameter.default if value is None else value
        return forms.CharField(**common | {"initial": initial}, max_length=12, widget=number)
    if parameter.sort == "day":
        return DateField(**common)
    if parameter.sort == "days":
        days = {"initial": "\n".join(value or []), "help_text": _("One day a line, such as 2026-09-24.")}
        return forms.CharField(**common | days, max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))
    return forms.CharField(**common, max_length=LINE_LENGTH)


def typed(measure: Measure, cleaned: dict[str, Any]) -> dict[str, Any]:
    """What was typed about counting, by the measure's own names."""
    return {one.name: cleaned.get(name_of(one)) for one in measure.parameters}


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a rule refuses beside its field, a measure's own names included."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        known = next((one for one in (name, f"{PREFIX}{name}") if one in form.fields), None)
        form.add_error(known, errors)
