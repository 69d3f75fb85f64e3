"""The content of an appraisal as one dictionary of plain values: what the arithmetic page shows, what the PDF prints,
and, once signed, what is hashed. One way to say it, so that page, paper and signature cannot differ.
"""

import json
from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from appraisals import figures
from appraisals.models import (
    Appraisal,
    Criterion,
    Evidence,
    MovedRating,
    Passage,
    Rating,
    ScalePoint,
    Section,
    SectionScore,
    WeightChange,
    Words,
)
from appraisals.scoring import Goals, Rated, minimum_for, overall, relationship, section
from conversations.models import CoachingNote
from goals.models import Goal, Report
from journal.prepared import asked
from people.access import in_sight
from people.models import Employee

Content = dict[str, Any]
FORM = 1  # of the content; a later form gets another number, and old signatures keep theirs
AGREED = Goal.AGREED


def content_of(appraisal: Appraisal, today: date, reader: Employee | None = None) -> Content:
    """Everything, or what `reader` may read at this stage; of a signed one, what was signed.

    Dates and moments are ISO texts, figures whole numbers as in scoring.py. A constant number of queries.
    """
    if appraisal.is_frozen and hasattr(appraisal, "signature"):
        signed: Content = json.loads(appraisal.signature.content)
        return signed
    written = _Written(appraisal, reader)
    sections = [_section(part, appraisal, written, today) for part in _sections(appraisal)]
    total = overall((s["weight"], s["score"], s["facts"]) for s in sections)
    without = overall((s["weight"], s["score"], s["facts"]) for s in sections if s["kind"] != Section.Kind.RELATIONSHIP)
    shown = total if written.review_is_shown else overall([])
    return {
        "form": FORM,
        "uuid": str(appraisal.uuid),
        "version": appraisal.number,
        "year": _year(appraisal),
        "person": _person(appraisal.employee),
        "reviewer": _person(appraisal.reviewer) if appraisal.reviewer else None,
        "leads": appraisal.leads,
        "from_on": appraisal.from_on.isoformat(),
        "until_on": appraisal.until_on.isoformat(),
        "part": appraisal.part,
        "scale": [[point.value, point.name, point.anchor] for point in asked(_scale, appraisal.scheme_id)],
        "sections": sections,
        "total": shown.total,
        "facts": shown.facts,
        "weight": shown.weight,
        "product": shown.product,
        "without_relationship": [without.total, without.product, without.weight] if shown.total is not None else None,
        "words": {side: written.words.get((side, None), "") for side in Passage.Side.values},
        "other_words": written.other_words,
        "coaching": written.coaching,
        "step": _step(appraisal, reader),
        "changes": [
            [change.at.date().isoformat(), change.reason, change.before, change.after]
            for change in asked(_changes, appraisal.scheme_id)
        ],
    }


def _scale(scheme: int) -> QuerySet[ScalePoint]:
    return ScalePoint.objects.filter(scheme=scheme)


def _changes(scheme: int) -> QuerySet[WeightChange]:
    return WeightChange.objects.filter(scheme=scheme)


class _Written:
    """What stands written in an appraisal, as far as `reader` (None: everybody) may read it, fetched at once."""

    def __init__(self, appraisal: Appraisal, reader: Employee | None) -> None:
        def read(model: Any, people: str = "by") -> list[Any]:
            return asked(_of, model, people, reader, appraisal.pk)

        self.words = {(row.side, row.section_id): row.words for row in read(Passage, "appraisal")}
        self.ratings = {row.criterion_id: row for row in read(Rating)}
        self.moves: dict[int, list[MovedRating]] = defaultdict(list)
        for row in read(MovedRating):
            self.moves[row.criterion_id].append(row)
        self.evidence: dict[int, list[Evidence]] = defaultdict(list)
        for row in read(Evidence, "by asked"):
            if reader or not row.waits:  # what is signed holds no note that one of its writers kept
                self.evidence[row.criterion_id].append(row)
        handed_on = [row for row in read(Words, "author") if row.handed_on_at is not None]
        self.other_words = [[row.author.name, row.why, row.words] for row in handed_on]
        self.review_is_shown = reader is None or bool(asked(_total_shown, reader, appraisal.pk))
        self.goal_words = reader is None or _reads_goals(appraisal, reader)
        self.figures = _figures(appraisal) if self.review_is_shown else {}
        self.coaching = _coaching(appraisal) if self.review_is_shown else []


