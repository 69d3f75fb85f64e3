"""What must hold of any database that the rules have written, asked of the raw rows: each breach is a sentence.

What is stored twice is counted again from what it is stored for, by other means than those that wrote it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models

from appraisals.models import Appraisal
from appraisals.rules import signing
from bench.invariants_scores import aggregates, scores
from conversations.models import Action, OneOnOne, Series
from goals.models import Claim, Edge, Encounter, Findable, Goal, Report, Tie
from goals.rules import counting
from jobs.models import Clause, Reading, Version
from journal.models import Entry
from journal.rules import sealing
from outbox.models import Notice
from people.models import ERASED, Department, DepartmentLine, Employee, Line
from reminders.rules.kinds import KINDS
from reminders.rules.sweep import days_on_earth

Breaches = Iterator[str]
# How a state came about: (what, its rows, the verbs of which one must stand in the journal about the row).
TOLD: list[tuple[str, models.QuerySet[Any], set[str]]] = [
    ("agreed goal", Goal.objects.filter(state__in=Goal.AGREED), {"goal.pick", "goal.agree"}),
    ("offered goal", Goal.objects.filter(state="offered"), {"goal.offer"}),
    ("proposed goal", Goal.objects.filter(state="proposed"), {"goal.propose"}),
    ("goal sent back", Goal.objects.filter(state="sent_back"), {"goal.send_back"}),
    ("version with HR", Version.objects.filter(state="with_hr"), {"job.support", "job.hand_in", "job.import"}),
    ("published version", Version.objects.filter(state="published"), {"job.publish", "job.import"}),
    ("withdrawn version", Version.objects.filter(state="withdrawn"), {"job.withdraw"}),
    ("refused clause", Clause.objects.filter(state="refused"), {"clause.rule"}),
    ("acknowledged reading", Reading.objects.exclude(acknowledged_at=None), {"job.acknowledge"}),
    ("series", Series.objects.all(), {"series.start"}),
    ("one-on-one held", OneOnOne.objects.filter(state="held"), {"one_on_one.hold"}),
    ("action done", Action.objects.filter(kind="action", state="done"), {"action.done"}),
    ("promise kept", Action.objects.filter(kind="promise", state="done"), {"promise.done"}),
    ("promise broken", Action.objects.filter(kind="promise", state="broken"), {"promise.broken"}),
    (
        "appraisal with the manager",
        Appraisal.objects.filter(state="review", number=1),
        {"appraisal.hand_in", "appraisal.go_on"},
    ),
    ("appraisal in calibration", Appraisal.objects.filter(state="calibration"), {"appraisal.hand_on"}),
    ("shared appraisal", Appraisal.objects.filter(state="shared"), {"appraisal.share"}),
    (
        "signed appraisal",
        Appraisal.objects.filter(state__in=["signed", "locked"]),
        {"appraisal.sign", "appraisal.close"},
    ),
    ("person who left", Employee.objects.exclude(left_on=None), {"employee.leave", "import.done"}),
]
# The same, where the entry stands about the goal and names the row in its data.
TOLD_OF_A_GOAL: list[tuple[str, models.QuerySet[Any], str, str]] = [
    ("step", Report.objects.all(), "report.log", "report"),
    ("confirmed step", Report.objects.filter(state="confirmed"), "report.confirm", "report"),
    ("step asked about", Report.objects.filter(state="more"), "report.ask", "report"),
    ("claim", Claim.objects.all(), "claim.claimed", "claim"),
    ("claim paid", Claim.objects.filter(state="paid"), "claim.paid", "claim"),
]


def breaches() -> list[str]:
    """Everything that is wrong; empty if nothing is."""
    checks = [lines, department_lines, counts, edges, scores, aggregates, outbox, journal, chains]
    return [said for check in checks for said in check()]


def lines() -> Breaches:
    """The closure of `manager`, walked up person by person."""
    above = dict(Employee.objects.values_list("pk", "manager"))
    yield from _differ("line", _closure(above), set(Line.objects.values_list("above", "below", "depth")))


def department_lines() -> Breaches:
    above = dict(Department.objects.values_list("pk", "parent"))
    stored = set(DepartmentLine.objects.values_list("above", "below", "depth"))
    yield from _differ("line of departments", _closure(above), stored)


def _closure(above: dict[int, int | None]) -> set[tuple[int, int, int]]:
    found = set()
    for one in above:
        at: int | None = one
        depth = 0
        while at is not None:
            found.add((at, one, depth))
            at, depth = above[at], depth + 1
    return found


def counts() -> Breaches:
    """Each goal's figures and state, counted from all its steps."""
    met: dict[int, list[Encounter]] = defaultdict(list)
    for encounter in Encounter.objects.order_by("position", "pk"):
        met[encounter.report_id].append(encounter)
    for goal in Goal.objects.prefetch_related("reports"):
        reports = list(goal.reports.all())
        now = counting.count(goal, reports, {report.pk: met[report.pk] for report in reports})
        if (goal.counted, goal.confirmed, goal.target) != (now.counted, now.confirmed, now.target):
            yield f"goal {goal.pk} says {goal.counted}, {goal.confirmed} of {goal.target}; its steps say {now}"
        for report in reports:
            if report.counts == (report.pk in now.why_not):
                yield f"step {report.pk} of goal {goal.pk} is marked {report.counts}"


