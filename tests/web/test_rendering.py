import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from web.rendering import Renderer

HOSTILE = '"><script>x</script>&'
ATTRS = {"id": "id_x", "class": "form-select", "required": True, "rows": 2, "disabled": False, "data-x": HOSTILE}
CHOICES = [("", "Choose"), ("Europe", [("Europe/Berlin", "Berlin"), ("x", HOSTILE)]), (7, "Seven")]


def plain(html):
    return re.sub(r">\s+<", "><", html.strip())


@pytest.mark.parametrize("value", [None, "", "Europe/Berlin", 7, HOSTILE])
@pytest.mark.parametrize(
    "widget",
    [
        *(kind(attrs={"maxlength": 5}) for kind in (forms.TextInput, forms.NumberInput, forms.EmailInput)),
        *(kind() for kind in (forms.HiddenInput, forms.URLInput, forms.DateInput, forms.Textarea)),
        forms.Select(choices=CHOICES),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_widget_drawn_here_is_what_django_draws(widget, value):
    ours, theirs = (widget.render("x", value, ATTRS, renderer) for renderer in (Renderer(), DjangoTemplates()))

    assert plain(ours) == plain(theirs)
    assert "<script>" not in ours
