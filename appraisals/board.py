"""Distributions side by side, from stored aggregates: the teams below a manager, or an HR partner's departments."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from appraisals import pictures
from appraisals.models import Aggregate, Appraisal, Scheme, Section
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


def everybody(scheme: Scheme, cells: QuerySet[Aggregate]) -> Column | None:
    found = _columns([("", 0, False)], scheme, cells.filter(level=Aggregate.Level.EVERYBODY))
    return found[0] if found and found[0].cell else None


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


def named_sections(column: Column | None, scheme: Scheme) -> list[tuple[Section, Aggregate]]:
    names = {section.pk: section for section in scheme.sections.all()}
    return [(names[cell.section_ref], cell) for cell in column.sections] if column else []
