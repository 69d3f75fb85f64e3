"""How far a goal is: counted from all of its steps each time, by its measure, and written nowhere else."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from goals.facts import Counted, Person, Step
from goals.models import Changed, Encounter, Goal, Report
from goals.whynot import Why
from people.models import Employee

State = Goal.State
NEXT = 10**18  # sorts behind every step of the same day


def lock(goal: Goal) -> Goal:
    """The goal as it stands, held with its owner until the transaction ends: deeds about one notebook and one count
    come one after another. Call it first."""
    Employee.objects.select_for_update(no_key=True).get(pk=goal.owner_id)
    return Goal.objects.select_for_update(no_key=True, of=("self",)).select_related("owner", "year").get(pk=goal.pk)


def recount(goal: Goal) -> Counted:
    """Count `goal` (locked) from nothing and write what changed: its figures and state, and why a step does not count.

    Complete by count is reported; complete by what the manager has confirmed is confirmed; fewer steps reopen it.
    """
    reports, met = _steps(goal)
    result = count(goal, reports, met)
    _write(Report, reports, result.why_not)
    _write(Encounter, [one for some in met.values() for one in some], result.people_why_not)
    fields: dict[str, Any] = {"counted": result.counted, "confirmed": result.confirmed, "target": result.target}
    if goal.is_agreed:
        fields["state"] = _state(result)
    if any(getattr(goal, name) != value for name, value in fields.items()):
        Goal.objects.filter(pk=goal.pk).update(**fields)
        goal.refresh_from_db(fields=list(fields))
        Changed.objects.create(owner_id=goal.owner_id, year_id=goal.year_id)
    return result


def count(goal: Goal, reports: Iterable[Report], met: dict[int, list[Encounter]]) -> Counted:
    """What `goal`'s measure says of these steps. met: the people of each step, by its key."""
    measure = goal.counting
    return measure.count(goal.parameters, [step_of(report, met[report.pk], measure.asks) for report in reports])


def foresee(goal: Goal, happened_on: date, person: Person) -> tuple[int, Why | None]:
    """How far `goal` would be with one more person met on a day, and why that one would not count. Writes nothing."""
    reports, met = _steps(goal)
    measure = goal.counting
    steps = [step_of(report, met[report.pk], measure.asks) for report in reports]
    result = measure.count(goal.parameters, [*steps, Step(NEXT, happened_on, people=[person], event="…", tells="…")])
    return result.counted, result.people_why_not.get(person.id) or result.why_not.get(NEXT)


def step_of(report: Report, met: Iterable[Encounter], asks: frozenset[str]) -> Step:
    people = [Person(one.pk, one.contact_id, one.elsewhere, one.department_id, one.peer) for one in met]
    confirmed = report.state == Report.State.CONFIRMED
    event = report.what if "event" in asks else ""
    return Step(report.pk, report.happened_on, confirmed, people, event, report.what if "tells" in asks else "")


def _steps(goal: Goal) -> tuple[list[Report], dict[int, list[Encounter]]]:
    """A goal's reports, and the people of each by its key."""
    reports = list(goal.reports.all())
    met: dict[int, list[Encounter]] = {report.pk: [] for report in reports}
    for encounter in Encounter.objects.filter(report__goal=goal).order_by("position", "pk"):
        met[encounter.report_id].append(encounter)
    return reports, met


def _state(result: Counted) -> str:
    if result.is_met:
        return State.CONFIRMED
    return State.REPORTED if result.counted >= result.target else State.ACTIVE


def _write(model: Any, rows: Iterable[Any], why_not: Any) -> None:
    changed = []
    for row in rows:
        why = why_not.get(row.pk)
        truth = (why is None, why.packed if why else "")
        if (row.counts, row.why_not) != truth:
            row.counts, row.why_not = truth
            changed.append(row)
    if changed:
        model.objects.bulk_update(changed, ["counts", "why_not"])
