"""How a goal is counted: one class per kind. No database: facts of dated steps in, figures and reasons out.

A new kind is one class here, its line in MEASURES, and its template goals/measures/_<kind>.html.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.facts import Counted, Person, Step
from goals.parameters import Parameter, cleaned, day_of, days_of
from goals.whynot import Why

__all__ = ["CHOICES", "MEASURES", "Counted", "Measure", "Parameters", "Person", "Step"]
Parameters = Mapping[str, Any]


@dataclass
class _Tally:
    number: int = 0
    steps: dict[Hashable, Why] = field(default_factory=dict)
    people: dict[Hashable, Why] = field(default_factory=dict)


class Measure(ABC):
    """What all kinds have in common; `parameters` says what is asked, and what is allowed.

    asks: what the form of a step asks for: "people", "event", "tells".
    """

    kind: ClassVar[str]
    label: ClassVar[Any]
    parameters: ClassVar[tuple[Parameter, ...]]
    asks: ClassVar[frozenset[str]] = frozenset()

    def clean(self, raw: Parameters) -> dict[str, Any]:
        """`raw` (form values or JSON) as JSON-able parameters. Raises ValidationError with a sentence per field."""
        return cleaned(self.parameters, raw)

    def target(self, parameters: Parameters) -> int:
        return int(parameters.get("count", 1))

    def count(self, parameters: Parameters, steps: Iterable[Step]) -> Counted:
        """The same for any order of `steps`: they are counted by date, then id."""
        ordered = sorted(steps, key=lambda step: (step.on, str(step.id).zfill(20)))
        all_of_them = self._tally(parameters, ordered)
        confirmed = self._tally(parameters, [step for step in ordered if step.confirmed])
        target = self.target(parameters)
        number = min(confirmed.number, all_of_them.number)  # an unconfirmed step may use a person up first
        return Counted(all_of_them.number, number, target, all_of_them.steps, all_of_them.people)

    @abstractmethod
    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally: ...

    @abstractmethod
    def unit(self, number: int) -> str:
        """The thing counted, in the number given: "person", "people"."""

    def progress(self, parameters: Parameters, counted: int) -> str:
        return _("%(counted)s of %(target)s") % {"counted": counted, "target": self.target(parameters)}

    def closes_on(self, parameters: Parameters) -> date | None:
        """The last day on which a step can still count; None if only the year ends it."""
        return day_of(parameters, "until_on")


def _outside(parameters: Parameters, on: date) -> Why | None:
    """Why a day does not count, if the goal names a window."""
    first, last = day_of(parameters, "from_on"), day_of(parameters, "until_on")
    if first and on < first:
        return Why("before", first)
    return Why("after", last) if last and on > last else None


class _Met:
    """Who counts among the people met so far: the one place that knows when a person does not count."""

    def __init__(self, parameters: Parameters) -> None:
        self.parameters = parameters
        self.seen: dict[Hashable, date] = {}
        self.departments: dict[Hashable, date] = {}

    def admit(self, person: Person, on: date) -> Why | None:
        """Note `person`, met on a day; None if they count, else why not."""
        if why := self._refused(person):
            return why
        if person.key is not None:
            self.seen[person.key] = on
        if person.department is not None:
            self.departments.setdefault(person.department, on)
        return None

    def _refused(self, person: Person) -> Why | None:
        wants = self.parameters.get
        if wants("elsewhere") and not person.elsewhere:
            return Why("own_department" if person.elsewhere is False else "no_department")
        if wants("peers") and person.peer is False:
            return Why("other_job")
        if person.key is not None and person.key in self.seen:
            return Why("same_person", self.seen[person.key])
        if wants("apart") and person.department in self.departments:
            return Why("same_department", self.departments[person.department])
        return None


COUNT = Parameter("count", "whole", gettext_lazy("How many"), default=1, least=1, most=100)
ELSEWHERE = Parameter("elsewhere", "flag", gettext_lazy("Only people from other departments count"))
APART = Parameter("apart", "flag", gettext_lazy("Each from a different department"))
FROM_ON = Parameter("from_on", "day", gettext_lazy("From"))
UNTIL_ON = Parameter("until_on", "day", gettext_lazy("Until"))


class PeopleMet(Measure):
    """Different people: at a rally, in a new building, a counterpart at lunch."""

    kind = "people"
    label = gettext_lazy("People met")
    parameters = (
        COUNT,
        ELSEWHERE,
        APART,
        Parameter("peers", "flag", gettext_lazy("Only people with the same or a similar job count")),
        FROM_ON,
        UNTIL_ON,
    )
    asks = frozenset({"people"})

    def unit(self, number: int) -> str:
        return ngettext("person", "people", number)

    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally:
        tally, met = _Tally(), _Met(parameters)
        for step in steps:
            outside = _outside(parameters, step.on)
            refused = {person.id: outside or met.admit(person, step.on) for person in step.people}
            tally.people |= {of: why for of, why in refused.items() if why}
            admitted = sum(why is None for why in refused.values())
            tally.number += admitted
            if not admitted:
                tally.steps[step.id] = outside or next((why for why in refused.values() if why), Why("nobody"))
        return tally


class StepsDone(Measure):
    """Numbered steps, such as deliveries; each may have to be to somebody not met before."""

    kind = "steps"
    label = gettext_lazy("Steps done")
    parameters = (
        COUNT,
        Parameter("people", "flag", gettext_lazy("Each step is with a person not met before")),
        ELSEWHERE,
        FROM_ON,
        UNTIL_ON,
    )
    asks = frozenset({"people", "tells"})

    def unit(self, number: int) -> str:
        return ngettext("step", "steps", number)

    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally:
        tally, met = _Tally(), _Met(parameters)
        for step in steps:
            why = _outside(parameters, step.on) or self._with_whom(parameters, met, step, tally)
            if why:
                tally.steps[step.id] = why
            else:
                tally.number += 1
        return tally

    def _with_whom(self, parameters: Parameters, met: _Met, step: Step, tally: _Tally) -> Why | None:
        if not (parameters.get("people") or parameters.get("elsewhere")):
            return None
        refused = {person.id: met.admit(person, step.on) for person in step.people}
        tally.people |= {of: why for of, why in refused.items() if why}
        if None in refused.values():
            return None
        return next((why for why in refused.values() if why), Why("nobody"))


class DatesAttended(Measure):
    """Planned dates against attended ones: a committee through the year. Without planned dates any day counts once."""

    kind = "dates"
    label = gettext_lazy("Dates attended")
    parameters = (
        Parameter("group", "line", gettext_lazy("Group or committee")),
        Parameter("planned", "days", gettext_lazy("Planned dates")),
        Parameter("count", "whole", gettext_lazy("How many of them"), least=1, most=100),
        FROM_ON,
        UNTIL_ON,
    )
    asks = frozenset({"tells"})

    def clean(self, raw: Parameters) -> dict[str, Any]:
        clean = super().clean(raw)
        planned = clean.get("planned", [])
        clean.setdefault("count", len(planned) or 1)
        if planned and clean["count"] > len(planned):
            sentence = _("%(count)s are asked for, and %(planned)s are planned. Plan more dates, or ask for fewer.")
            raise ValidationError({"count": sentence % {"count": clean["count"], "planned": len(planned)}})
        return clean

    def target(self, parameters: Parameters) -> int:
        return int(parameters.get("count") or len(parameters.get("planned", [])) or 1)

    def unit(self, number: int) -> str:
        return ngettext("date", "dates", number)

    def progress(self, parameters: Parameters, counted: int) -> str:
        return _("%(counted)s of %(target)s dates") % {"counted": counted, "target": self.target(parameters)}

    def closes_on(self, parameters: Parameters) -> date | None:
        return max(days_of(parameters, "planned"), default=None) or super().closes_on(parameters)

    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally:
        tally, planned = _Tally(), set(days_of(parameters, "planned"))
        attended: set[date] = set()
        for step in steps:
            why = _outside(parameters, step.on)
            if not why and planned and step.on not in planned:
                why = Why("not_planned")
            if not why and step.on in attended:
                why = Why("same_date")
            if why:
                tally.steps[step.id] = why
            attended.add(step.on)
        tally.number = len([step for step in steps if step.id not in tally.steps])
        return tally


class EventsWithPeople(Measure):
    """Events, each with so many people not met before: two counts, one inside the other."""

    kind = "events"
    label = gettext_lazy("Events, each with a person met")
    parameters = (
        COUNT,
        Parameter("people_each", "whole", gettext_lazy("New people at each"), default=1, least=1, most=20),
        ELSEWHERE,
        FROM_ON,
        UNTIL_ON,
    )
    asks = frozenset({"people", "event"})

    def unit(self, number: int) -> str:
        return ngettext("event", "events", number)

    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally:
        tally, met = _Tally(), _Met(parameters)
        each = int(parameters.get("people_each", 1))
        new_at: dict[tuple[date, str], int] = {}
        for step in steps:
            if outside := _outside(parameters, step.on):
                tally.steps[step.id] = outside
                continue
            refused = {person.id: met.admit(person, step.on) for person in step.people}
            tally.people |= {of: why for of, why in refused.items() if why}
            event = (step.on, " ".join(step.event.casefold().split()))
            new_at[event] = new_at.get(event, 0) + sum(why is None for why in refused.values())
            if None not in refused.values():
                tally.steps[step.id] = next((why for why in refused.values() if why), Why("nobody"))
        for step in steps:  # an event that has too few of them, whoever told of it
            event = (step.on, " ".join(step.event.casefold().split()))
            if step.id not in tally.steps and new_at[event] < each:
                tally.steps[step.id] = Why("too_few", number=each - new_at[event])
        tally.number = sum(new >= each for new in new_at.values())
        return tally


class RoleHeld(Measure):
    """A role in a group, with so many dated steps in it: dates, or needs heard. A week may have to be among them."""

    kind = "role"
    label = gettext_lazy("Role held")
    parameters = (
        Parameter("group", "line", gettext_lazy("Group or committee")),
        Parameter("role", "line", gettext_lazy("Role")),
        Parameter("count", "whole", gettext_lazy("How many dates or needs"), default=1, least=1, most=100),
        Parameter("needs", "flag", gettext_lazy("Each step names a need that was heard, without names")),
        Parameter("week_on", "day", gettext_lazy("First day of the event week")),
        FROM_ON,
        UNTIL_ON,
    )
    asks = frozenset({"tells"})

    def unit(self, number: int) -> str:
        return ngettext("date or need", "dates or needs", number)

    def closes_on(self, parameters: Parameters) -> date | None:
        week = day_of(parameters, "week_on")
        return week + timedelta(days=6) if week else super().closes_on(parameters)

    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally:
        tally = _Tally()
        told: dict[Hashable, date] = {}
        for step in steps:
            once: Hashable = " ".join(step.tells.casefold().split()) if parameters.get("needs") else step.on
            if why := _outside(parameters, step.on):
                tally.steps[step.id] = why
            elif parameters.get("needs") and not once:
                tally.steps[step.id] = Why("no_need")
            elif once in told:
                tally.steps[step.id] = Why("same_need" if parameters.get("needs") else "same_date", told[once])
            else:
                told[once] = step.on
        counting = [step for step in steps if step.id not in tally.steps]
        return self._keep_for_the_week(parameters, counting, tally)

    def _keep_for_the_week(self, parameters: Parameters, counting: Sequence[Step], tally: _Tally) -> _Tally:
        """Where a week is named, the last step that is asked for must lie in it."""
        week, target = day_of(parameters, "week_on"), self.target(parameters)
        tally.number = len(counting)
        if not week or any(week <= step.on <= week + timedelta(days=6) for step in counting):
            return tally
        tally.steps |= {step.id: Why("not_in_week", week) for step in counting[target - 1 :]}
        tally.number = min(len(counting), target - 1)
        return tally


class DoneOnce(Measure):
    """Yes or no: an event put on, a charity event taken part in. What is not known yet may stay blank."""

    kind = "once"
    label = gettext_lazy("Done once")
    parameters = (
        Parameter("title", "line", gettext_lazy("What"), help=gettext_lazy("May stay blank.")),
        Parameter("event_on", "day", gettext_lazy("On")),
        Parameter("audience", "line", gettext_lazy("For whom")),
        FROM_ON,
        UNTIL_ON,
    )
    asks = frozenset({"tells"})

    def target(self, parameters: Parameters) -> int:
        return 1

    def unit(self, number: int) -> str:
        return ngettext("time", "times", number)

    def closes_on(self, parameters: Parameters) -> date | None:
        return day_of(parameters, "event_on") or super().closes_on(parameters)

    def _tally(self, parameters: Parameters, steps: Sequence[Step]) -> _Tally:
        tally = _Tally()
        for step in steps:
            if why := _outside(parameters, step.on) or (Why("once") if tally.number else None):
                tally.steps[step.id] = why
            else:
                tally.number = 1
        return tally


MEASURES: dict[str, Measure] = {
    measure.kind: measure
    for measure in (PeopleMet(), StepsDone(), DatesAttended(), EventsWithPeople(), RoleHeld(), DoneOnce())
}
CHOICES = [(kind, measure.label) for kind, measure in MEASURES.items()]
