"""What several forms of one-on-ones share."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyField(forms.UUIDField):
    """The uuid of the row that the form makes: sent twice, it makes one row."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean(self, value: Any) -> uuid.UUID:
        """Somebody who sends none makes a new row each time."""
        return super().clean(value) or uuid.uuid4()


class WordsField(forms.CharField):
    """A few sentences."""

    def __init__(self, label: Any, *, rows: int = 3, most: int = 2_000, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
        super().__init__(label=label, widget=widget, max_length=most, **kwargs)


class TimeField(forms.TimeField):
    """A time on the wall, chosen in the browser's own field; typed as 10:30 where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
        messages = {"invalid": _("A time as 10:30.")}
        super().__init__(widget=widget, input_formats=["%H:%M", "%H:%M:%S"], error_messages=messages, **kwargs)