def edges() -> Breaches:
    """Who knows whom: by colleague, department and job; and how many between two departments in a year."""
    hidden = set(Findable.objects.filter(is_on=False).values_list("employee", flat=True))
    erased = set(Employee.objects.filter(email__endswith=ERASED).values_list("pk", flat=True))
    ties: dict[tuple[int, int, str | None], Any] = {}
    between: dict[tuple[int, int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for one in Encounter.objects.exclude(department=None).exclude(owner__in=hidden):
        assert one.department_id
        for job in {None, one.job_title.casefold() or None} if one.owner_id not in erased else ():
            place = (one.owner_id, one.department_id, job)
            ties[place] = max(ties.get(place, one.happened_on), one.happened_on)
        if one.from_department_id and one.from_department_id != one.department_id:
            who = between[one.year_id, one.from_department_id, one.department_id]
            who[0].add(one.contact_id)
            who[1].add(one.owner_id)
    stored = set(Tie.objects.values_list("owner", "department", "job__title", "last_on"))
    yield from _differ("tie", {(*place, on) for place, on in ties.items()}, stored)
    drawn = set(Edge.objects.values_list("year", "from_department", "to_department", "contacts", "people"))
    yield from _differ("edge", {(*ends, len(a), len(b)) for ends, (a, b) in between.items()}, drawn)


def outbox() -> Breaches:
    """Nothing told twice; whatever is due now has its notice; nothing that was to leave is left behind."""
    occasions = Notice.objects.exclude(state="settled").values_list("kind", "about", "recipient", "occasion")
    for occasion, times in Counter(occasions).items():
        if times > 1:
            yield f"told {times} times: {occasion}"
    told = set(occasions)
    for kind in KINDS.values():
        for day, zones in days_on_earth().items():
            for thing in kind.due(day) if kind.due and zones is None else ():
                if (kind.name, thing.pk, thing.recipient_id, thing.occasion or "") not in told:
                    yield f"due and not told: {kind.name} {thing.pk} to {thing.recipient_id}"
    for row in Notice.objects.filter(state__in=["failed", "bounced"]).values_list("pk", "kind", "error"):
        yield f"not sent: {row}"


def journal() -> Breaches:
    """Every state that somebody brought about has the entry of the deed."""
    told: dict[str, set[str]] = defaultdict(set)
    named: set[tuple[str, str, int]] = set()
    for verb, subject, data in Entry.objects.values_list("verb", "subject", "data"):
        told[subject].add(verb)
        named |= {(verb, key, int(data[key])) for key in ("report", "claim") if key in data}
    for what, rows, verbs in TOLD:
        label = rows.model._meta.label_lower
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            if not verbs & told[f"{label}:{pk}"]:
                yield f"no entry of {what} {pk}"
    for what, rows, verb, key in TOLD_OF_A_GOAL:
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            if (verb, key, pk) not in named:
                yield f"no entry of {what} {pk}"


def chains() -> Breaches:
    """The signatures, and the journal's seals."""
    if found := signing.broken():
        yield f"signature {found[0]}: {found[1]}"
    yield from (f"journal: {found}" for found in sealing.verify())


def _differ(what: str, wanted: set[Any], stored: set[Any]) -> Breaches:
    yield from (f"{what} is missing: {row}" for row in sorted(wanted - stored, key=str))
    yield from (f"{what} is too many: {row}" for row in sorted(stored - wanted, key=str))
