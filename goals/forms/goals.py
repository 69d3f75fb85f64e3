"""The words of a goal: one form to write, propose and change it, one for a sentence, one for what is missing."""

import uuid
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.forms.parameters import field_for, name_of, typed
from goals.forms.wording import WordingInput
from goals.measures import Measure
from goals.models import Goal
from goals.rules.clauses import covering, fitting
from goals.starters import STARTERS
from jobs.models import Clause
from people.models import Employee
from web.fields import DateField, VersionField

SHAPES = {"Select": "form-select", "CheckboxInput": "form-check-input"}


class ClauseField(forms.ChoiceField):
    """One of the clauses that are in force for somebody, as of() finds them; cleans to the clause or None."""

    clauses: dict[str, Clause]

    def of(self, owner: Employee) -> None:
        self.clauses = {str(clause.pk): clause for clause in covering([owner])[owner.pk]}
        named = gettext("Clause %(number)s: %(text)s")
        found = [(pk, named % {"number": one.position, "text": one}) for pk, one in self.clauses.items()]
        self.choices = [("", gettext("No clause yet: it stays a draft")), *found]

    def clean(self, value: Any) -> Any:
        return self.clauses.get(super().clean(value))


class GoalForm(forms.Form):
    """What a goal says. start: what it holds now (`parameters` by name); asks: for a change of one both agreed on."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = VersionField()
    behaviour = forms.CharField(
        label=_("What would a camera see?"),
        help_text=_("Who does what, with whom, how often, by when."),
        max_length=300,
        widget=WordingInput(attrs={"rows": 2}),
    )
    details = forms.CharField(
        label=_("How it is done"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    stands_for = forms.CharField(label=_("What it stands for"), max_length=200, required=False)
    because = forms.CharField(
        label=_("Because"),
        help_text=_("The business reason. It can be added later; nobody can agree before it is there."),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    starter = forms.ChoiceField(
        label=_("Or start from one of these"),
        required=False,
        choices=[("", _("In my own words")), *((str(n), text) for n, text in enumerate(STARTERS))],
    )
    clause = ClauseField(label=_("It rests on"), required=False)
    due_on = DateField(label=_("By"), required=False, help_text=_("Empty: the last day on which a step can count."))
    words = forms.CharField(
        label=_("Why it should change"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, data: Any, *, owner: Employee, measure: Measure, start: dict[str, Any], asks: bool = False
    ) -> None:
        super().__init__(data, initial=start)
        self.measure = measure
        clause = cast(ClauseField, self.fields["clause"])
        clause.of(owner)
        if "clause" not in start and (resting := fitting(list(clause.clauses.values()))):
            clause.initial = resting.pk
        self.fields["uuid"].initial = uuid.uuid4()
        for parameter in measure.parameters:
            held = start.get("parameters", {}).get(parameter.name)
            self.fields[name_of(parameter)] = field_for(parameter, held)
        if "version" not in start:
            del self.fields["version"]
        if start.get("because"):
            del self.fields["starter"]
        if not asks:
            del self.fields["words"]
        for name, field in self.fields.items():
            shape = field.widget.__class__.__name__
            field.widget.attrs["class"] = SHAPES.get(shape, "form-control") + (
                " is-invalid" if name in self.errors else ""
            )

    def lines(self) -> list[list[forms.BoundField]]:
        """The fields in the order of the page; those that are short stand beside each other."""
        asked = list(self.measure.parameters)
        short = [name_of(one) for one in asked if one.sort in ("whole", "day", "line")]
        long = [name_of(one) for one in asked if one.sort in ("flag", "days")]
        pairs = [short[n : n + 2] for n in range(0, len(short), 2)]
        rest = [[name] for name in (*long, "because", "starter", "clause", "words") if name in self.fields]
        rows = [["behaviour"], ["details"], *pairs, ["due_on", "stands_for"], *rest]
        return [[self[name] for name in row] for row in rows]

    def said(self) -> dict[str, Any]:
        """What was typed, as goals.rules.revising takes it."""
        names = ("behaviour", "details", "stands_for", "because", "clause", "due_on")
        fields = {name: self.cleaned_data[name] for name in names}
        fields["because"] = reason_of(self.cleaned_data)
        return fields | {"measure": self.measure.kind, "parameters": typed(self.measure, self.cleaned_data)}


class WordsForm(forms.Form):
    """A sentence that goes with a deed, and the version of the goal it was said about."""

    words = forms.CharField(
        max_length=2_000, required=False, error_messages={"max_length": _("Use at most 2000 characters.")}
    )
    version = forms.IntegerField(min_value=0, max_value=2_147_483_647, required=False)
    uuid = forms.UUIDField(required=False)


class CompleteForm(forms.Form):
    """The reason or the clause that a goal lacks."""

    starter = forms.ChoiceField(
        required=False, choices=[("", ""), *((str(n), text) for n, text in enumerate(STARTERS))]
    )
    because = forms.CharField(max_length=4_000, required=False)
    clause = ClauseField(required=False)

    def __init__(self, data: Any, *, goal: Goal) -> None:
        super().__init__(data)
        cast(ClauseField, self.fields["clause"]).of(goal.owner)

    def reason(self) -> str:
        return reason_of(self.cleaned_data)


def reason_of(cleaned: dict[str, Any]) -> str:
    """The starter that was chosen and what was written, one below the other."""
    starter, own = cleaned.get("starter"), cleaned["because"].strip()
    return "\n".join(filter(None, [str(STARTERS[int(starter)]) if starter else "", own]))
