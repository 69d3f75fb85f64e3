import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jobs.forms.parts import Said
from jobs.models import DescriptionFile
from jobs.rules.imports import FIELDS, REQUIRED
from web.uploads import UploadField


class FileForm(Said):
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    file = UploadField(
        label=_("File"),
        help_text=_("CSV or XLSX with a row of headings: description, clause, class. Up to 5,000 clauses."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx", "class": "form-control"}),
        error_messages={"required": _("Choose the file first."), "empty": _("The file is empty.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["uuid"] = uuid.uuid4()


class ColumnsForm(Said):
    """Which column holds what."""

    def __init__(self, *args: Any, run: DescriptionFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [("", _("Not in the file")), *((str(n), name or f"({n + 1})") for n, name in enumerate(run.header))]
        for name, label in FIELDS.items():
            guessed = run.mapping.get(name)
            field = forms.ChoiceField(label=label, choices=columns, required=False)
            field.initial = "" if guessed is None else str(guessed)
            field.widget.attrs["class"] = "form-select"
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in REQUIRED:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("Say which column holds this."), "unmapped"))
        return cleaned

    def mapping(self) -> dict[str, int]:
        return {name: int(column) for name, column in self.cleaned_data.items() if column}
