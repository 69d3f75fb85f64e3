"""What the two, and other managers, write."""

import uuid
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.forms.parts import long_words, point_field
from appraisals.models import Appraisal, Criterion, Evidence, Passage, Section
from appraisals.showing import CriterionLine, SectionLine, Sheet
from conversations.models import SharedNote
from goals.models import Report
from people.models import Employee
from people.text import one_line
from web.fields import DateField, PersonField, VersionField
from web.layout import without_tag
from web.uploads import EvidenceField


class PassagesForm(forms.Form):
    """Words on each section and on the whole, for one side; saved while they are typed."""

    side = Passage.Side.SELF

    def __init__(self, *args: Any, appraisal: Appraisal, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.appraisal, self.sheet = appraisal, sheet
        self.fields["version"] = VersionField()
        self.fields["version"].initial = appraisal.version
        for line in sheet.sections:
            field = long_words(_("What you did") if self.side == Passage.Side.SELF else _("What you saw"))
            self.fields[f"section-{line.content['id']}"] = field
            self.initial[f"section-{line.content['id']}"] = line.content["words"][self.side]
        self.fields["whole"] = long_words(gettext_lazy("The year as a whole"), rows=5)
        self.initial["whole"] = sheet.content["words"][self.side]

    def parts(self) -> Iterator[tuple[SectionLine, forms.BoundField]]:
        for line in self.sheet.sections:
            yield line, self[f"section-{line.content['id']}"]

    def said(self) -> dict[int | None, str]:
        """Words by section id; None: on the whole."""
        found: dict[int | None, str] = {None: self.cleaned_data["whole"]}
        for line in self.sheet.sections:
            found[line.content["id"]] = self.cleaned_data[f"section-{line.content['id']}"]
        return found


class ReviewForm(PassagesForm):
    """The manager's words, and a rating with words for each criterion."""

    side = Passage.Side.MANAGER

    def __init__(self, *args: Any, appraisal: Appraisal, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, appraisal=appraisal, sheet=sheet, **kwargs)
        for line in sheet.sections:
            for criterion in line.criteria:
                self._add(criterion, line.content["kind"])

    def _add(self, line: CriterionLine, kind: str) -> None:
        pk, overrides = line.content["id"], kind == Section.Kind.RELATIONSHIP
        rating = point_field(self.appraisal.scheme, _("Override") if overrides else _("Rating"))
        words = long_words(_("Why") if overrides else _("What it rests on"), rows=2)
        for name, field in ((f"rating-{pk}", rating), (f"words-{pk}", words)):
            field.widget.attrs["aria-label"] = f"{line.content['name']}: {field.label}"
            self.fields[name] = field
        self.initial[f"rating-{pk}"] = line.content["points"]
        self.initial[f"words-{pk}"] = line.content["words"]

    def rows(self, line: SectionLine) -> list[tuple[CriterionLine, forms.BoundField, forms.BoundField]]:
        return [(c, self[f"rating-{c.content['id']}"], self[f"words-{c.content['id']}"]) for c in line.criteria]

    def written(self) -> Iterator[tuple[SectionLine, forms.BoundField, list[Any]]]:
        for line, words in self.parts():
            yield line, words, self.rows(line)

    def to_accept(self) -> list[dict[str, Any]]:
        """What the direct attached and the reviewer has not accepted: each gets a form of its own beside this one."""
        beside = [c.content["evidence"] for line in self.sheet.sections for c in line.criteria]
        return [item for evidence in beside for item in evidence if not item["accepted"] and "waits_for" not in item]

    def ratings(self) -> dict[Criterion, tuple[int | None, str]]:
        known = {c.pk: c for part in self.appraisal.scheme.sections.all() for c in part.criteria.all()}
        ids = [c.content["id"] for line in self.sheet.sections for c in line.criteria]
        return {known[pk]: (self.cleaned_data[f"rating-{pk}"], self.cleaned_data[f"words-{pk}"]) for pk in ids}


class EvidenceForm(forms.Form):
    """One piece of evidence: a dated line, a confirmed step of a goal, a passage of a shared note, a file."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    source = forms.ChoiceField(
        label=gettext_lazy("Where it comes from"),
        required=False,
        help_text=gettext_lazy("A sentence of a shared note counts once the other who wrote it releases it too."),
    )
    label = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=300,
        validators=[one_line],
        help_text=gettext_lazy("A fact: a count, a name of a thing, a day. “214 of 260 orders out within two days”."),
    )
    happened_on = DateField(label=gettext_lazy("Day"))
    file = EvidenceField(label=gettext_lazy("Photo or PDF"), required=False, help_text=gettext_lazy("10 MB at most."))

    def __init__(self, *args: Any, appraisal: Appraisal, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["uuid"] = uuid.uuid4()
        year = appraisal.year
        self.reports = {
            f"report:{row.uuid}": row
            for row in Report.objects.visible_to(user)
            .filter(goal__owner=appraisal.employee, goal__year=year, state=Report.State.CONFIRMED)
            .select_related("goal")[:50]
        }
        notes = SharedNote.objects.visible_to(user).filter(sheet__series__direct=appraisal.employee)
        in_year = notes.filter(sheet__planned_on__gte=year.first_on, sheet__planned_on__lte=year.last_on)
        in_year = in_year.select_related("sheet__series__manager", "sheet__series__direct")
        self.notes = {
            f"note:{row.pk}": row
            for row in in_year.order_by("-sheet__starts_at")[:50]
            if row.sheet.series.other(user).is_active
        }
        self.user = user
        choices = [("", _("Your own line"))]
        choices += [(key, f"{row.happened_on}: {row.goal}"[:90]) for key, row in self.reports.items()]
        said = _("Shared note of %(day)s")
        choices += [(key, said % {"day": row.sheet.planned_on}) for key, row in self.notes.items() if row.text]
        cast(forms.ChoiceField, self.fields["source"]).choices = choices
        self.helper = without_tag("uuid", "source", "label", "happened_on", "file")

    def facts(self) -> dict[str, Any]:
        """What rules.rating.attach() takes. Of a note one sentence is copied as it is; the other writer is asked."""
        source, file = self.cleaned_data["source"], self.cleaned_data.get("file")
        fields = {"label": self.cleaned_data["label"], "happened_on": self.cleaned_data["happened_on"]}
        if source in self.reports:
            return fields | {"kind": Evidence.Kind.REPORT, "report": self.reports[source]}
        if source in self.notes:
            return fields | {"kind": Evidence.Kind.NOTE, "asked": self.notes[source].sheet.series.other(self.user)}
        return fields | ({"kind": Evidence.Kind.FILE, "file": file} if file else {"kind": Evidence.Kind.LINE})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        note = self.notes.get(cleaned.get("source") or "")
        if note and cleaned.get("label") and cleaned["label"] not in note.text:
            sentence = _("These words do not stand in that note. Copy the sentence that you release.")
            self.add_error("label", ValidationError(sentence, "not_in_note"))
        return cleaned


class WordsForm(forms.Form):
    """What an earlier or second manager says."""

    version = VersionField()
    words = long_words(gettext_lazy("What you saw, with days where you know them"), rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = without_tag("version", "words")


class AskForm(forms.Form):
    """Whom to ask for words."""

    author = PersonField(label=gettext_lazy("Who leads them too"), help_text=gettext_lazy("Name or e-mail."))

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(PersonField, self.fields["author"]).queryset = Employee.objects.visible_to(user)
        self.helper = without_tag("author")


class StepForm(forms.Form):
    """Why a step is taken, where it wants words."""

    words = long_words(gettext_lazy("Why"), required=True)

    def __init__(self, *args: Any, wants_words: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not wants_words:
            del self.fields["words"]
        self.helper = without_tag(*self.fields)


class SignForm(forms.Form):
    """Received; with an answer if one likes."""

    comment = long_words(
        gettext_lazy("Your answer, if you like"),
        rows=6,
        help_text=gettext_lazy("It prints with the appraisal, under your name, and nobody can take it away."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = without_tag("comment")


class MoveRatingForm(forms.Form):
    """Another rating in calibration, with words."""

    version = VersionField()

    def __init__(self, *args: Any, appraisal: Appraisal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = appraisal.version
        self.fields["points"] = point_field(appraisal.scheme, _("To"), required=True)
        self.fields["words"] = long_words(_("Why"), required=True)
        self.helper = without_tag("version", "points", "words")
