from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from goals.models import Year
from web.fields import DateField, VersionField


class YearForm(forms.ModelForm):
    """What is asked of everybody in a year, and by when."""

    first_on = DateField(label=_("First day"))
    last_on = DateField(label=_("Last day"))
    agree_by_on = DateField(label=_("Goals agreed by"), help_text=_("Whoever has none by then is named on the boards."))
    answer_by_on = DateField(
        label=_("Last reports answered by"), help_text=_("Then the appraisals take what is confirmed.")
    )
    version = VersionField()

    class Meta:
        model = Year
        fields = [
            "name", "first_on", "last_on", "minimum", "maximum", "share_percent", "agree_by_on", "answer_by_on",
        ]  # fmt: skip
        labels = {
            "minimum": _("Goals asked of everybody, at least"),
            "maximum": _("At most"),
            "share_percent": _("They count for, of 100"),
        }
        help_texts = {
            "minimum": _("Whoever has fewer is told so in words; nothing is blocked."),
            "maximum": _("Empty: as many as one likes. More never lowers a score."),
            "share_percent": _("In the appraisal, all relationship goals together."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["minimum"].widget.attrs["max"] = self.fields["share_percent"].widget.attrs["max"] = 100
        if not self.instance.pk:
            del self.fields["version"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        rows = (
            ("name",),
            ("first_on", "last_on"),
            ("minimum", "maximum", "share_percent"),
            ("agree_by_on", "answer_by_on"),
        )
        self.helper.layout = Layout(*(Row(*(Column(name) for name in row)) for row in rows))
        if "version" in self.fields:
            self.helper.layout.append("version")

    def clean_minimum(self) -> int:
        minimum: int = self.cleaned_data["minimum"]
        if minimum > 100:
            raise forms.ValidationError(_("Ask for at most 100 goals of everybody."))
        return minimum

    def clean_share_percent(self) -> int:
        share: int = self.cleaned_data["share_percent"]
        if share > 100:
            raise forms.ValidationError(_("The whole appraisal is 100; take a number from 0 to 100."))
        return share
