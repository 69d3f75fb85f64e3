import uuid
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import Story, TeamCase
from people.models import Department, Employee
from web.fields import PersonField, VersionField

PEOPLE = ("first", "second", "third")


class CaseForm(forms.ModelForm):
    """What the manager adds to the figures: words, and which reasons stand on the page."""

    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From the goals of your team. Those you tick stand on the page in these words."),
    )
    version = VersionField()

    class Meta:
        model = TeamCase
        fields = ["words", "reasons"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"words": _("Why your team does this, and what it has brought. No names.")}

    def __init__(self, *args: Any, reasons: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [reason for reason in self.instance.reasons if reason not in reasons]
        self.choosable = [*kept, *reasons]
        cast(forms.MultipleChoiceField, self.fields["reasons"]).choices = [(one, one) for one in self.choosable]
        if not self.choosable:
            del self.fields["reasons"]
        self.fields["version"].initial = self.instance.version
        self.helper = FormHelper()
        self.helper.form_tag = False

    def said(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"], "reasons": self.cleaned_data.get("reasons", [])}

    def anew(self, row: TeamCase) -> "CaseForm":
        return type(self)(instance=row, reasons=self.choosable)


class StoryForm(forms.ModelForm):
    """Which contact solved which problem, who is in it, and whether the page names them."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    first = PersonField(
        label=_("Who is in it"),
        required=False,
        help_text=_("Each is asked; without a yes of all of them it is not told."),
    )
    second = PersonField(label=_("And"), required=False)
    third = PersonField(label=_("And"), required=False)
    version = VersionField()

    class Meta:
        model = Story
        fields = ["words", "department", "shows_names"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "words": _("Two or three sentences: what was stuck, whom somebody knew, what came of it."),
            "shows_names": _("Without the tick the page names nobody."),
        }

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["uuid"].initial = self.instance.uuid if self.instance.pk else uuid.uuid4()
        self.fields["version"].initial = self.instance.version
        department = cast(forms.ModelChoiceField, self.fields["department"])
        department.queryset, department.empty_label = Department.objects.visible_to(user), _("Not said")
        named = [one.employee for one in self.instance.named.all()] if self.instance.pk else []
        for place, name in enumerate(PEOPLE):
            field = cast(PersonField, self.fields[name])
            field.queryset = Employee.objects.visible_to(user)
            field.initial = named[place].pk if place < len(named) else None
        if not self.instance.pk:
            del self.fields["version"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        people = Row(*(Column(name) for name in PEOPLE))
        self.helper.layout = Layout("words", "department", people, "shows_names", "uuid")
        if "version" in self.fields:
            self.helper.layout.append("version")

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def people(self) -> list[Employee]:
        found = [self.cleaned_data[name] for name in PEOPLE if self.cleaned_data.get(name)]
        return list(dict.fromkeys(person for person in found if person != self.user))

    def anew(self, row: Story) -> "StoryForm":
        return type(self)(instance=row, user=self.user)
