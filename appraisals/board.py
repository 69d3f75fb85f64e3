"""Distributions side by side, from stored aggregates: the teams below a manager, or an HR partner's departments."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from appraisals import pictures
from appraisals.models import Aggregate, Appraisal, Scheme, Section
from appraisals.showing import points
from people.models import Employee


@dataclass(frozen=True)
class Column:
    """One unit: its name and id, its figures (None while there are none), the bars, and the mean of each section.

    Whoever may open every appraisal behind a cell sees it whole (DESIGN §3); overviews leave out what is withheld.
    """

    name: str
    of: int
    cell: Aggregate | None
    bars: list[pictures.Bar]
    sections: list[Aggregate]
    opens: bool = False

    @property
    def is_withheld(self) -> bool:
        return self.cell is not None and self.cell.withheld


def teams_below(root: Employee, scheme: Scheme, cells: QuerySet[Aggregate]) -> list[Column]:
    """The whole line of `root`, and of everybody directly below who leads somebody; by name. cells: visible ones."""
    leading = Employee.objects.filter(manager=OuterRef("pk"))
    heads = list(Employee.objects.filter(Exists(leading), manager=root).working().order_by("name", "pk"))
    named = [(head.name, head.pk, head.pk != root.pk) for head in [root, *heads]]
    return _columns(named, scheme, cells.filter(level=Aggregate.Level.TEAM))


def departments(parts: Iterable[Any], scheme: Scheme, cells: QuerySet[Aggregate]) -> list[Column]:
    named = [(str(part), part.pk, False) for part in parts]
    return _columns(named, scheme, cells.filter(level=Aggregate.Level.DEPARTMENT))


COLUMNS = ("people", "in_self_review", "in_review", "in_calibration", "in_shared")


@dataclass(frozen=True)
class Overview:
    """HR's page of a round. everybody: None for a partner and while nothing is written; sections: of everybody;
    departments: (its id, its name, and what stands in its columns)."""

    everybody: Column | None
    sections: list[tuple[Section, Aggregate]]
    departments: list[tuple[Any, ...]]


def overview(
    parts: Iterable[tuple[int, str]], scheme: Scheme, cells: QuerySet[Aggregate], scale: int, whole: bool
) -> Overview:
    """From stored cells, in three statements for any number of people. parts: departments by (id, name); cells: visible
    ones; scale: how many points it has; whole: whether everybody's figures are shown."""
    named, mine = dict(parts), cells.filter(scheme=scheme)
    theirs = mine.filter(level=Aggregate.Level.DEPARTMENT, of__in=named, section_ref=0)
    rows = {row[0]: row[1:] for row in theirs.values_list("of", *COLUMNS, "in_signed", "in_locked", "mean", "withheld")}
    sums = {c.section_ref: c for c in mine.filter(level=Aggregate.Level.EVERYBODY)} if whole else {}
    total = sums.pop(0, None)
    bars = pictures.distribution(counts_of(total, scale)) if total and total.scored else []
    sections = [(part, sums[part.pk]) for part in scheme.sections.all() if part.pk in sums] if sums else []
    listed = [(of, name, *_figures(*rows[of])) for of, name in named.items() if of in rows]
    return Overview(Column("", 0, total, bars, []) if total else None, sections, listed)


def _figures(*row: Any) -> tuple[str, ...]:
    """Words, since the template would make a number of each figure in the reader's language one by one."""
    *counts, signed, locked, mean, withheld = row
    return (*map(str, counts), f"{signed}, {locked}", _("withheld") if withheld else points(mean) or "–")


def stages_of(cell: Aggregate | None) -> list[tuple[str, int]]:
    """(stage, how many) in order."""
    if cell is None:
        return []
    return [(str(state.label), getattr(cell, f"in_{state.value}")) for state in Appraisal.State]


def counts_of(cell: Aggregate, points: int) -> list[int]:
    return [getattr(cell, f"at_{value}") for value in range(1, points + 1)]


def _columns(named: list[tuple[str, int, bool]], scheme: Scheme, cells: QuerySet[Aggregate]) -> list[Column]:
    points = scheme.scale.count()
    ids = {section.pk: place for place, section in enumerate(scheme.sections.all())}
    found: dict[int, dict[int, Aggregate]] = {}
    for cell in cells.filter(scheme=scheme, of__in=[of for _name, of, _opens in named]):
        found.setdefault(cell.of, {})[cell.section_ref] = cell
    columns = []
    for name, of, opens in named:
        mine = found.get(of, {})
        total = mine.get(0)
        bars = pictures.distribution(counts_of(total, points)) if total and total.scored else []
        listed = sorted((c for ref, c in mine.items() if ref in ids), key=lambda cell: ids[cell.section_ref])
        columns.append(Column(name, of, total, bars, listed, opens))
    return columns
