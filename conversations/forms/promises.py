from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conversations.forms.parts import KeyField, WordsField
from conversations.models import Action, OneOnOne
from people.models import Employee
from web.fields import DateField, VersionField
from web.layout import without_tag


class ActionForm(forms.Form):
    """Who does what by when; the manager may make it a promise."""

    key = KeyField()
    words = WordsField(_("What will be done?"), most=1_000)
    owner = forms.ChoiceField(label=_("Who"))
    due_on = DateField(label=pgettext_lazy("day", "By"))
    is_promise = forms.BooleanField(
        label=_("This is my promise"),
        required=False,
        help_text=_("A promise is kept, or repaired: it is never dropped in silence."),
    )

    def __init__(self, *args: Any, one: OneOnOne, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in (user, one.series.other(user))}
        owner = cast(forms.ChoiceField, self.fields["owner"])
        owner.choices = [(pk, person.name) for pk, person in self.people.items()]
        owner.error_messages["invalid_choice"] = owner.error_messages["required"] = _("One of you two.")
        self.fields["words"].error_messages["required"] = _("Say what will be done.")
        self.fields["due_on"].error_messages["required"] = _("Say by which day.")
        rows: list[Any] = ["words", Row(Column("owner"), Column("due_on"))]
        if user.pk != one.series.manager_id:
            del self.fields["is_promise"]
        else:
            rows.append("is_promise")
        self.helper = without_tag(*rows, "key")

    @property
    def kind(self) -> str:
        return Action.Kind.PROMISE if self.cleaned_data.get("is_promise") else Action.Kind.ACTION

    @property
    def chosen(self) -> Employee:
        return self.people[self.cleaned_data["owner"]]


class DateForm(forms.Form):
    """Another date."""

    due_on = DateField(label=_("New date"))
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = without_tag("due_on", "version")


class NewDateForm(forms.Form):
    """Another day for a promise, and why."""

    key = KeyField()
    due_on = DateField(label=_("New date"))
    words = WordsField(_("Why"), most=1_000, help_text=_("One sentence. It stays beside the day that was said first."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].error_messages["required"] = _("Say in a sentence why the day moves.")
        self.fields["due_on"].error_messages["required"] = _("Say by which day.")
        self.helper = without_tag("due_on", "words", "key")


class RepairForm(forms.Form):
    """Three boxes, all needed; none asks the other for a remedy."""

    key = KeyField()
    owned = WordsField(_("I own it"), help_text=_("What you promised and did not do, without a but."))
    learned = WordsField(_("What I learned"), help_text=_("What you do differently from now on."))
    amends = WordsField(_("How I mean to make it up"), help_text=_("What you will do for it yourself, and by when."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owned"].error_messages["required"] = _("Say what you promised and did not do, without a but.")
        self.fields["learned"].error_messages["required"] = _("Say what you do differently from now on, and why.")
        self.fields["amends"].error_messages["required"] = _("Say what you will do for it yourself, and by when.")
        self.helper = without_tag("owned", "learned", "amends", "key")


class AnswerForm(forms.Form):
    """A few words back."""

    answer = WordsField(_("Your answer"))

    def __init__(self, *args: Any, required: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].error_messages["required"] = required or _("Write a word or two.")
        self.helper = without_tag("answer")