def _of(model: Any, people: str, reader: Employee | None, appraisal: int) -> QuerySet[Any]:
    """Rows of a model that belong to an appraisal, as far as `reader` may read them, each with `people` at hand."""
    rows: QuerySet[Any] = model.objects.visible_to(reader) if reader else model.objects.all()
    return rows.filter(appraisal=appraisal).select_related(*people.split())


def _total_shown(reader: Employee, appraisal: int) -> QuerySet[Any, Any]:
    return Appraisal.objects.total_shown_to(reader).filter(pk=appraisal).values("pk")


def _reads_goals(appraisal: Appraisal, reader: Employee) -> bool:
    """HR reads goals as part of the review, once it is handed on; before that, counts only."""
    whose = appraisal.employee_id
    in_line = asked(lambda me, pk: Employee.objects.filter(in_sight(me), pk=pk).values("pk"), reader, whose)
    return bool(in_line) or appraisal.state not in {"open", "self_review", "review"}


def _sections(appraisal: Appraisal) -> list[Section]:
    parts = asked(lambda pk: Section.objects.filter(scheme=pk).prefetch_related("criteria"), appraisal.scheme_id)
    share = appraisal.year.share_percent
    return [part for part in parts if part.weight_for(appraisal.leads, share) or part.kind == Section.Kind.RELATIONSHIP]


def _section(part: Section, appraisal: Appraisal, written: _Written, today: date) -> Content:
    listed = list(part.criteria.all())
    goals = part.kind == Section.Kind.RELATIONSHIP
    criteria = [_criterion(criterion, written) for criterion in listed]
    said: Content = {}
    if goals:
        said = _goals(appraisal, written, today)
        override = criteria[0]["points"] if criteria else None
        points = said["computed"] if override is None else override
        result = section([Rated(100, points, override is None)])
    else:
        result = section(Rated(c["weight"], c["points"], c["on_facts"]) for c in criteria)
    return {
        "id": part.pk,
        "kind": part.kind,
        "name": part.name,
        "about": part.about,
        "weight": part.weight_for(appraisal.leads, appraisal.year.share_percent),
        "score": result.score,
        "facts": result.facts,
        "rated": result.weight,
        "product": result.product,
        "criteria": criteria,
        "goals": said,
        "words": {side: written.words.get((side, part.pk), "") for side in Passage.Side.values},
    }


def _criterion(criterion: Criterion, written: _Written) -> Content:
    rating = written.ratings.get(criterion.pk)
    figure = written.figures.get(criterion.source) if criterion.source else None
    return {
        "id": criterion.pk,
        "name": criterion.name,
        "about": criterion.about,
        "weight": criterion.weight,
        "source": criterion.source,
        "points": rating.points if rating else None,
        "on_facts": bool(rating and rating.on_facts),
        "words": rating.words if rating else "",
        "by": rating.by.name if rating else "",
        "figure": [figure.done, figure.of] if figure else None,
        "moves": [
            [row.before, row.after, row.words, row.by.name, row.at.date().isoformat()]
            for row in written.moves[criterion.pk]
        ],
        "evidence": [
            {
                "uuid": str(row.uuid),
                "kind": row.kind,
                "label": row.label,
                "note": row.note,
                "on": row.happened_on.isoformat(),
                "by": row.by.name,
                "accepted": row.accepted_at is not None,
                "file": bool(row.file),
            }
            | ({"waits_for": row.asked.name, "waits_for_id": row.asked_id} if row.waits and row.asked else {})
            for row in written.evidence[criterion.pk]
        ],
    }


