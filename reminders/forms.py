from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from outbox.kinds import Group
from reminders.models import Wishes
from reminders.rules.kinds import KINDS
from web.fields import DateField

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
DAYS = [(day + 1, name) for day, name in WEEKDAYS.items()]


class DayForm(forms.Form):
    on = DateField(label=_("Day"))


class WishesForm(forms.Form):
    """How, for each kind that can be chosen; when, for all of them."""

    quiet_from = forms.TypedChoiceField(label=_("No mail from"), choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("until"), choices=HOURS, coerce=int)
    working_days = forms.MultipleChoiceField(
        label=_("Days on which mail may come"), choices=DAYS, widget=forms.CheckboxSelectMultiple
    )
    digest_hour = forms.TypedChoiceField(label=_("Summaries come at"), choices=HOURS, coerce=int)
    digest_day = forms.TypedChoiceField(label=_("The weekly one on"), choices=DAYS, coerce=int)

    def __init__(self, *args: Any, wishes: Wishes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(wishes, name) for name in self.base_fields}
        self.initial["working_days"] = list(wishes.working_days)
        for kind in KINDS.values():
            if kind.by_mail_only:
                continue
            choices = [c for c in Wishes.How.choices if c[0] != Wishes.How.OFF or not kind.why_always]
            self.fields[kind.name] = forms.ChoiceField(
                label=kind.title, choices=choices, required=False, initial=wishes.how(kind), help_text=kind.why_always
            )
        for field in self.fields.values():
            many = isinstance(field.widget, forms.CheckboxSelectMultiple)
            field.widget.attrs["class"] = "form-check-input" if many else "form-select"

    def times(self) -> list[forms.BoundField]:
        return [self[name] for name in ("quiet_from", "quiet_until", "digest_hour", "digest_day")]

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The kinds under their headings, empty headings left out."""
        under: dict[Group, list[forms.BoundField]] = {group: [] for group in Group}
        for name, kind in KINDS.items():
            if name in self.fields:
                under[kind.group].append(self[name])
        return [(str(group.label), fields) for group, fields in under.items() if fields]

    def wishes(self) -> dict[str, Any]:
        """The cleaned data as the fields of Wishes."""
        data = self.cleaned_data
        times = {field.name: data[field.name] for field in self.times()}
        kinds = {name: data[name] for name in KINDS if data.get(name)}
        return times | {"working_days": "".join(sorted(data["working_days"])), "kinds": kinds}
