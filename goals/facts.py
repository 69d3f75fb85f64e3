"""What counting looks at, and what it answers. No database."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from goals.whynot import Why


@dataclass(frozen=True)
class Person:
    """One person met, as far as counting asks.

    id: of the encounter, so that the answer can name it. key: equal for the same person (the employee, or the keyed
    hash of the name in the notebook); None for somebody without a name, who is new. elsewhere: whether they work in
    another department than the owner; None while no department is named. peer: whether their job is the same or a
    similar one; None if nobody can tell, which counts.
    """

    id: Hashable
    key: Hashable | None = None
    elsewhere: bool | None = None
    department: Hashable | None = None
    peer: bool | None = None


@dataclass(frozen=True)
class Step:
    """One dated report. `event` names what they went to, `tells` what was done or heard; both may be empty."""

    id: Hashable
    on: date
    confirmed: bool = False
    people: Sequence[Person] = ()
    event: str = ""
    tells: str = ""


@dataclass(frozen=True)
class Counted:
    """counted, confirmed: what counts of all steps, and of the confirmed ones alone; may exceed `target`.

    why_not, people_why_not: for each step (person) that does not count, by id, the reason.
    """

    counted: int
    confirmed: int
    target: int
    why_not: Mapping[Hashable, Why] = field(default_factory=dict)
    people_why_not: Mapping[Hashable, Why] = field(default_factory=dict)

    @property
    def is_met(self) -> bool:
        return self.confirmed >= self.target
