from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisals.scoring import LADDER, Goals, Rated, half_up, minimum_for, overall, relationship, section

ratings = st.builds(
    Rated,
    weight=st.integers(0, 100),
    points=st.none() | st.integers(0, 700),
    on_facts=st.booleans(),
)
parts = st.lists(ratings, max_size=9)
sections = st.lists(st.tuples(st.integers(0, 100), parts), max_size=8)


def rounded(value, places):
    """Half up, by fractions: what the policy says, in one line."""
    return Fraction(floor(value * 10**places + Fraction(1, 2)), 10**places)


def by_fractions(parts):
    rated = [(r.weight, Fraction(r.points, 100), r.on_facts) for r in parts if r.points is not None and r.weight]
    weight = sum(w for w, _, _ in rated)
    if not weight:
        return None, None
    score = rounded(sum(w * p for w, p, _ in rated) / weight, 4)
    return score, rounded(Fraction(sum(w for w, _, facts in rated if facts), weight), 4)


@given(parts)
def test_section_equals_fractions(parts):
    score, facts = by_fractions(parts)

    found = section(parts)

    assert (found.score is None) == (score is None)
    if score is not None:
        assert (Fraction(found.score, 10_000), Fraction(found.facts, 10_000)) == (score, facts)


@given(sections)
def test_total_equals_fractions(sections):
    exact = [(w, *by_fractions(parts)) for w, parts in sections]
    used = [(w, score, facts) for w, score, facts in exact if score is not None and w]
    weight = sum(w for w, _, _ in used)

    found = overall((w, section(parts).score, section(parts).facts) for w, parts in sections)

    if not weight:
        assert (found.total, found.facts, found.weight) == (None, None, 0)
    else:
        assert found.weight == weight
        assert Fraction(found.total, 100) == rounded(sum(w * s for w, s, _ in used) / weight, 2)
        assert Fraction(found.facts, 10_000) == rounded(sum(w * f for w, _, f in used) / weight, 4)


@given(sections, st.randoms())
def test_order_changes_nothing(sections, dice):
    def result(listed):
        return overall((w, section(parts).score, section(parts).facts) for w, parts in listed)

    shuffled = [(w, dice.sample(parts, len(parts))) for w, parts in dice.sample(sections, len(sections))]

    assert result(shuffled) == result(sections)


@given(sections, st.integers(1, 100))
def test_section_without_entries_changes_nothing(sections, weight):
    listed = [(w, section(parts).score, section(parts).facts) for w, parts in sections]

    assert overall([*listed, (weight, None, None)]) == overall(listed)


@given(st.lists(st.tuples(st.integers(1, 100), ratings.filter(lambda r: r.points is not None and r.weight))))
def test_total_stays_between_lowest_and_highest_rating(rated):
    found = overall((w, section([r]).score, section([r]).facts) for w, r in rated)

    if rated:
        assert min(r.points for _, r in rated) <= found.total <= max(r.points for _, r in rated)


def test_mock_up_is_right():
    job = section([Rated(40, 400, True), Rated(35, 300, True), Rated(25, 400)])
    team = section([Rated(50, 300), Rated(50, 400)])
    goal = section([Rated(100, 400, True)])

    found = overall([(5, goal.score, goal.facts), (60, job.score, job.facts), (20, team.score, team.facts)])

    assert (job.score, team.score) == (36_500, 35_000)
    assert (found.total, found.weight, found.product) == (364, 85, 3_090_000)
    assert found.facts == 5882  # (5 + 24 + 21) ÷ 85


def test_half_goes_up():
    assert [half_up(n, 2) for n in range(6)] == [0, 1, 1, 2, 2, 3]
    assert overall([(1, 30_050, 0)]).total == 301  # 3.005


@pytest.mark.parametrize(
    ("offered", "agreed", "begun", "met", "minimum", "closed", "rating"),
    [
        (False, 0, False, 0, 1, True, None),  # nobody offered one: left out
        (True, 0, False, 0, 1, False, None),  # there is still time to agree
        (True, 0, False, 0, 1, True, 100),  # offered, none agreed in time: minimum not met
        (True, 1, False, 0, 1, True, 100),  # nothing reported
        (True, 1, True, 0, 1, True, 200),  # part of the minimum
        (True, 2, True, 1, 2, True, 200),
        (True, 1, True, 1, 1, True, 300),
        (True, 2, True, 2, 1, True, 400),
        (True, 3, True, 3, 1, True, 500),
        (True, 9, True, 9, 1, True, 500),
        (True, 0, False, 0, 0, True, None),  # no minimum for so short a time, and no goal
        (True, 1, False, 0, 0, True, 300),
        (True, 1, True, 1, 0, True, 400),
    ],
)
def test_relationship_rating(offered, agreed, begun, met, minimum, closed, rating):
    assert relationship(Goals(offered, agreed, begun, met), minimum, closed) == rating


@given(st.integers(1, 20), st.integers(0, 20), st.booleans(), st.integers(0, 4), st.integers(1, 9))
def test_extra_goals_cannot_lower(agreed, met, begun, minimum, extra):
    met = min(met, agreed)
    before = relationship(Goals(True, agreed, begun or met > 0, met), minimum, True)

    assert relationship(Goals(True, agreed + extra, begun or met > 0, met), minimum, True) >= before
    assert relationship(Goals(True, agreed + extra, True, met + extra), minimum, True) >= before


@pytest.mark.parametrize(
    ("minimum", "part", "due"),
    [(1, 10_000, 1), (1, 5_000, 1), (1, 4_999, 0), (2, 7_500, 2), (2, 7_499, 1), (4, 5_000, 2), (0, 10_000, 0)],
)
def test_minimum_is_prorated(minimum, part, due):
    assert minimum_for(minimum, part) == due


def test_negative_weight_is_refused():
    with pytest.raises(ValueError, match="negative"):
        section([Rated(-1, 300)])


def test_ladder_never_falls():
    assert list(LADDER) == sorted(LADDER)
