"""The words of a goal: one form to write, propose and change it, one for a sentence, one for what is missing."""

import uuid
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.forms.parameters import field_for, name_of, typed
from goals.forms.wording import WordingInput
from goals.measures import Measure
from goals.models import Goal
from goals.starters import STARTERS
from jobs.models import Clause
from people.models import Employee
from web.fields import DateField, VersionField


class ClauseField(forms.ModelChoiceField):
    """One of the clauses in force for somebody; give it them with covering()."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, **kwargs)

    def of(self, owner: Employee) -> None:
        clauses = Clause.objects.visible_to(owner).covering(owner)
        self.queryset = clauses.filter(state=Clause.State.APPROVED)

    def label_from_instance(self, clause: Clause) -> str:
        return gettext("Clause %(number)s: %(text)s") % {"number": clause.position, "text": clause}


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
    clause = ClauseField(label=_("It rests on"), empty_label=_("No clause yet: it stays a draft"))
    due_on = DateField(label=_("By"), required=False, help_text=_("Empty: the last day on which a step can count."))
    words = forms.CharField(
        label=_("Why it should change"), max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, data: Any, *, owner: Employee, measure: Measure, start: dict[str, Any], asks: bool = False
    ) -> None:
        super().__init__(data, initial=start)
        self.measure = measure
        cast(ClauseField, self.fields["clause"]).of(owner)
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
        self.helper = self._helper()

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        asked = list(self.measure.parameters)
        short = [name_of(one) for one in asked if one.sort in ("whole", "day", "line")]
        long = [name_of(one) for one in asked if one.sort in ("flag", "days")]
        pairs = [Row(*(Column(name) for name in short[n : n + 2])) for n in range(0, len(short), 2)]
        starter = [name for name in ("starter",) if name in self.fields]
        rest = [name for name in ("words", "uuid", "version") if name in self.fields]
        helper.layout = Layout(
            "behaviour",
            "details",
            *pairs,
            *long,
            Row(Column("due_on"), Column("stands_for")),
            "because",
            *starter,
            "clause",
            *rest,
        )
        return helper

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
    clause = ClauseField()

    def __init__(self, data: Any, *, goal: Goal) -> None:
        super().__init__(data)
        cast(ClauseField, self.fields["clause"]).of(goal.owner)

    def reason(self) -> str:
        return reason_of(self.cleaned_data)


def reason_of(cleaned: dict[str, Any]) -> str:
    """The starter that was chosen and what was written, one below the other."""
    starter, own = cleaned.get("starter"), cleaned["because"].strip()
    return "\n".join(filter(None, [str(STARTERS[int(starter)]) if starter else "", own]))
