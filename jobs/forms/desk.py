"""HR's desk: one ruling, the manager's answer to it, the list of grounds, and what the queue is narrowed to."""

from typing import Any, cast

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from jobs.forms.drafts import LONGEST_CLAUSE
from jobs.forms.parts import Said, long_text
from jobs.library import STARTERS
from jobs.models import Clause, Ground, Ruling
from jobs.querysets import ClauseQuerySet
from people.models import Department, Employee
from people.text import one_line
from web.fields import VersionField


class RulingForm(Said):
    """HR's decision on one clause."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    version = VersionField()
    verdict = forms.ChoiceField(label=_("Ruling"), widget=forms.RadioSelect, required=False)
    wording = long_text(_("Wording"), rows=3, limit=LONGEST_CLAUSE)
    ground: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("Ground"), required=False, empty_label=_("Choose a ground")
    )
    words = long_text(_("Why"), rows=3)

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.initial.get("version")
        choices = {
            Ruling.Verdict.APPROVED: _("Approve"),
            Ruling.Verdict.CHANGED: _("Approve with changed wording (both stay visible)"),
            Ruling.Verdict.QUESTION: _("Send back with a question"),
            Ruling.Verdict.REFUSED: _("Refuse with a ground"),
        }
        cast(forms.ChoiceField, self.fields["verdict"]).choices = list(choices.items())
        cast(forms.ModelChoiceField, self.fields["ground"]).queryset = Ground.objects.visible_to(user).offered()
        self.fields["verdict"].widget.attrs["class"] = "form-check-input"
        self.fields["ground"].widget.attrs["class"] = "form-select"
        self.fields["wording"].widget.attrs["class"] = "form-control record"

    def said(self) -> dict[str, Any]:
        """What jobs.rules.ruling.rule() takes beside the verdict; a ground only where it is refused."""
        said = self.cleaned_data
        refused = said["verdict"] == Ruling.Verdict.REFUSED
        taken = {"seen": said["version"], "words": said["words"], "wording": said["wording"], "uuid": said["uuid"]}
        return taken | {"ground": said["ground"] if refused else None}


class ObjectionForm(Said):
    """The manager's answer to a question or a refusal, with other words for the clause if they like."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    words = long_text(_("Your answer"), rows=5)
    wording = long_text(_("Wording you propose now"), rows=3, limit=LONGEST_CLAUSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wording"].widget.attrs["class"] = "form-control record"

    def begun_with(self, key: str) -> "ObjectionForm":
        """The same form, unsent, with one of the four starters below what was typed."""
        starter = next((str(one.text) for one in STARTERS if one.key == key), "")
        typed = str(self["words"].value() or "").rstrip()
        said = {name: self[name].value() for name in self.fields}
        return ObjectionForm(initial=said | {"words": "\n\n".join(part for part in (typed, starter) if part)})


class GroundForm(Said):
    """One more ground."""

    text = forms.CharField(label=_("A further ground"), max_length=120, validators=[one_line])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["class"] = "form-control"
        self.fields["text"].error_messages["required"] = _("Write the ground in a few words.")


class QueueForm(forms.Form):
    """What HR's queue is narrowed to. Nonsense in an address narrows nothing."""

    department: forms.ModelChoiceField = forms.ModelChoiceField(None, label=_("Department"), required=False)
    kind = forms.ChoiceField(label=_("Class"), required=False)

    def __init__(self, data: Any, *, user: Employee) -> None:
        super().__init__(data)
        mine = Department.objects.visible_to(user).in_part_of(user)
        cast(forms.ModelChoiceField, self.fields["department"]).queryset = mine
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", _("All classes")), *Clause.Kind.choices]
        self.fields["kind"].widget.attrs["class"] = "form-select"
        self.departments = mine

    def options(self) -> str:
        """The departments of the select, escaped. Django's widget renders a template for each of them: for 400 of them
        twice the cost of the rest of the page."""
        chosen = self.data.get("department", "")
        rows = self.departments.order_by("name", "pk").values_list("pk", "name")
        parts = ((str(pk), " selected" if str(pk) == chosen else "", name) for pk, name in rows)
        return format_html_join("", '<option value="{}"{}>{}</option>', parts)

    def narrow(self, clauses: ClauseQuerySet) -> ClauseQuerySet:
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("department"):
            inside = asked["department"].lines_down.values("below")
            clauses = clauses.filter(version__description__department__in=inside)
        return clauses.filter(kind=asked["kind"]) if asked.get("kind") else clauses

    def asked(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.data.items() if name in self.fields and value}
