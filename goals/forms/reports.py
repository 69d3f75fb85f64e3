"""One step, on a telephone: what, when, with whom, share the name; everything else is behind "add"."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.models import Contact, Goal
from goals.rules.notebook import Met
from journal import clock
from people.models import Department, Employee
from people.text import one_line
from web.fields import ADDRESS, DateField, VersionField
from web.uploads import EvidenceField
from web.widgets import PersonInput

AGAIN = gettext_lazy("Save once more; the form has been made anew.")


class StepForm(forms.Form):
    """The step itself; the people met are MetForms beside it."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), AGAIN))
    what = forms.CharField(required=False, max_length=1000)
    happened_on = DateField(label=gettext_lazy("When"))
    evidence = EvidenceField(label=gettext_lazy("Photo or PDF"), required=False)

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        kwargs["initial"] = {"uuid": uuid4(), "happened_on": clock.today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.goal, self.asks = goal, goal.counting.asks
        self.fields["what"].label = self._what()

    @property
    def key(self) -> UUID:
        """The uuid that the step will have: as sent, or a new one where that cannot be read."""
        sent = getattr(self, "cleaned_data", {}).get("uuid")
        return sent if isinstance(sent, UUID) else uuid4()

    def _what(self) -> str:
        if "event" in self.asks:
            return _("Which event")
        if self.goal.parameters.get("needs"):
            return _("Which need was heard")
        return _("What you did")


class EditForm(StepForm):
    version = VersionField()
    drop_evidence = forms.BooleanField(label=gettext_lazy("Take the photo or file away"), required=False)

    def changes(self) -> dict[str, Any]:
        """What reporting.revise() is to write."""
        said = self.cleaned_data
        fields = {"happened_on": said["happened_on"], "what": said["what"]}
        if said["evidence"] or said["drop_evidence"]:
            fields["evidence"] = said["evidence"] or ""
        return fields


class AskForm(forms.Form):
    """The manager's question, or the owner's answer."""

    words = forms.CharField(max_length=2000, error_messages={"required": gettext_lazy("Write a sentence.")})


class NoteForm(forms.Form):
    version = VersionField()
    notes = forms.CharField(label=gettext_lazy("Notes"), required=False, max_length=10_000, widget=forms.Textarea)


class MetForm(forms.Form):
    """Somebody met: a colleague found by name, or department and job title. Cleans to a Met, or None if empty."""

    who = forms.CharField(
        label=gettext_lazy("With whom"), required=False, max_length=200, widget=PersonInput, validators=[one_line]
    )
    shares_name = forms.BooleanField(label=gettext_lazy("Share the name"), required=False)
    department: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=gettext_lazy("Department"), required=False, empty_label=gettext_lazy("Choose")
    )
    job_title = forms.CharField(label=gettext_lazy("Job title"), required=False, max_length=120, validators=[one_line])
    earlier: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=gettext_lazy("The same person as before"), required=False, to_field_name="uuid"
    )
    notes = forms.CharField(label=gettext_lazy("Note for your notebook"), required=False, max_length=2000)
    leave_out = forms.BooleanField(label=gettext_lazy("Leave this person out"), required=False)

    def __init__(self, *args: Any, goal: Goal, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goal, self.user = goal, user
        cast(forms.ModelChoiceField, self.fields["department"]).queryset = Department.objects.visible_to(user)
        mine = Contact.objects.visible_to(user).select_related("department")
        cast(forms.ModelChoiceField, self.fields["earlier"]).queryset = mine

    @property
    def is_needed(self) -> bool:
        """Whether a step of this goal is nothing without a person."""
        return self.goal.measure == "people"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["met"] = None
        if self.errors or said["leave_out"]:
            return said
        employee, name = self._found(said["who"].strip(), said["department"])
        earlier = said["earlier"]
        place = employee or earlier
        department = place.department if place and not said["department"] else said["department"]
        job_title = said["job_title"] or (place.job_title if place else "")
        if any([employee, name, earlier, department, job_title]):
            if not employee and not department and self.goal.parameters.get("elsewhere"):
                self.add_error("department", _("Name the department; it decides whether this counts."))
            said["met"] = Met(employee, name, department, job_title, said["shares_name"], earlier, said["notes"])
        elif said["notes"] or said["shares_name"]:
            self.add_error("who", _("Say whom you met: a name, or department and job title."))
        return said

    def _found(self, text: str, department: Department | None) -> tuple[Employee | None, str]:
        """(the colleague meant, "") or (None, the name for the notebook)."""
        if not text:
            return None, ""
        people = Employee.objects.visible_to(self.user)
        if address := ADDRESS.search(text):
            found = list(people.filter(email=address[0].lower()).select_related("department")[:1])
            if not found:
                self.add_error("who", _("Nobody here has this e-mail address. Write the name alone."))
            return (found[0], "") if found else (None, "")
        found = list(people.filter(name__iexact=text).select_related("department")[:20])
        if len(found) > 1 and department:
            found = [one for one in found if one.department_id == department.pk]
        if len(found) > 1:
            raise ValidationError({"who": _("Several people have this name. Choose one, or name the department.")})
        return (found[0], "") if found else (None, text)


def are_valid(step: StepForm, people: Sequence[MetForm]) -> bool:
    """Whether a whole step may be saved; where a goal is nothing without a person, that is said beside the name."""
    valid = all([step.is_valid(), *(one.is_valid() for one in people)])
    if valid and people and people[0].is_needed and not people_of(people):
        people[0].add_error("who", _("Say whom you met: a name, or department and job title."))
        return False
    return valid


def people_of(people: Sequence[MetForm]) -> list[Met]:
    """The people of a whole step; those left empty are nobody."""
    return [form.cleaned_data["met"] for form in people if form.cleaned_data.get("met")]
