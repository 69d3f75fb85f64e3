from typing import Any
from uuid import UUID, uuid5

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from conversations.forms.parts import KeyField, WordsField
from conversations.models import Topic
from conversations.rules.notes import LONGEST
from web.fields import DateField
from web.layout import without_tag


class LinesForm(forms.Form):
    """Lines for a part of the sheet, each box one line. The direct's part asks three things, all optional."""

    key = KeyField()
    topic = WordsField(_("What do you want to talk about?"), rows=2, required=False)

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": f"{part}_%s"})
        self.part = part

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.written():
            self.add_error(None, ValidationError(gettext("Write a line in one of the boxes."), "incomplete"))
        return cleaned

    def written(self) -> list[tuple[str, str, UUID]]:
        """(kind, words, key) of each box that holds something; the same form sent twice gives the same keys."""
        key = self.cleaned_data.get("key")
        boxes = [(name, self.cleaned_data.get(name, "")) for name in self.fields if name != "key"]
        return [(name, words, uuid5(key, name)) for name, words in boxes if words and key]


class DirectLinesForm(LinesForm):
    """The three prompts, and what else."""

    idea = WordsField(_("An idea?"), rows=2, required=False)
    concern = WordsField(_("A concern?"), rows=2, required=False)
    aspiration = WordsField(_("Where would you like to go?"), rows=2, required=False)
    suggestion = WordsField(
        _("A suggestion for how we work?"), rows=2, required=False, help_text=_("Answered yes, no because, or later.")
    )
    topic = WordsField(_("Anything else?"), rows=2, required=False)

    field_order = ["idea", "concern", "aspiration", "suggestion", "topic"]


class NoteForm(forms.Form):
    """A note that saves itself. base: the text the form was opened with, from which two texts are put together."""

    base = forms.CharField(required=False, strip=False, max_length=2 * LONGEST, widget=forms.HiddenInput)
    text = forms.CharField(required=False, strip=False, max_length=2 * LONGEST, widget=forms.Textarea, label=_("Note"))


class ReplyForm(forms.Form):
    """Yes by a date, no because, or later."""

    reply = forms.ChoiceField(label=_("Your answer"), choices=Topic.Reply, widget=forms.RadioSelect)
    on = DateField(label=pgettext_lazy("day", "By"), required=False, help_text=_("For a yes. It becomes your promise."))
    words = WordsField(_("Because"), required=False, help_text=_("For a no: the reason, in a sentence."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].error_messages["required"] = _("Choose yes, no or later.")
        self.helper = without_tag("reply", Row(Column("on", css_class="col-md-4"), Column("words")))
