"""HR's forms of a scheme: coverage and stages, weights, criteria of a section, the scale."""

from collections.abc import Iterator
from typing import Any, cast

from crispy_forms.layout import Column, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.forms.parts import long_words, point_choices
from appraisals.models import Criterion, Scheme, Section
from people.models import Department, Employee
from people.text import one_line
from web.fields import DateField, VersionField
from web.layout import without_tag

LADDER = (
    gettext_lazy("Nothing confirmed"),
    gettext_lazy("Part of the minimum"),
    gettext_lazy("The minimum met"),
    gettext_lazy("One goal more"),
    gettext_lazy("Two goals more, or beyond"),
)
SPARE = 3  # empty rows at the end of a table


class DepartmentsField(forms.ModelMultipleChoiceField):
    """Departments by key; a number beyond any key is an unknown one, not an error of the database."""

    def clean(self, value: Any) -> Any:
        known = [key for key in value or [] if str(key).isascii() and str(key).isdecimal() and len(str(key)) < 18]
        if len(known) != len(value or []):
            raise ValidationError(_("Choose departments of the list."), "unknown")
        return super().clean(value)


class SchemeForm(forms.ModelForm):
    """Who is covered, when each stage begins, and what the goals come to."""

    version = VersionField()

    class Meta:
        model = Scheme
        fields = ["departments", "job_titles", "hired_by_on", *Scheme.STAGES, "halves"]
        field_classes = dict.fromkeys(["hired_by_on", *Scheme.STAGES], DateField) | {"departments": DepartmentsField}
        widgets = {
            "departments": forms.SelectMultiple(attrs={"size": 6}),
            "job_titles": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["version"].initial = self.instance.version
        cast(forms.ModelChoiceField, self.fields["departments"]).queryset = Department.objects.visible_to(user)
        steps = [f"step_{number}" for number in range(len(LADDER))]
        choices = point_choices(self.instance, "")[1:]
        for name, label, points in zip(steps, LADDER, self.instance.ladder, strict=True):
            self.fields[name] = forms.TypedChoiceField(label=label, choices=choices, coerce=int, initial=str(points))
        self.helper = without_tag(
            Row(Column("departments"), Column("job_titles")),
            "hired_by_on",
            Row(*(Column(name) for name in Scheme.STAGES[:3])),
            Row(*(Column(name) for name in Scheme.STAGES[3:])),
            Row(*(Column(name) for name in steps[:3])),
            Row(*(Column(name) for name in steps[3:])),
            "halves",
            "version",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["ladder"] = [cleaned.pop(f"step_{number}", 0) for number in range(len(LADDER))]
        if cleaned["ladder"] != sorted(cleaned["ladder"]) and all(cleaned["ladder"]):
            self.add_error("step_4", ValidationError(_("More cannot be rated lower: these five never fall."), "ladder"))
        return cleaned

    def anew(self, row: Scheme) -> "SchemeForm":
        return type(self)(instance=row, user=self.user)

    def _post_clean(self) -> None:
        """The rule writes; the instance keeps what is stored, so that the page can show it beside what was typed."""


class RowsForm(forms.Form):
    """A table whose rows have the same fields, each named `<field>-<row>`; empty rows at the end are left out."""

    columns: tuple[str, ...] = ()

    def name_fields(self) -> None:
        """Tell a screen reader what the column says above: "Weight, row 2"."""
        for number in self.numbers():
            for column in self.columns:
                field = self.fields[f"{column}-{number}"]
                words = _("%(label)s, row %(number)s") % {"label": field.label, "number": number + 1}
                field.widget.attrs["aria-label"] = words

    def numbers(self) -> range:
        return range(self.count)

    count = 0

    def table(self) -> Iterator[list[forms.BoundField]]:
        for number in self.numbers():
            yield [self[f"{column}-{number}"] for column in self.columns]

    def filled(self) -> Iterator[tuple[int, list[Any]]]:
        """(row, its values) of every row that says something in its first column."""
        for number in self.numbers():
            values = [self.cleaned_data.get(f"{column}-{number}") for column in self.columns]
            if values[0]:
                yield number, values


def _percent(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
    return forms.IntegerField(label=label, required=False, min_value=-1000, max_value=1000, widget=widget)


def _name(label: Any, longest: int = 120, rows: int = 1) -> forms.CharField:
    """One line of words. rows: how many the box is high, where they would not fit beside others."""
    attrs = {"class": "form-control"}
    widget = forms.Textarea(attrs={**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, max_length=longest, validators=[one_line], widget=widget)


class WeightsForm(RowsForm):
    """Every section with its two weights; the relationship section stands above, with the year's share."""

    columns = ("name", "weight", "leading")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        self.sections = list(scheme.sections.exclude(kind=Section.Kind.RELATIONSHIP).order_by("position", "pk"))
        self.count = len(self.sections) + SPARE
        self.fields["version"] = VersionField()
        self.fields["version"].initial = scheme.version
        for number in range(self.count):
            self.fields[f"name-{number}"] = _name(_("Section"))
            self.fields[f"weight-{number}"] = _percent(_("Weight"))
            self.fields[f"leading-{number}"] = _percent(_("Weight for managers"))
        for number, section in enumerate(self.sections):
            self.initial[f"name-{number}"] = section.name
            self.initial[f"weight-{number}"] = section.weight
            self.initial[f"leading-{number}"] = section.weight_leading
        self.name_fields()
        if scheme.started_at:
            self.fields["reason"] = long_words(
                _("Why the weights change"), help_text=_("The year has started: everybody covered reads it.")
            )

    def weights(self) -> list[tuple[Section | None, str, int, int]]:
        known = dict(enumerate(self.sections))
        return [(known.get(n), name, weight or 0, leading or 0) for n, (name, weight, leading) in self.filled()]


class SectionForm(RowsForm):
    """What belongs to a section, and its criteria."""

    columns = ("name", "about", "weight")

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = list(section.criteria.all())
        self.count = len(self.criteria) + (SPARE if section.kind == Section.Kind.RATED else 0)
        self.fields["section_about"] = long_words(_("What belongs here"), rows=2)
        self.initial["section_about"] = section.about
        for number in range(self.count):
            self.fields[f"name-{number}"] = _name(_("Criterion"))
            self.fields[f"about-{number}"] = _name(_("What is looked at"), 500, rows=2)
            self.fields[f"weight-{number}"] = _percent(_("Percent of the section"))
        for number, criterion in enumerate(self.criteria):
            self.initial[f"name-{number}"] = criterion.name
            self.initial[f"about-{number}"] = criterion.about
            self.initial[f"weight-{number}"] = criterion.weight
        self.name_fields()

    def listed(self) -> list[tuple[Criterion | None, str, str, int]]:
        known = dict(enumerate(self.criteria))
        return [(known.get(n), name, about or "", weight or 0) for n, (name, about, weight) in self.filled()]


class ScaleForm(RowsForm):
    """The points of the scale, from 1 up."""

    columns = ("name", "anchor")
    count = 7

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = list(scheme.scale.all())
        for number in range(self.count):
            self.fields[f"name-{number}"] = _name(_("Name of point %(number)s") % {"number": number + 1}, 80)
            self.fields[f"anchor-{number}"] = long_words(_("What it looks like"), rows=2)
        for number, point in enumerate(points[: self.count]):
            self.initial[f"name-{number}"] = point.name
            self.initial[f"anchor-{number}"] = point.anchor

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = [bool(cleaned.get(f"name-{number}")) for number in range(self.count)]
        if named != sorted(named, reverse=True):
            self.add_error(None, ValidationError(_("Name the points from 1 up, without a gap."), "gap"))
        return cleaned

    def points(self) -> list[tuple[str, str]]:
        return [(name, anchor or "") for _number, (name, anchor) in self.filled()]
