"""Fields and small forms that every app may use: dates, people, and a record that two may edit."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.widgets import PersonInput

ADDRESS = re.compile(r"[^\s<>()]+@[^\s<>()]+")


class PersonField(forms.CharField):
    """Somebody, found while typing: "Mia Sand <mia@example.org>", or the e-mail, or the whole name if it is unique.

    Give it the people to choose from: `PersonField(queryset=Employee.objects.visible_to(user), required=False)`; as a
    field of a ModelForm it replaces the select of a foreign key. Cleans to the person or None. Works without
    JavaScript: what was typed is looked up, and a sentence says what is missing.
    """

    widget = PersonInput

    def __init__(self, *args: Any, queryset: QuerySet[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, max_length=400, **kwargs)
        self.queryset = queryset

    def prepare_value(self, value: Any) -> Any:
        """What stands in the field: a person or their key becomes name and e-mail; what was typed stays."""
        if isinstance(value, int) and self.queryset is not None:
            value = self.queryset.model._default_manager.filter(pk=value).first()
        return f"{value} <{value.email}>" if isinstance(value, Model) else value  # type: ignore[attr-defined]

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text or self.queryset is None:
            return None
        address = ADDRESS.search(text)
        condition = {"email": address[0].lower()} if address else {"name__iexact": text}
        found = list(self.queryset.filter(**condition)[:2])
        if len(found) == 1:
            return found[0]
        sentence = _("Several people have this name. Choose one, or type the e-mail address.")
        raise ValidationError(sentence if found else _("Nobody here has this name or e-mail address."), "nobody")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class DateField(forms.DateField):
    """A day, chosen in the browser's own calendar; typed as 2026-03-31 where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], **kwargs)


class VersionField(forms.IntegerField):
    """The version of the record that the form was opened with; pass cleaned_data["version"] to the rule."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, min_value=0, max_value=2_147_483_647, required=True)
        self.error_messages["required"] = gettext_lazy("Load the page again; what it was opened with is missing.")


def show_meanwhile(form: forms.ModelForm, row: Any) -> list[tuple[str, str]]:
    """After "changed_meanwhile": let the form save over what stands now, and say what that is.

    row: the record, refreshed. Returns (label, what stands now) of each field that differs from what was typed, for
    `_meanwhile.html`. What was typed stays in the form.
    """
    now = type(form)(instance=row) if not hasattr(form, "anew") else form.anew(row)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(row.version)  # type: ignore[index]
    fields = [now[name] for name in now.fields if name != "version"]
    return [
        (str(field.label), _shown(field)) for field in fields if str(field.value() or "") != _typed(form, field.name)
    ]


def _typed(form: forms.BaseForm, name: str) -> str:
    return str(form[name].value() or "")


def _shown(field: forms.BoundField) -> str:
    """What stands in a field, in words: the label of a choice, a dash for nothing."""
    value = field.value()
    choices = {str(key): str(label) for key, label in getattr(field.field, "choices", [])}
    return choices.get(str(value), str(value)) if value not in (None, "") else "–"
