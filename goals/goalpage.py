"""One goal as its page shows it: where it stands, what each of the two can do, and all that was said about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.history import Line, history_of_steps
from goals.loglines import COLUMNS, LogLine, lines_of
from goals.measures import MEASURES
from goals.mechanics import mechanics
from goals.models import Goal, Reason, Report, Turn
from goals.myyear import Card
from goals.rules.agreeing import MANAGER, OWNER, Move, missing, moves_open_to, standpoints
from goals.rules.reasons import may_doubt
from goals.rules.revising import CHANGEABLE, answers_open_to, revision_open_to
from jobs.models import Clause, Reading
from journal.prepared import asked, first
from people.models import Employee

SAID = {
    "draft": gettext_lazy("%(name)s wrote it down"),
    "offer": gettext_lazy("%(name)s offered it"),
    "pick": gettext_lazy("%(name)s took it as it was offered; agreed by both"),
    "propose": gettext_lazy("%(name)s proposed it"),
    "revise": gettext_lazy("%(name)s changed it"),
    "complete": gettext_lazy("%(name)s added what was missing"),
    "agree": gettext_lazy("%(name)s agreed; agreed by both"),
    "send_back": gettext_lazy("%(name)s sent it back"),
    "take_back": gettext_lazy("%(name)s took it back to change it"),
    "withdraw": gettext_lazy("%(name)s withdrew it"),
    "take_off": gettext_lazy("%(name)s offered it no longer"),
    "change": gettext_lazy("%(name)s asked to change it"),
    "agreed": gettext_lazy("%(name)s agreed to the change"),
    "declined": gettext_lazy("%(name)s did not agree to the change"),
    "taken_back": gettext_lazy("%(name)s took the change back"),
    "reason": gettext_lazy("%(name)s added a reason"),
    "doubt": gettext_lazy("%(name)s does not see the reason yet"),
    "see": gettext_lazy("%(name)s sees the reason now"),
    "ask": gettext_lazy("%(name)s asked how it goes"),
    "thank": gettext_lazy("%(name)s said thank you"),
}
LABELS = {
    "behaviour": gettext_lazy("What we can see"),
    "details": gettext_lazy("How it is done"),
    "because": gettext_lazy("Because"),
    "stands_for": gettext_lazy("What it stands for"),
    "measure": gettext_lazy("How it is counted"),
    "parameters": gettext_lazy("What counts"),
    "due_on": gettext_lazy("By"),
    "clause": gettext_lazy("It rests on"),
    "state": gettext_lazy("State"),
}


@dataclass(frozen=True)
class Said:
    """A turn in words. differences: (label, before, after) of each field it changed."""

    turn: Turn
    sentence: str
    differences: list[tuple[str, str, str]]


@dataclass
class GoalPage:
    goal: Goal
    today: date
    is_owner: bool
    is_manager: bool
    moves: dict[str, Move]
    gaps: dict[str, str]
    can_edit: bool
    can_ask_change: bool
    may_doubt: bool
    reasons: list[Reason]
    new_reasons: bool
    thread: list[Said]
    waiting: Said | None
    answers: tuple[str, ...]
    earlier: list[Goal]
    clauses: list[Clause]
    acknowledged_at: datetime | None
    card: Card
    history: list[Line]

    @property
    def open_steps(self) -> int:
        return max(self.goal.target - self.goal.counted, 0)

    @property
    def open_unit(self) -> str:
        return self.goal.counting.unit(self.open_steps)

    @property
    def days_left(self) -> int:
        return (self.goal.due_on - self.today).days

    @property
    def days_over(self) -> int:
        return -self.days_left


def page_of(goal: Goal, reader: Employee, today: date) -> GoalPage:
    """goal: with people, year, clause and its ruling at hand."""
    places = standpoints(reader, goal)
    pair = bool(places & {OWNER, MANAGER})
    turns = asked(lambda goal: goal.turns.select_related("by"), goal)
    waiting = next((turn for turn in turns if turn.answer == Turn.Answer.WAITS), None)
    reasons = asked(lambda goal: goal.reasons.select_related("by"), goal)
    if waiting:
        waiting.goal = goal
    gaps = missing(goal) if goal.state in Goal.OPEN else {}
    return GoalPage(
        goal=goal,
        today=today,
        is_owner=OWNER in places,
        is_manager=MANAGER in places,
        moves=moves_open_to(reader, goal),
        gaps=gaps,
        can_edit=revision_open_to(reader, goal) is not None,
        can_ask_change=pair and goal.state in CHANGEABLE and waiting is None,
        may_doubt=may_doubt(reader, goal),
        reasons=reasons,
        new_reasons=pair and any(not one.read_at and one.by_id != reader.pk for one in reasons),
        thread=[_said(turn, goal.measure) for turn in reversed(turns)],
        waiting=_said(waiting, goal.measure) if waiting else None,
        answers=answers_open_to(reader, waiting) if waiting else (),
        earlier=_earlier(goal),
        clauses=_covering(goal) if pair and "clause" in gaps else [],
        acknowledged_at=_acknowledged(goal),
        card=Card(goal, today, _lines(goal, reader) if goal.is_agreed or goal.agreed_at else []),
        history=history_of_steps(goal, 20) if goal.agreed_at else [],
    )


def _lines(goal: Goal, reader: Employee) -> list[LogLine]:
    return lines_of(asked(_steps, reader, goal))


def _steps(reader: Employee, goal: Goal) -> QuerySet[Report, dict[str, Any]]:
    steps = Report.objects.visible_to(reader).filter(goal=goal)
    rows: QuerySet[Report, dict[str, Any]] = steps.log_rows(reader.pk).values(*COLUMNS)
    return rows


def _acknowledged(goal: Goal) -> datetime | None:
    """When the owner acknowledged the version that the clause stands in."""
    if goal.clause is None:
        return None
    given = goal.owner_id, goal.clause.version_id
    read = first(lambda owner, version: Reading.objects.filter(employee=owner, version=version), *given)
    return read.acknowledged_at if read else None


def _earlier(goal: Goal) -> list[Goal]:
    return asked(_before, goal.owner_id, goal.year.first_on)


def _before(owner: int, day: date) -> QuerySet[Goal]:
    before = Goal.objects.agreed().filter(owner=owner, year__last_on__lt=day)
    return before.select_related("year").order_by("-year__first_on", "pk")[:6]


def _covering(goal: Goal) -> list[Clause]:
    return asked(lambda owner: Clause.objects.covering(owner).filter(state=Clause.State.APPROVED), goal.owner)


def _said(turn: Turn, measure: str) -> Said:
    sentence = str(SAID.get(turn.move, SAID["revise"])) % {"name": turn.by.called}
    return Said(turn, sentence, differences(turn.before, turn.after, measure))


def differences(before: dict[str, Any], after: dict[str, Any], measure: str) -> list[tuple[str, str, str]]:
    """(label, what stood, what stands or is asked for) for each field; what was kept of an old wording has no after.

    measure: how the goal is counted, where the change says nothing of it.
    """
    names: Iterable[str] = [name for name in LABELS if name in before]
    return [(str(LABELS[name]), _shown(name, before, measure), _shown(name, after, measure)) for name in names]


def _shown(name: str, said: dict[str, Any], measure: str) -> str:
    if name not in said or said[name] in (None, ""):
        return ""
    value = said[name]
    if name == "parameters":
        return " ".join(mechanics(said.get("measure", measure), value))
    if name == "clause":
        clause = Clause.objects.filter(pk=value).first()
        return str(clause) if clause else ""
    if name == "due_on":
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if name == "measure":
        return str(MEASURES[value].label)
    if name == "state":
        return _("Withdrawn") if value == Goal.State.WITHDRAWN else _("Agreed")
    return str(value)
