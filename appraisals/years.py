"""A person's years as lines: the total and each section, from the stored scores."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from appraisals import pictures
from appraisals.models import Appraisal


@dataclass(frozen=True)
class YearsPicture:
    """names: of the years, oldest first; rows: (name, [(year, score or None)], number of the line)."""

    names: list[str]
    rows: list[tuple[str, list[tuple[str, int | None]], int]]
    curves: list[pictures.Curve]
    grid: list[tuple[int, int]]
    width: int

    @property
    def columns(self) -> list[tuple[int, str]]:
        return [(pictures.column(place, len(self.names)), name) for place, name in enumerate(self.names)]


def picture(appraisals: QuerySet[Appraisal]) -> YearsPicture | None:
    """None while nothing of them is scored. Sections are told apart by name: a year may rename them."""
    rows = list(
        appraisals.filter(score__total__isnull=False)
        .select_related("year", "score", "scheme")
        .prefetch_related("section_scores__section", "scheme__scale")
        .order_by("year__first_on")
    )
    if not rows:
        return None
    lines: dict[str, list[int | None]] = {_("Total"): [100 * (row.score.total or 0) for row in rows]}
    for place, row in enumerate(rows):
        for score in row.section_scores.all():
            if score.weight:
                lines.setdefault(score.section.name, [None] * len(rows))[place] = score.score
    top = max(len(row.scheme.scale.all()) for row in rows)
    listed: Any = list(lines.items())
    names = [row.year.name for row in rows]
    curves = pictures.curves(names, listed, top)
    numbered = [(name, list(zip(names, scores, strict=True)), n) for n, (name, scores) in enumerate(listed, 1)]
    return YearsPicture(names, numbered, curves, pictures.grid(top), pictures.BROAD)
