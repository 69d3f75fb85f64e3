"""A whole draft on one screen: its title and its clauses in their order. Every button saves; it works without scripts.

Each clause is a small form of its own; the hidden fields `row` say in which order they stand. A button moves, removes
or adds a row in what was sent, and then everything is saved or refused together.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict  # noqa: TID251 what a form is made of, rearranged
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from jobs.forms.parts import long_text, mark_refused
from jobs.library import CLAUSES, Topic
from jobs.models import Clause, JobDescription
from jobs.words import fingerprint
from journal import clock
from people.models import Department, Employee
from people.text import one_line
from web.fields import VersionField

MOST_CLAUSES = 60
LONGEST_CLAUSE = 2000
KEY = re.compile(r"c\d{1,4}")
FIELDS = ("text", "kind", "topic", "reason", "practised_since", "proof", "covers", "cites")


class BeginForm(forms.ModelForm):
    """The title of a new job description, and where it belongs."""

    class Meta:
        model = JobDescription
        fields = ["title", "department"]

    uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.CharField, self.fields["title"]).validators.append(one_line)
        department = cast(forms.ModelChoiceField, self.fields["department"])
        department.queryset = Department.objects.visible_to(user)
        department.required, department.empty_label = True, _("Choose a department")
        department.error_messages["required"] = _("Choose the department it belongs to.")
        self.fields["title"].error_messages["required"] = _("Name the job as it stands on the contract.")
        department.initial = user.department_id
        for name, look in (("title", "form-control"), ("department", "form-select")):
            self.fields[name].widget.attrs["class"] = look
        self.fields["title"].help_text = _("As it stands on the contract: “Administrative assistant”.")


class ClauseForm(forms.Form):
    """One clause of a draft. An empty one at the end is an invitation, not a mistake."""

    id = forms.IntegerField(required=False, min_value=1, max_value=9_223_372_036_854_775_807, widget=forms.HiddenInput)
    text = long_text(_("Wording"), rows=2, limit=LONGEST_CLAUSE)
    kind = forms.ChoiceField(label=_("Class"), choices=Clause.Kind.choices)
    topic = forms.ChoiceField(label=_("About"), choices=[("", _("Something else")), *Topic.choices], required=False)
    reason = long_text(_("Why it is there"), rows=2, limit=1000)
    practised_since = forms.IntegerField(label=_("Practised since (year)"), required=False, min_value=1900)
    proof = long_text(_("Earlier goals that show it, one a line"), rows=2)
    covers = forms.CharField(label=_("Positions it covers"), max_length=200, required=False, validators=[one_line])
    cites = forms.TypedChoiceField(label=_("Cites a ruling"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, citable: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practised_since"].max_value = clock.today().year  # type: ignore[attr-defined]
        cast(forms.TypedChoiceField, self.fields["cites"]).choices = [("", _("None")), *citable]
        for name in ("kind", "topic", "cites"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in ("practised_since", "covers"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["text"].widget.attrs["class"] = "form-control record"
        self.clause: Clause | None = None  # as it stands in the database

    @property
    def key(self) -> str:
        return str(self.prefix)

    @property
    def is_blank(self) -> bool:
        """A new row in which nothing was written yet."""
        words = ("text", "reason", "proof", "covers", "practised_since")
        return not self["id"].value() and not any(str(self[name].value() or "").strip() for name in words)

    @property
    def has_refusals(self) -> bool:
        """Whether something was refused in the fields that are folded away."""
        return any(name in self.errors for name in ("reason", "practised_since", "proof", "covers", "cites"))

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise ValidationError(_("Write the clause, or remove it."), "empty")
        return text

    def clean_practised_since(self) -> int | None:
        year: int | None = self.cleaned_data["practised_since"]
        if year and year > clock.today().year:
            raise ValidationError(_("This year has not come yet."), "future")
        return year

    def row(self) -> dict[str, Any]:
        """What jobs.rules.drafting.write() takes."""
        row = {name: self.cleaned_data.get(name) for name in ("id", *FIELDS) if name != "cites"}
        return row | {"cites_id": self.cleaned_data.get("cites")}


class DraftForm(forms.Form):
    """Title and clauses. data: a POST; without it what stands in the database, and one empty clause at the end."""

    title = forms.CharField(label=_("Title"), max_length=120, validators=[one_line])
    version = VersionField()

    def __init__(self, data: QueryDict | None, *, revision: int, title: str, clauses: Iterable[Clause], **kwargs: Any):
        self.citable: Sequence[tuple[int, str]] = kwargs.pop("citable")
        self.deed = data.get("do", "save") if data else ""
        super().__init__(rearranged(data, self.deed) if data else None, initial={"title": title, "version": revision})
        self.fields["title"].widget.attrs["class"] = "form-control"
        stored = {clause.pk: clause for clause in clauses}
        self.rows = self._sent() if data else self._stored(stored.values())
        for row in self.rows:
            number = str(row["id"].value() or "")
            row.clause = stored.get(int(number)) if number.isdecimal() and len(number) < 19 else None

    def _sent(self) -> list[ClauseForm]:
        rows = [ClauseForm(self.data, prefix=key, citable=self.citable) for key in keys_of(cast(QueryDict, self.data))]
        return [row for row in rows if not row.is_blank]

    def _stored(self, clauses: Iterable[Clause]) -> list[ClauseForm]:
        names = ("id", *FIELDS)
        facts = [
            {name: getattr(clause, "cites_id" if name == "cites" else name) for name in names} for clause in clauses
        ]
        return [ClauseForm(prefix=f"c{n}", citable=self.citable, initial=fact) for n, fact in enumerate(facts)]

    def deed_shown(self) -> str:
        """Where on the page to go on after the button that saved."""
        name, _dash, key = self.deed.partition("-")
        numbers = {row.key: number for number, row in enumerate(self.rows, start=1)}
        if name in ("up", "down") and key in numbers:
            return f"clause-{numbers[key]}"
        return f"clause-{len(self.rows) + (name == 'add')}" if name in ("add", "library") else "draft"

    def next_row(self) -> ClauseForm:
        """An empty clause to go on with."""
        taken = [int(row.key[1:]) for row in self.rows]
        return ClauseForm(prefix=f"c{max(taken, default=-1) + 1}", citable=self.citable)

    def is_valid(self) -> bool:
        if not self.is_bound:
            return False
        good = [super().is_valid(), *(row.is_valid() for row in self.rows)]  # every one is asked, not only the first
        if len(self.rows) > MOST_CLAUSES:
            self.add_error(None, ValidationError(_("A job description has at most 60 clauses."), "too_many"))
        good.append(self._without_twins())
        if refused := [str(number) for number, row in enumerate(self.rows, start=1) if row.errors]:
            sentence = _t("Nothing is saved yet: see clause %(numbers)s.") % {"numbers": ", ".join(refused)}
            self.add_error(None, ValidationError(sentence, "rows"))
        for form in (self, *self.rows):
            mark_refused(form)
        return all(good) and not self.errors

    def _without_twins(self) -> bool:
        seen: dict[str, int] = {}
        fine = True
        for number, row in enumerate(self.rows, start=1):
            if row.errors:
                continue
            mark = fingerprint(row.cleaned_data["text"].casefold(), "")
            if first := seen.get(mark):
                sentence = _t("Clause %(number)s says the same already. Change one of them, or remove it.")
                row.add_error("text", ValidationError(sentence % {"number": first}, "twice"))
                fine = False
            seen.setdefault(mark, number)
        return fine

    def opened_with(self, revision: int) -> None:
        """After a conflict: let the next save be about what stands now."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(revision)
        self.data = data


