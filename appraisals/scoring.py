"""The arithmetic of an appraisal, step by step, in whole numbers. No database: numbers in, numbers out.

Ratings are hundredths of a point (350 is 3.5), a section's score ten-thousandths (36500 is 3.65), the total hundredths
(364 is 3.64), shares of evidence ten-thousandths of the whole (5900 is 59 %). Each section is rounded once, the total
once, exactly half goes up. appraisals/rollup.py says the same in SQL; a test holds the two together.
Source: docs/appraisal-policy.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WHOLE = 10_000  # ten-thousandths: all of it
LADDER = (100, 200, 300, 400, 500)  # nothing, part of the minimum, the minimum, one goal more, two and beyond


@dataclass(frozen=True)
class Rated:
    """One criterion: its percent of the section, its rating (None: none yet), whether dated evidence carries it."""

    weight: int
    points: int | None
    on_facts: bool = False


@dataclass(frozen=True)
class SectionScore:
    """score: None if nothing in the section is rated. weight: percent of the section that is rated. product: rating
    times percent, summed: what is divided by `weight`."""

    score: int | None
    facts: int | None
    weight: int
    product: int


@dataclass(frozen=True)
class Total:
    """total: None if no section has a score. weight: of the sections that have one. product: weight times score,
    summed: what is divided by `weight`."""

    total: int | None
    facts: int | None
    weight: int
    product: int


@dataclass(frozen=True)
class Goals:
    """What the goals of somebody's year come to. offered: anybody offered or proposed one; agreed: how many stand
    agreed; begun: whether any step of them is confirmed; met: of how many all steps are."""

    offered: bool
    agreed: int
    begun: bool
    met: int


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two numbers that are not negative, rounded to whole; exactly half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def section(criteria: Iterable[Rated]) -> SectionScore:
    """The mean of what is rated, by weight. What is not rated is left out and its weight spread: never a zero.

    Criteria of weight 0 do not count. Raises ValueError for a negative weight or rating.
    """
    listed = list(criteria)
    if any(each.weight < 0 or (each.points or 0) < 0 for each in listed):
        raise ValueError(f"weights and ratings are not negative, got {listed}")
    rated = [(each.weight, each.points, each.on_facts) for each in listed if each.points is not None and each.weight]
    weight = sum(w for w, _, _ in rated)
    product = sum(w * points for w, points, _ in rated)
    if not weight:
        return SectionScore(None, None, 0, 0)
    facts = sum(w for w, _, on_facts in rated if on_facts)
    return SectionScore(half_up(product * 100, weight), half_up(facts * WHOLE, weight), weight, product)


def overall(sections: Iterable[tuple[int, int | None, int | None]]) -> Total:
    """The total of (weight in percent, score, share of evidence) of each section, as section() gives them.

    A section without a score is left out and its weight spread over the others. Weights need not add up to 100.
    """
    used = [(w, score, facts or 0) for w, score, facts in sections if score is not None and w > 0]
    weight = sum(w for w, _, _ in used)
    product = sum(w * score for w, score, _ in used)
    if not weight:
        return Total(None, None, 0, 0)
    facts = sum(w * share for w, _, share in used)
    return Total(half_up(product, weight * 100), half_up(facts, weight), weight, product)


def minimum_for(minimum: int, part: int) -> int:
    """How many goals somebody has to meet who was there for `part` (ten-thousandths) of the year."""
    return half_up(minimum * part, WHOLE)


def relationship(goals: Goals, minimum: int, closed: bool, ladder: Sequence[int] = LADDER) -> int | None:
    """The rating of the relationship section, from counts; None: left out, or nothing to say yet.

    minimum: as minimum_for() gives it. closed: the year's last day for agreeing has passed. ladder: five ratings that
    never fall. Goals beyond the minimum that are not met change nothing, so they cannot lower it.
    """
    if not goals.agreed:
        return ladder[0] if goals.offered and closed and minimum > 0 else None
    if goals.met < minimum:
        return ladder[1] if goals.begun or goals.met else ladder[0]
    return ladder[min(2 + goals.met - minimum, 4)]
