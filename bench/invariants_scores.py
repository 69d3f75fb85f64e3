"""Scores and aggregates, computed again one appraisal and one cell at a time (appraisals/scoring.py, whole numbers)."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from appraisals.models import Aggregate, Appraisal, Criterion, Rating, Scheme, Score, Section, SectionScore, Signature
from appraisals.scoring import Goals, Rated, Total, minimum_for, overall, relationship, section
from goals.models import Goal
from people.models import DepartmentLine, Employee, Line

Cell = tuple[int, int | None, int | None]  # weight, score, share of facts
HANDED_ON = {"calibration", "shared", "signed", "locked"}


def scores() -> Iterator[str]:
    """Open appraisals by scoring.py as of the last roll; signed ones by what was signed."""
    for scheme in Scheme.objects.exclude(rolled_on=None).select_related("year"):
        kept = dict(Score.objects.filter(appraisal__scheme=scheme).values_list("pk", "total"))
        parts: dict[int, dict[int, Cell]] = defaultdict(dict)
        for row in SectionScore.objects.filter(appraisal__scheme=scheme):
            parts[row.appraisal_id][row.section_id] = (row.weight, row.score, row.facts)
        for pk, (sections, total) in computed(scheme, scheme.rolled_on).items():
            stored = {number: parts[pk].get(number, (cell[0], None, None)) for number, cell in sections.items()}
            if stored != sections or kept.get(pk) != total.total:
                yield f"appraisal {pk} holds {stored} = {kept.get(pk)}, and its ratings say {sections} = {total.total}"
    for signature in Signature.objects.select_related("appraisal__score"):
        if json.loads(signature.content)["total"] != signature.appraisal.score.total:
            yield f"appraisal {signature.appraisal_id} holds {signature.appraisal.score.total}, another was signed"


def computed(scheme: Scheme, today: date | None) -> dict[int, tuple[dict[int, Cell], Total]]:
    """What scoring.py makes of each appraisal of a round that is not signed: ({section: cell}, total)."""
    sections = list(scheme.sections.prefetch_related("criteria"))
    ratings = {(row.appraisal_id, row.criterion_id): row for row in Rating.objects.filter(appraisal__scheme=scheme)}
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in Goal.objects.filter(year=scheme.year):
        goals[goal.owner_id].append(goal)
    found = {}
    for appraisal in Appraisal.objects.filter(scheme=scheme, replaced_at=None).exclude(state__in=Appraisal.FROZEN):
        appraisal.scheme = scheme
        cells = {}
        for part in sections:
            mine = {one.pk: ratings.get((appraisal.pk, one.pk)) for one in part.criteria.all()}
            result = section(_rated(appraisal, part, mine, goals[appraisal.employee_id], today or date.max))
            weight = part.weight_for(appraisal.leads, scheme.year.share_percent)
            cells[part.pk] = (weight, result.score, result.facts)
        found[appraisal.pk] = (cells, overall(cells.values()))
    return found


def _rated(
    appraisal: Appraisal, part: Section, mine: dict[int, Rating | None], goals: Iterable[Goal], today: date
) -> list[Rated]:
    if part.kind != Section.Kind.RELATIONSHIP:
        listed: list[Criterion] = list(part.criteria.all())
        return [Rated(one.weight, row.points, row.on_facts) for one in listed if (row := mine[one.pk])]
    override = next((row for row in mine.values() if row and row.points is not None), None)
    if override:
        return [Rated(100, override.points, False)]
    return [Rated(100, _from_goals(appraisal, list(goals), today), True)]


def _from_goals(appraisal: Appraisal, goals: list[Goal], today: date) -> int | None:
    year = appraisal.scheme.year
    answered = today > year.answer_by_on  # from then on what nobody answered counts as confirmed
    agreed = [(goal.counted if answered else goal.confirmed, goal.target) for goal in goals if goal.is_agreed]
    offered = any(goal.handed_on_at and goal.state != "withdrawn" for goal in goals)
    met = sum(count >= target for count, target in agreed)
    counts = Goals(offered, len(agreed), any(count for count, _ in agreed), met)
    minimum = minimum_for(year.minimum, appraisal.part)
    return relationship(counts, minimum, today > year.agree_by_on, appraisal.scheme.ladder)


def aggregates() -> Iterator[str]:
    """Totals of every team and department, and of everybody, in each round, counted person by person."""
    for scheme in Scheme.objects.exclude(aggregated_at=None):
        wanted = {place: _cell(rows) for place, rows in _places(scheme).items()}
        stored = {
            (row.level, row.of): (row.people, row.scored, row.mean)
            for row in Aggregate.objects.filter(scheme=scheme, section_ref=0)
        }
        for place in wanted.keys() | stored.keys():
            if wanted.get(place) != stored.get(place):
                yield f"{scheme}: {place} holds {stored.get(place)}, counted {wanted.get(place)}"


def _places(scheme: Scheme) -> dict[tuple[str, int], list[tuple[str, int | None]]]:
    """By (level, of): the state and the total of everybody there."""
    teams, departments = defaultdict(list), defaultdict(list)
    for above, below in Line.objects.filter(depth__gt=0).values_list("above", "below"):
        teams[below].append(above)
    for above, below in DepartmentLine.objects.values_list("above", "below"):
        departments[below].append(above)
    belongs = dict(Employee.objects.values_list("pk", "department"))
    found: dict[tuple[str, int], list[Any]] = defaultdict(list)
    rows = Appraisal.objects.filter(scheme=scheme, replaced_at=None).values_list("employee", "state", "score__total")
    for person, state, total in rows:
        found["everybody", 0].append((state, total))
        for above in teams[person]:
            found["team", above].append((state, total))
        for department in departments.get(belongs[person], ()):
            found["department", department].append((state, total))
    return found


def _cell(rows: list[tuple[str, int | None]]) -> tuple[int, int, int | None]:
    totals = [total for state, total in rows if state in HANDED_ON and total is not None]
    mean = (2 * sum(totals) + len(totals)) // (2 * len(totals)) if totals else None
    return len(rows), len(totals), mean