def keys_of(data: QueryDict) -> list[str]:
    """The rows that were sent, in their order, each once; more than a draft can hold are cut off at twice its size."""
    found = dict.fromkeys(key for key in data.getlist("row") if KEY.fullmatch(key))
    return list(found)[: 2 * MOST_CLAUSES]


def rearranged(data: QueryDict, deed: str) -> QueryDict:
    """What was sent, after the button `deed`: "up-c3", "down-c3", "remove-c3", "library-relationships"."""
    name, _dash, key = deed.partition("-")
    keys = keys_of(data)
    data = data.copy()
    if name == "library" and key in CLAUSES:
        keys.append(_from_library(data, keys, key))
    elif key in keys and name == "remove":
        keys.remove(key)
    elif key in keys and name in ("up", "down"):
        at = keys.index(key)
        keys.insert(max(0, at + (-1 if name == "up" else 1)), keys.pop(at))
    data.setlist("row", keys)
    return data


def _from_library(data: QueryDict, keys: list[str], topic: str) -> str:
    key = f"c{max((int(other[1:]) for other in keys), default=-1) + 1}"
    found = CLAUSES[topic]
    for name, value in {"text": found.text, "kind": found.kind, "topic": topic, "reason": found.reason}.items():
        data[f"{key}-{name}"] = str(value)
    return key
