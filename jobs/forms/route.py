"""The small forms along the route: a word with a move, the day of publication, who does the job, a comment."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from jobs.forms.parts import Said, long_text
from people.models import Employee
from web.fields import DateField, PersonField


class MoveForm(Said):
    """What is said with a move."""

    words = long_text(_("In your words"), rows=2)


class PublishForm(Said):
    """From which day a version is in force."""

    from_on = DateField(label=_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].widget.attrs["class"] = "form-control"


class CommentForm(Said):
    """What somebody says on a clause."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    words = long_text(_("Your comment"), rows=2)


class AnswerForm(Said):
    """The manager's answer to a comment."""

    answer = long_text(_("Your answer"), rows=3)


class AssignForm(Said):
    """Who does a job from which day on."""

    employee = PersonField(label=_("Who"), help_text=_("Name or e-mail."))
    from_on = DateField(label=_("From"))

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["employee"]).queryset = Employee.objects.visible_to(user)
        self.fields["employee"].error_messages["required"] = _("Name who does this job.")
        self.fields["from_on"].error_messages["required"] = _("Say from which day.")
        for name in self.fields:
            self.fields[name].widget.attrs["class"] = "form-control"


class ReleaseForm(Said):
    """The first day on which somebody does not do a job any more."""

    from_on = DateField(label=_("First day without it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].widget.attrs["class"] = "form-control"


class ListForm(forms.Form):
    """What the list of descriptions is asked for. Nonsense in an address narrows nothing."""

    q = forms.CharField(label=_("Title"), max_length=100, required=False)

    def narrow(self, descriptions: Any) -> Any:
        if not self.is_valid():
            return descriptions.none() if "q" in self.errors else descriptions
        words = self.cleaned_data["q"].split()[:5]
        for word in words:
            descriptions = descriptions.filter(title__icontains=word)
        return descriptions
