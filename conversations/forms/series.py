from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conversations.forms.parts import KeyField, TimeField
from conversations.models import Series
from people.models import Employee
from web.fields import DateField, VersionField
from web.layout import without_tag

MISSING = {
    "weekday": _("Choose a weekday."),
    "at": _("Say at what time, as 10:30."),
    "minutes": _("Say how many minutes: 30 are usual."),
    "rhythm": _("Choose one of the rhythms."),
    "first_on": _("Say from which day on."),
}


class SeriesForm(forms.ModelForm):
    """When, how long, how often, where. What cannot be is said by the rule."""

    version = VersionField()
    at = TimeField(label=_("Time"), help_text=_("Stays the same on the wall all year."))
    minutes = forms.IntegerField(label=_("Minutes"), initial=30, help_text=_("A third for each part."))
    first_on = DateField(
        label=pgettext_lazy("day", "From"), help_text=_("The first one is on the first such weekday from then on.")
    )
    last_on = DateField(label=_("Until"), required=False, help_text=_("Empty: for as long as you work together."))

    class Meta:
        model = Series
        fields = ["weekday", "at", "minutes", "rhythm", "place", "first_on", "last_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["rhythm"].error_messages["invalid_choice"] = _("Choose one of the rhythms.")
        for name, sentence in MISSING.items():
            self.fields[name].error_messages["required"] = sentence
        self.helper = without_tag(*self.rows(), "version")

    def rows(self) -> list[Any]:
        return [
            Row(Column("weekday"), Column("at"), Column("minutes")),
            Row(Column("rhythm"), Column("place")),
            Row(Column("first_on"), Column("last_on")),
        ]

    def _post_clean(self) -> None:
        """Nothing is put into the instance: the rule writes, and the page goes on to show what stands."""


class NewSeriesForm(SeriesForm):
    """The same, with whom."""

    key = KeyField()
    direct: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label=_("With"),
        empty_label=_("Choose a person"),
        error_messages={
            "required": _("Choose one of your own directs."),
            "invalid_choice": _("Choose one of your own directs: not yourself, and nobody else’s."),
        },
    )

    field_order = ["direct"]

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        direct = cast(forms.ModelChoiceField, self.fields["direct"])
        direct.queryset = Employee.objects.visible_to(user).filter(manager=user).order_by("name", "pk")
        self.helper = without_tag("direct", *self.rows(), "key")


class MoveForm(forms.Form):
    """Another date for one of them."""

    on = DateField(label=_("New date"))
    at = TimeField(label=_("Time"))
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = without_tag(Row(Column("on"), Column("at")), "version")
