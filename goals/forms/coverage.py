from typing import Any
from uuid import uuid4

from django import forms


class LetterForm(forms.Form):
    """The one button under the list of managers: its key makes one letter of however many presses."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uuid"].initial = uuid4()
