"""What several forms of appraisals share: long words, and points of the scale."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from appraisals.models import Scheme
from appraisals.showing import points

LONGEST = 20_000  # signs of one text


def long_words(label: Any, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "class": "form-control"}),
    )


def point_choices(scheme: Scheme, empty: str) -> list[tuple[str, str]]:
    """Every point (and half point) as hundredths, with its name; `empty` for none."""
    names = {point.value: point.name for point in scheme.scale.all()}
    step, top = (50 if scheme.halves else 100), len(names) * 100
    steps = range(100, top + 1, step)
    listed = [(str(n), f"{points(n)} – {names[n // 100]}" if n % 100 == 0 else points(n)) for n in steps]
    return [("", empty), *listed]


def point_field(scheme: Scheme, label: Any, required: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        required=required,
        choices=point_choices(scheme, _("Not rated")),
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
