from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conversations.forms.parts import KeyField, WordsField
from web.fields import DateField, VersionField
from web.layout import without_tag


class CoachingForm(forms.Form):
    """Situation, choice, result."""

    key = KeyField()
    version = VersionField()
    situation = WordsField(_("Situation"), help_text=_("What happened, as a camera would have seen it."))
    choice = WordsField(_("Choice made"), help_text=_("What was done: a call instead of a formal e-mail."))
    result = WordsField(_("Result"), required=False, help_text=_("What came of it. Empty: still open."))

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version" if is_new else "key"]
        self.fields["situation"].error_messages["required"] = _("Say what happened, as a camera would have seen it.")
        self.fields["choice"].error_messages["required"] = _("Say what was done.")
        self.helper = without_tag("situation", "choice", "result", "key" if is_new else "version")

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("situation", "choice", "result")}


class FeedbackForm(forms.Form):
    """Behaviour, effect, next time."""

    key = KeyField()
    behaviour = WordsField(_("When you …"), rows=2, help_text=_("What you saw, once and with its day."))
    effect = WordsField(_("it led to …"), rows=2, help_text=_("What it did: time, quality, how somebody felt."))
    next_time = WordsField(
        _("Next time"), rows=2, required=False, help_text=_("“Keep it up” or what you would like instead.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behaviour"].error_messages["required"] = _("Say what you saw.")
        self.fields["effect"].error_messages["required"] = _("Say what it led to.")
        self.helper = without_tag("behaviour", "effect", "next_time", "key")

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("behaviour", "effect", "next_time")}


class AspirationForm(forms.Form):
    """Where one wants to go."""

    key = KeyField()
    version = VersionField()
    words = WordsField(_("Where do you want to go?"), help_text=_("A task, a certificate, another kind of day."))

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version" if is_new else "key"]
        self.fields["words"].error_messages["required"] = _("Write a sentence: it is yours alone until you share it.")
        self.helper = without_tag("words", "key" if is_new else "version")


class StepForm(forms.Form):
    """The manager's next helping step."""

    key = KeyField()
    words = WordsField(_("What will you do for it?"), rows=2, most=1_000)
    due_on = DateField(label=pgettext_lazy("day", "By"), help_text=_("Late, it comes to your next sheet."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].error_messages["required"] = _("Say what you will do for it.")
        self.fields["due_on"].error_messages["required"] = _("Say by which day.")
        self.helper = without_tag("words", "due_on", "key")
