import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.uploads import EvidenceField


class MoneyField(forms.CharField):
    """An amount as people write it, 20.00 or 20,00 or 20; cleans to cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = re.fullmatch(r"\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*", text, re.ASCII)
        if not found:
            raise ValidationError(_("Write the amount as 18.50."), "no_amount")
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))


class ClaimForm(forms.Form):
    """What was paid, with the receipt."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    amount = MoneyField(label=gettext_lazy("Amount on the receipt"))
    receipt = EvidenceField(label=gettext_lazy("Photo of the receipt"))

    def __init__(self, *args: Any, amount: str, **kwargs: Any) -> None:
        kwargs["initial"] = {"uuid": uuid4(), "amount": amount}
        super().__init__(*args, **kwargs)


class RefuseForm(forms.Form):
    reason = forms.CharField(max_length=1000, required=False)
