"""A round as rows for a table file: one query, read in portions, so that memory does not grow with people."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.utils.translation import gettext as _

from appraisals.models import Appraisal, Scheme
from appraisals.querysets import HANDED_ON

PORTION = 2_000


def header(scheme: Scheme) -> list[str]:
    person = [_("Staff number"), _("Name"), _("E-mail"), _("Job"), _("Department"), _("Reviewer")]
    state = [_("Stage"), _("Version"), _("Leads somebody"), _("Part of the year in percent")]
    return [*person, *state, _("Total"), _("On facts in percent"), *(s.name for s in scheme.sections.all())]


def rows(scheme: Scheme, appraisals: QuerySet[Appraisal]) -> Iterator[list[Any]]:
    """One list per appraisal, by name. Scores from calibration on; before that the cells are empty."""
    shown, found, scores = Q(state__in=HANDED_ON), appraisals.filter(scheme=scheme), {}
    for n, section in enumerate(scheme.sections.all()):
        joined = FilteredRelation("section_scores", condition=Q(section_scores__section=section))
        found = found.annotate(**{f"s{n}": joined})
        scores[f"score_{n}"] = Case(When(shown, then=F(f"s{n}__score")))
    total, facts = (Case(When(shown, then=F(f"score__{name}"))) for name in ("total", "facts"))
    found = found.annotate(total_shown=total, facts_shown=facts, **scores).order_by("employee__name", "pk")
    names = ["employee__staff_number", "employee__name", "employee__email", "employee__job_title"]
    names += ["employee__department__name", "reviewer__name", "state", "number", "leads", "part", "total_shown"]
    names += ["facts_shown", *scores]
    stages = {state.value: str(state.label) for state in Appraisal.State}
    yes, no = _("yes"), _("no")
    for row in found.values_list(*names).iterator(PORTION):
        listed: list[Any] = list(row[:6])
        listed += [stages[row[6]], row[7], yes if row[8] else no, _share(row[9]), _share(row[10]), _share(row[11])]
        listed += [_fine(score) for score in row[12:]]
        yield listed


@lru_cache(maxsize=10_000)  # a round has some hundred different figures in a million cells
def _share(hundredths: int | None) -> str:
    """364 → "3.64", 10000 → "100.00": a number to every spreadsheet, exact to the last digit."""
    return "" if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"


@lru_cache(maxsize=10_000)
def _fine(ten_thousandths: int | None) -> str:
    return "" if ten_thousandths is None else f"{ten_thousandths // 10_000}.{ten_thousandths % 10_000:04}"
