import uuid
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from journal import clock
from people.models import Employee, ImportRun
from people.querysets import EmployeeQuerySet
from people.rules.import_report import FIELDS
from people.rules.imports import order_of_days
from web.uploads import UploadField

DATED = ("hired_on", "left_on")


class FileForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    file = UploadField(
        label=_("File"),
        help_text=_("CSV or XLSX, with a row of headings, up to 50 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"required": _("Choose the file first."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["uuid"] = uuid.uuid4()
        self.helper = FormHelper()
        self.helper.form_tag = False


class ColumnsForm(forms.Form):
    """Which column holds what, and what the file is."""

    found_places = forms.BooleanField(label=_("Found departments and sites that are new"), required=False)
    complete = forms.BooleanField(label=_("The file lists everybody: who is missing in it is leaving"), required=False)
    leaving_on = forms.DateField(
        label=_("Their last working day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        columns = [("", _("Not in the file")), *((str(n), name or f"({n + 1})") for n, name in enumerate(run.header))]
        for field, label in FIELDS.items():
            guessed = run.mapping.get(field)
            initial = "" if guessed is None else str(guessed)
            self.fields[field] = forms.ChoiceField(
                label=capfirst(str(label)), choices=columns, required=False, initial=initial
            )
        self.fields["order"] = forms.ChoiceField(
            label=_("In dates such as 03/04/2026, which comes first?"),
            choices=[("", _("The file shows it")), ("day", _("The day: 3 April")), ("month", _("The month: 4 March"))],
            required=False,
            help_text=self._dates_sentence(),
        )
        self.initial["found_places"], self.initial["complete"] = run.found_places, run.complete
        self.initial["leaving_on"] = run.leaving_on or clock.today()
        self.helper = FormHelper()
        self.helper.form_tag = False
        pairs = [list(FIELDS)[n : n + 2] for n in range(0, len(FIELDS), 2)]
        rows = [Row(*(Column(field, css_class="col-sm-6") for field in pair)) for pair in pairs]
        self.helper.layout = Layout(*rows, "order", "found_places", "complete", "leaving_on")

    def _dates_sentence(self) -> Any:
        signs = order_of_days(self.run, [int(column) for column in self.run.slashes])
        sentences = {
            "": _("The file has no dates with slashes, so this does not matter."),
            "day": _("The file shows it: the day comes first."),
            "month": _("The file shows it: the month comes first."),
            "either": _("The file does not show it clearly: every date could be read both ways, or they contradict."),
        }
        return sentences[signs]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mapping = {field: int(cleaned[field]) for field in FIELDS if cleaned.get(field)}
        if {"first_name", "last_name"} <= mapping.keys():
            mapping.pop("name", None)
        else:
            mapping = {field: column for field, column in mapping.items() if field not in {"first_name", "last_name"}}
        if "email" not in mapping:
            self.add_error("email", _("Say which column holds the e-mail: people sign in with it."))
        if "name" not in mapping and "first_name" not in mapping:
            self.add_error("name", _("Say which column holds the name, or name both first and last name."))
        self.cleaned_data["mapping"] = mapping
        cleaned["day_first"] = self._day_first(mapping, cleaned.get("order", ""))
        return cleaned

    def _day_first(self, mapping: dict[str, int], order: str) -> bool | None:
        shown = order or order_of_days(self.run, [mapping[field] for field in DATED if field in mapping])
        if shown == "either":
            self.add_error(
                "order", ValidationError(_("Say which comes first: the file does not show it."), "ambiguous")
            )
            return None
        return {"day": True, "month": False}.get(shown)

    def choices(self) -> dict[str, Any]:
        """What people.rules.imports.check() takes beside the mapping."""
        return {name: self.cleaned_data[name] for name in ("day_first", "found_places", "complete", "leaving_on")}


class InviteForm(forms.Form):
    """Whom of an import to let in: `everybody`, or the ticked ones."""

    everybody = forms.BooleanField(required=False)
    who: "forms.ModelMultipleChoiceField[Employee]" = forms.ModelMultipleChoiceField(None, required=False)

    def __init__(self, *args: Any, newcomers: EmployeeQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newcomers = newcomers
        cast(forms.ModelMultipleChoiceField, self.fields["who"]).queryset = newcomers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not (cleaned.get("everybody") or cleaned.get("who")):
            self.add_error(None, ValidationError(_("Tick whom to invite, or invite all of them."), "nobody"))
        return cleaned

    def chosen(self) -> EmployeeQuerySet:
        ticked: EmployeeQuerySet = self.cleaned_data["who"]
        return self.newcomers.filter(invited_at=None) if self.cleaned_data["everybody"] else ticked
