"""The arithmetic of an appraisal in figures and sentences, for page and paper alike. No database: a content in
(appraisals/document.py), words out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Content = dict[str, Any]


@dataclass(frozen=True)
class CriterionLine:
    """One criterion: figures as words, and what it rests on."""

    content: Content
    rating: str
    percent: str
    basis: str
    figure: str

    @property
    def is_rated(self) -> bool:
        return self.content["points"] is not None


@dataclass(frozen=True)
class SectionLine:
    """One section: its score in words, how it comes about, and what it adds to the total."""

    content: Content
    score: str
    how: str
    product: str
    criteria: list[CriterionLine]

    @property
    def is_left_out(self) -> bool:
        return self.content["score"] is None


@dataclass(frozen=True)
class Sheet:
    """Everything the arithmetic says, top to bottom. total is "" while there is none."""

    content: Content
    total: str
    top: int
    reads: str
    sections: list[SectionLine] = field(default_factory=list)
    weight: int = 0
    product: str = ""
    division: str = ""
    spread: str = ""
    facts: int = 0
    facts_how: str = ""
    without: str = ""

    @property
    def judgement(self) -> int:
        return 100 - self.facts

    @property
    def counting(self) -> list[SectionLine]:
        return [line for line in self.sections if not line.is_left_out and line.content["weight"]]


def points(hundredths: int | None) -> str:
    """364 → "3.64", 400 → "4"; "" for None."""
    return "" if hundredths is None else _trimmed(Decimal(hundredths) / 100)


def fixed(hundredths: int | None) -> str:
    """364 → "3.64", 400 → "4.00"; "" for None."""
    return "" if hundredths is None else str(number_format(Decimal(hundredths) / 100, 2))


def fine(ten_thousandths: int | None) -> str:
    """36500 → "3.65", 36667 → "3.6667"; "" for None."""
    return "" if ten_thousandths is None else _trimmed(Decimal(ten_thousandths) / 10_000)


def _trimmed(number: Decimal) -> str:
    plain = f"{number:f}"
    whole, _dot, rest = plain.partition(".")
    return str(number_format(Decimal(plain), len(rest.rstrip("0")) if rest else 0)) if whole else plain


def sheet_of(content: Content) -> Sheet:
    sections = [_section(part) for part in content["sections"]]
    counting = [line.content for line in sections if line.content["score"] is not None and line.content["weight"]]
    total = content["total"]
    if total is None:
        return Sheet(content, "", len(content["scale"]), "", sections)
    weight, product = content["weight"], content["product"]
    facts = (content["facts"] + 50) // 100
    return Sheet(
        content,
        fixed(total),
        len(content["scale"]),
        name_of(content["scale"], total),
        sections,
        weight,
        fine(product),
        _division(product, weight, total),
        _spread([line for line in sections if line.is_left_out], weight),
        facts,
        _facts_how(counting, weight),
        _without(content),
    )


def name_of(scale: Iterable[Any], hundredths: int) -> str:
    """What the nearest point of the scale is called; half goes up."""
    nearest = (hundredths + 50) // 100
    return next((str(name) for value, name, _anchor in scale if value == nearest), "")


def _section(part: Content) -> SectionLine:
    score = part["score"]
    product = fine(score * part["weight"]) if score is not None else ""
    criteria = [_criterion(criterion) for criterion in part["criteria"]]
    return SectionLine(part, fine(score), _how(part, criteria), product, criteria)


def _criterion(criterion: Content) -> CriterionLine:
    rated = criterion["points"] is not None
    basis = ""
    if rated:
        basis = _("rests on evidence") if criterion["on_facts"] else _("judgement, in words")
    figure = criterion["figure"]
    said = _("%(done)s of %(of)s") % {"done": figure[0], "of": figure[1]} if figure and figure[1] else ""
    return CriterionLine(criterion, points(criterion["points"]), f"{criterion['weight']} %", basis, said)


def _how(part: Content, criteria: list[CriterionLine]) -> str:
    if part["kind"] == "relationship":
        return _relationship(part)
    rated = [line for line in criteria if line.is_rated and line.content["weight"]]
    if not rated:
        return _("No entries. Left out, not counted as zero.")
    terms = " + ".join(f"{line.rating} × {line.percent}" for line in rated)
    sums = [line.content["points"] * line.content["weight"] for line in rated]
    how = f"{terms} = {' + '.join(fine(product) for product in sums)}"
    if len(rated) == 1 and part["rated"] == 100:
        return f"{terms} = {fine(part['score'])}"
    if part["rated"] == 100:
        return f"{how} = {fine(part['score'])}"
    division = _("%(sum)s ÷ %(percent)s %% = %(score)s, because the rest is not rated")
    shown = {"sum": fine(sum(sums)), "percent": part["rated"], "score": fine(part["score"])}
    return f"{terms}; {division % shown}"


def _relationship(part: Content) -> str:
    goals, override = part["goals"], part["criteria"][0]["points"] if part["criteria"] else None
    said = _counts(goals)
    if override is not None:
        computed = points(goals["computed"]) or "–"
        words = _("The goals come to %(computed)s; overridden with words to %(rating)s.")
        return f"{said} {words % {'computed': computed, 'rating': points(override)}}"
    return said


def _counts(goals: Content) -> str:
    figures = {"minimum": goals["minimum"], "met": goals["met"], "rating": points(goals["computed"])}
    if not goals["offered"] and not goals["agreed"]:
        return _("No goal was offered. Left out, not counted as zero.")
    if not goals["agreed"]:
        if goals["computed"] is None:
            return _("Nothing is agreed yet, and there is still time. Left out until then.")
        return _("Offered, and none agreed by the last day for it: minimum not met, a %(rating)s.") % figures
    steps = [
        _("Minimum %(minimum)s, confirmed %(met)s: nothing confirmed yet is a %(rating)s."),
        _("Minimum %(minimum)s, confirmed %(met)s: part of the minimum is a %(rating)s."),
        _("Minimum %(minimum)s, confirmed %(met)s: the minimum met is a %(rating)s."),
        _("Minimum %(minimum)s, confirmed %(met)s: one goal more is a %(rating)s."),
        _("Minimum %(minimum)s, confirmed %(met)s: two goals more, or beyond, is a %(rating)s."),
    ]
    if goals["met"] < goals["minimum"]:
        place = 1 if goals["begun"] or goals["met"] else 0
    else:
        place = min(2 + int(goals["met"]) - int(goals["minimum"]), 4)
    return steps[place] % figures


def _division(product: int, weight: int, total: int) -> str:
    """ "309 ÷ 85 = 3.6352… → 3.64": cut, not rounded, where it does not end, so that the rounding can be seen."""
    cut, left = divmod(product, weight)
    exact = left == 0
    shown = fine(cut) + ("" if exact else "…")
    return f"{fine(product)} ÷ {weight} = {shown}" + ("" if exact and cut % 100 == 0 else f" → {fixed(total)}")


def _spread(left_out: list[SectionLine], weight: int) -> str:
    names = [line.content["name"] for line in left_out if line.content["weight"]]
    if not names:
        return ""
    lost = sum(line.content["weight"] for line in left_out)
    sentence = ngettext(
        "“%(names)s” weighs %(lost)s of 100 and has no entries. Its weight is spread over the others in proportion, "
        "which is the same as dividing by %(weight)s.",
        "“%(names)s” weigh %(lost)s of 100 together and have no entries. Their weight is spread over the others in "
        "proportion, which is the same as dividing by %(weight)s.",
        len(names),
    )
    return sentence % {"names": _("”, “").join(names), "lost": lost, "weight": weight}


def _facts_how(counting: list[Content], weight: int) -> str:
    terms = [fine(part["weight"] * part["facts"]) for part in counting if part["facts"]]
    return f"({' + '.join(terms)}) ÷ {weight}" if terms else ""


def _without(content: Content) -> str:
    if not content["without_relationship"]:
        return ""
    total, product, weight = content["without_relationship"]
    return "" if total is None else f"{fine(product)} ÷ {weight} = {fixed(total)}"