def _goals(appraisal: Appraisal, written: _Written, today: date) -> Content:
    """The goals of the year with their dated steps, and what they come to. No names of people met."""
    year = appraisal.year
    rows = asked(_goals_of, appraisal.employee_id, year.pk)
    answered = today > year.answer_by_on
    steps: dict[int, list[list[Any]]] = defaultdict(list)
    for report in asked(_steps_of, [goal.pk for goal in rows]):
        confirmed = report.state == Report.State.CONFIRMED or answered
        steps[report.goal_id].append([report.happened_on.isoformat(), report.counts, confirmed])
    agreed = [goal for goal in rows if goal.state in AGREED]
    counted = {goal.pk: goal.counted if answered else goal.confirmed for goal in agreed}
    met = sum(counted[goal.pk] >= goal.target for goal in agreed)
    offered = any(goal.handed_on_at and goal.state != Goal.State.WITHDRAWN for goal in rows)
    minimum, closed = minimum_for(year.minimum, appraisal.part), today > year.agree_by_on
    found = Goals(offered, len(agreed), any(counted.values()), met)
    listed = rows if written.goal_words else []
    return {
        "computed": relationship(found, minimum, closed, appraisal.scheme.ladder),
        "ladder": appraisal.scheme.ladder,
        "minimum": minimum,
        "offered": offered,
        "agreed": len(agreed),
        "met": met,
        "begun": found.begun,
        "closed": closed,
        "answered": answered,
        "goals": [
            {
                "uuid": str(goal.uuid),
                "behaviour": goal.behaviour,
                "state": goal.state,
                "target": goal.target,
                "counted": counted.get(goal.pk, 0),
                "steps": steps[goal.pk],
            }
            for goal in listed
            if goal.state != Goal.State.WITHDRAWN
        ],
    }


def _goals_of(owner: int, year: int) -> QuerySet[Goal]:
    return Goal.objects.filter(owner=owner, year=year).exclude(state="draft", handed_on_at=None)


def _steps_of(goals: list[int]) -> QuerySet[Report]:
    return Report.objects.filter(goal__in=goals).order_by("happened_on", "pk")


def _figures(appraisal: Appraisal) -> dict[str, figures.Figure]:
    return figures.figures_of(appraisal.employee, appraisal.year) if appraisal.leads else {}


def _coaching(appraisal: Appraisal) -> list[list[str]]:
    """Coaching notes of the year that both of the pair chose for the appraisal."""
    in_year = asked(_chosen_by_both, appraisal.employee_id, appraisal.year.first_on, appraisal.year.last_on)
    return [[note.at.date().isoformat(), note.situation, note.choice, note.result] for note in in_year]


def _chosen_by_both(direct: int, first_on: date, last_on: date) -> QuerySet[CoachingNote]:
    both = Q(manager_chose_at__isnull=False, direct_chose_at__isnull=False)
    notes = CoachingNote.objects.filter(both, series__direct=direct).order_by("at", "pk")
    return notes.filter(at__date__gte=first_on, at__date__lte=last_on)


def _year(appraisal: Appraisal) -> Content:
    year = appraisal.year
    dates = ("first_on", "last_on", "agree_by_on", "answer_by_on")
    return {
        "name": year.name,
        "minimum": year.minimum,
        "share_percent": year.share_percent,
        **{name: getattr(year, name).isoformat() for name in dates},
    }


def _person(person: Employee) -> Content:
    department = person.department.name if person.department else ""
    return {"id": person.pk, "name": person.name, "job_title": person.job_title, "department": department}


def _step(appraisal: Appraisal, reader: Employee | None) -> Content | None:
    """What the last step said; what is between those who calibrate is not for whom it is about."""
    among_them = appraisal.step == "take_back"
    if not appraisal.step or (among_them and (reader is None or reader.pk == appraisal.employee_id)):
        return None
    return {"name": appraisal.step, "words": appraisal.step_words, "by": str(appraisal.step_by or "")}


def scores_of(content: Content) -> list[SectionScore]:
    """The section scores that belong to a content, unsaved and without their appraisal."""
    return [
        SectionScore(
            section_id=s["id"],
            weight=s["weight"],
            score=s["score"],
            facts=s["facts"],
            computed=s["goals"].get("computed") if s["goals"] else None,
        )
        for s in content["sections"]
    ]
