import uuid
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict  # noqa: TID251 what a form is made of
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.ideas import spoken
from goals.measures import CHOICES
from goals.models import Idea
from goals.rules.offering import MOST, of_idea
from goals.starters import STARTERS
from people.models import Employee
from web.fields import DateField


class OfferForm(forms.Form):
    """One screen for a whole team: who, which ideas or which words of one's own, and why.

    `laid` names the ideas that are offered to the one person already: what is not ticked then is taken off. `seen`
    carries the keys of those goals, as the page showed them.
    """

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    people = forms.MultipleChoiceField(
        error_messages={"required": gettext_lazy("Choose at least one person.")}, widget=forms.CheckboxSelectMultiple
    )
    seen = forms.RegexField(r"[0-9]{1,18}(?:,[0-9]{1,18}){0,9}", required=False, widget=forms.HiddenInput)
    ideas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    behaviour = forms.CharField(
        label=gettext_lazy("Or in your own words: what would a camera see?"),
        help_text=gettext_lazy("Who does what, with whom, how often, by when."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    measure = forms.ChoiceField(label=gettext_lazy("How it is counted"), choices=CHOICES, required=False)
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=100, required=False, initial=1)
    starter = forms.ChoiceField(label=gettext_lazy("Because"), required=False)
    because = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = DateField(label=gettext_lazy("By"), required=False)

    def __init__(
        self, *args: Any, user: Employee, directs: Iterable[Employee], laid: frozenset[int] = frozenset(), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.laid = laid
        self.offered = list(Idea.objects.visible_to(user).offered().exclude(effort=Idea.Effort.OWN))
        self.words = {idea.pk: spoken(idea) for idea in self.offered}
        choices = {
            "people": [(str(direct.pk), direct.name) for direct in directs],
            "ideas": [(str(idea.pk), self.words[idea.pk]["title"]) for idea in self.offered],
            "starter": [("", gettext_lazy("Choose a reason to start from")), *enumerate(STARTERS, start=1)],
        }
        for name, values in choices.items():
            field: Any = self.fields[name]
            field.choices = values
        self.fields["uuid"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        number = len(cleaned.get("ideas", [])) + bool(cleaned.get("behaviour"))
        if not number and "behaviour" not in self.errors and "ideas" not in self.errors:
            self.add_error("ideas", _("Choose an idea, or write one below."))
        if number > MOST:
            sentence = _("A shortlist holds at most five goals; you chose %(number)s.") % {"number": number}
            self.add_error("ideas", sentence)
        return cleaned

    def seen_goals(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["seen"].split(",") if key]

    def with_seen(self, seen: str) -> QueryDict:
        """What was typed, with what is there now."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = seen
        return data

    def reason(self) -> str:
        starter = self.cleaned_data["starter"]
        own: str = self.cleaned_data["because"].strip()
        return "\n".join(filter(None, [str(STARTERS[int(starter) - 1]) if starter else "", own]))

    def goals(self) -> list[dict[str, Any]]:
        """What is offered, as goals.rules.offering.offer() takes it."""
        wanted, due_on = set(self.cleaned_data["ideas"]), self.cleaned_data["due_on"]
        found = [of_idea(idea, self.reason()) for idea in self.offered if str(idea.pk) in wanted]
        if self.cleaned_data["behaviour"]:
            own = {"behaviour": self.cleaned_data["behaviour"], "because": self.reason()}
            count = {"count": self.cleaned_data["count"] or 1}
            found.append(own | {"measure": self.cleaned_data["measure"] or "steps", "parameters": count})
        return [fields | {"due_on": due_on} for fields in found]

    def rows(self) -> list[dict[str, Any]]:
        """The ideas as the page lists them, the ticked ones marked."""
        ticked = {str(value) for value in self["ideas"].value() or []}
        return [
            {"idea": idea, "words": self.words[idea.pk], "is_ticked": str(idea.pk) in ticked} for idea in self.offered
        ]
