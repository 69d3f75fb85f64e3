"""The catalogue's two forms: what one looks for, and an idea with its mechanics."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from goals.forms.parameters import field_for, name_of, typed
from goals.forms.wording import WordingInput
from goals.ideas import spoken
from goals.measures import Measure
from goals.models import Idea
from goals.rules.catalogue import places_for
from people.models import Employee
from web.fields import VersionField

COSTS = [("free", _("Free")), ("paid", _("Paid for"))]
TIMES = [("hour", _("Up to an hour")), ("half", _("Up to half a day")), ("day", _("Up to a day")), ("year", _("More"))]
HOURS = [("hour", Decimal(1)), ("half", Decimal(4)), ("day", Decimal(8))]


@dataclass(frozen=True)
class Shown:
    """One idea as the catalogue shows it. words: in the reader's language (goals.ideas.SPOKEN)."""

    idea: Idea
    words: dict[str, str]

    @classmethod
    def of(cls, idea: Idea) -> "Shown":
        return cls(idea, spoken(idea))

    @property
    def effort(self) -> str:
        return self.idea.effort

    @property
    def way(self) -> str:
        return self.idea.way

    @property
    def cost(self) -> str:
        if self.idea.effort == Idea.Effort.OWN:
            return ""
        return "paid" if self.idea.budget_cents or self.idea.cost else "free"

    @property
    def time(self) -> str:
        if self.idea.hours is None:
            return ""
        return next((name for name, most in HOURS if self.idea.hours <= most), "year")

    def says(self, words: list[str]) -> bool:
        text = " ".join([*self.words.values(), str(self.idea.department or "")]).casefold()
        return all(word in text for word in words)


class CatalogueForm(forms.Form):
    """What one looks for. Nothing ticked in a group is all of it; nonsense in an address narrows nothing."""

    q = forms.CharField(label=_("Search"), max_length=100, required=False)
    effort = forms.MultipleChoiceField(label=_("Effort"), required=False, choices=Idea.Effort.choices[:3])
    way = forms.MultipleChoiceField(label=_("Way"), required=False, choices=Idea.Way.choices)
    cost = forms.MultipleChoiceField(label=_("Cost"), required=False, choices=COSTS)
    time = forms.MultipleChoiceField(label=_("Time"), required=False, choices=TIMES)

    GROUPS = ("effort", "way", "cost", "time")

    def narrow(self, ideas: Sequence[Shown]) -> list[Shown]:
        """The ideas asked for; your own idea fits every effort, way, cost and time."""
        self.is_valid()
        words = self.cleaned_data.get("q", "").casefold().split()[:6]
        wanted = {name: self.cleaned_data.get(name) or [] for name in self.GROUPS}
        return [one for one in ideas if one.says(words) and all(_fits(one, *group) for group in wanted.items())]

    def facets(self, ideas: Sequence[Shown]) -> list[tuple[Any, list[tuple[str, Any, int, bool]]]]:
        """For each group its label and (value, label, how many ideas have it, whether it is ticked)."""
        groups = []
        for name in self.GROUPS:
            field = cast(forms.MultipleChoiceField, self.fields[name])
            ticked = set(self.cleaned_data.get(name) or [])
            counts = [getattr(one, name) for one in ideas]
            choices = cast(list[tuple[str, Any]], field.choices)
            rows = [(value, label, counts.count(value), value in ticked) for value, label in choices]
            groups.append((self[name], rows))
        return groups


def _fits(one: Shown, name: str, wanted: list[str]) -> bool:
    return not wanted or one.effort == Idea.Effort.OWN or getattr(one, name) in wanted


class IdeaForm(forms.ModelForm):
    """An idea of one measure: its words, what it costs and takes, and how it is counted."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    behaviour = forms.CharField(
        label=_("What a camera would see"),
        help_text=_("Who does what, with whom, how often, by when. The goal starts with it."),
        max_length=300,
        widget=WordingInput(attrs={"rows": 3}),
    )
    budget = forms.DecimalField(
        label=_("Paid for, up to"), required=False, min_value=0, max_value=10_000, max_digits=7, decimal_places=2,
        help_text=_("Such as 20.00; empty if nothing is."),
    )  # fmt: skip
    version = VersionField()

    class Meta:
        model = Idea
        fields = [
            "title", "what", "behaviour", "stands_for", "department", "effort", "way", "hours", "time", "is_offered",
        ]  # fmt: skip
        labels = {"title": _("Idea"), "what": _("In a sentence"), "stands_for": _("What it stands for")}
        help_texts = {
            "title": _("A few words that begin with a verb."),
            "stands_for": _("What is better once it is done."),
            "time": _("Such as: monthly, 2 × 2 hours."),
            "is_offered": _("Without the tick it leaves the catalogue; goals made of it stay."),
        }

    def __init__(self, *args: Any, user: Employee, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.measure = user, measure
        self.fields["uuid"].initial = self.instance.uuid if self.instance.pk else uuid.uuid4()
        self.fields["version"].initial = self.instance.version
        self.fields["budget"].initial = Decimal(self.instance.budget_cents) / 100 or None
        self._narrow_choices(user)
        for parameter in measure.parameters:
            self.fields[name_of(parameter)] = field_for(parameter, self.instance.parameters.get(parameter.name))
        if not self.instance.pk:
            del self.fields["version"], self.fields["is_offered"]
        self.helper = self._helper()

    def _narrow_choices(self, user: Employee) -> None:
        department = cast(forms.ModelChoiceField, self.fields["department"])
        department.queryset = places_for(user, besides=self.instance.department)
        department.required = not user.is_hr_administrator
        department.label, department.empty_label = _("For"), _("Everybody") if user.is_hr_administrator else "–"
        is_own = self.instance.effort == Idea.Effort.OWN  # "your own idea", in which everything is still open
        cast(forms.ChoiceField, self.fields["effort"]).choices = Idea.Effort.choices[3 if is_own else 0 :][:3]
        self.fields["behaviour"].required = not is_own
        cast(forms.ChoiceField, self.fields["way"]).choices = Idea.Way.choices

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        days = [name_of(one) for one in self.measure.parameters if one.sort == "day"]
        counted = [name_of(one) for one in self.measure.parameters if one.sort != "day"]
        helper.layout = Layout(
            "title", "what", "behaviour", "stands_for",
            Row(Column("effort"), Column("way"), Column("department")),
            Row(Column("hours"), Column("time"), Column("budget")),
            *counted, Row(*(Column(name) for name in days)), "uuid",
        )  # fmt: skip
        helper.layout.extend(name for name in ("is_offered", "version") if name in self.fields)
        return helper

    def parameters(self) -> dict[str, Any]:
        return typed(self.measure, self.cleaned_data)

    def said(self) -> dict[str, Any]:
        """The idea's own fields as rules.catalogue takes them."""
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        return fields | {"budget_cents": int((self.cleaned_data["budget"] or 0) * 100), "measure": self.measure.kind}

    def anew(self, row: Idea) -> "IdeaForm":
        return type(self)(instance=row, user=self.user, measure=self.measure)
