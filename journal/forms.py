"""What the journal is asked for. Nonsense in an address narrows nothing and says so beside the field."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.words import THINGS
from web.fields import DateField, PersonField


class SearchForm(forms.Form):
    person = PersonField(label=_("Somebody: by them or about them"), required=False)
    sort = forms.ChoiceField(label=_("Sort of thing"), required=False)
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("To"), required=False)

    def __init__(self, data: Any, *, people: QuerySet[Any], sorts: list[str]) -> None:
        super().__init__(data)
        field = self.fields["person"]
        assert isinstance(field, PersonField)  # noqa: S101 for the checker
        field.queryset = people
        choice = self.fields["sort"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 for the checker
        choice.choices = [("", _("Everything")), *((label, THINGS[label]) for label in sorts)]
        for name, bound in self.fields.items():
            bound.widget.attrs["class"] = "form-select" if name == "sort" else "form-control"

    def asked(self) -> dict[str, Any]:
        """What can be read of it, as keywords of a search: person, label, since and until (moments, aware)."""
        self.is_valid()
        said = self.cleaned_data
        since, until = said.get("since"), said.get("until")
        return {
            "person": said.get("person"),
            "label": said.get("sort") or "",
            "since": _midnight(since) if since else None,
            "until": _midnight(until + timedelta(days=1)) if until and until.year < 9999 else None,
        }


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
