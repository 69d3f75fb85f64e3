import re
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from web.fields import DateField

DO = re.compile(r"([a-z_]{2,12}):([0-9a-f-]{32,36}):(\d{1,9})(?::(\d{1,4}))?")


class ActForm(forms.Form):
    """One button of the board and what was typed for it: the board is one form, however many lines it has."""

    do = forms.RegexField(DO)
    words = forms.CharField(
        max_length=2_000, required=False, error_messages={"max_length": _("Use at most 2000 characters.")}
    )
    day = DateField(required=False)
    key = forms.UUIDField(required=False)
    idea = forms.IntegerField(min_value=1, max_value=9_223_372_036_854_775_807, required=False)

    def __init__(self, data: Any) -> None:
        do = data.get("do", "")
        super().__init__(
            {"do": do}
            | {name: data.get(f"{name}:{do}", "") for name in ("words", "day", "idea")}
            | {"key": data.get("key", "")}
        )

    def clean(self) -> dict[str, Any]:
        """With `key`: the same one for the same button of the same board, however often it is pressed."""
        cleaned: dict[str, Any] = super().clean() or {}
        key = cleaned.pop("key", None)
        return cleaned | {"key": uuid5(key, self.data["do"]) if key else uuid4()}

    def clean_do(self) -> dict[str, Any]:
        found = DO.fullmatch(self.cleaned_data["do"])
        assert found is not None  # noqa: S101 the field has matched it
        name, uuid, version, number = found.groups()
        try:
            key = UUID(uuid)
        except ValueError:
            raise forms.ValidationError(_("Press a button of the board."), "no_key") from None
        return {"name": name, "uuid": key, "version": int(version), "number": int(number or 0)}
