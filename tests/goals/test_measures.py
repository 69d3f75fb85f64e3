from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from goals.measures import MEASURES, Person, Step
from goals.whynot import SENTENCES, Why

RALLY = date(2026, 9, 24)


def met(number, *people, on=RALLY, confirmed=False, event="", tells=""):
    return Step(number, on, confirmed, people, event, tells)


def stranger(number, elsewhere=True, key=None, department=None, peer=None):
    return Person(number, key, elsewhere, department, peer)


def count(kind, parameters, *steps):
    measure = MEASURES[kind]
    return measure.count(measure.clean(parameters), steps)


def codes(counted):
    return {step: why.code for step, why in counted.why_not.items()}


def test_rally_with_two_of_the_own_department_counts_nobody_and_says_why():
    counted = count(
        "people",
        {"count": 2, "elsewhere": True, "from_on": RALLY, "until_on": RALLY},
        met(1, stranger("a", elsewhere=False)),
        met(2, stranger("b", elsewhere=False)),
    )

    assert (counted.counted, counted.target) == (0, 2)
    assert codes(counted) == {1: "own_department", 2: "own_department"}
    assert str(counted.why_not[1]) == "This is your own department. Somebody from any other department counts."


def test_the_same_person_twice_counts_once_and_names_the_first_day():
    counted = count(
        "people",
        {"count": 2},
        met(1, stranger("a", key=7)),
        met(2, stranger("b", key=7), on=RALLY + timedelta(days=1)),
        met(3, stranger("c"), stranger("d")),
    )

    assert counted.counted == 3
    assert counted.people_why_not == {"b": Why("same_person", RALLY)}


def test_people_from_one_department_count_once_where_each_is_to_be_from_another():
    counted = count(
        "people", {"count": 2, "apart": True}, met(1, stranger("a", department=5)), met(2, stranger("b", department=5))
    )

    assert counted.counted == 1
    assert codes(counted) == {2: "same_department"}


def test_new_building_counts_within_its_months_only():
    window = {"count": 2, "from_on": "2026-06-01", "until_on": "2026-08-31"}

    counted = count(
        "people",
        window,
        met(1, stranger("a"), on=date(2026, 5, 31)),
        met(2, stranger("b"), on=date(2026, 6, 1)),
        met(3, stranger("c"), on=date(2026, 8, 31)),
        met(4, stranger("d"), on=date(2026, 9, 1)),
    )

    assert counted.counted == 2
    assert codes(counted) == {1: "before", 4: "after"}


def test_lunch_with_a_counterpart_counts_a_similar_job_elsewhere():
    lunch = {"count": 1, "elsewhere": True, "peers": True}

    assert count("people", lunch, met(1, stranger("a", peer=False))).counted == 0
    assert count("people", lunch, met(1, stranger("a", peer=True))).counted == 1
    assert count("people", lunch, met(1, stranger("a", elsewhere=None))).why_not[1].code == "no_department"


def test_six_deliveries_to_somebody_new_each_time():
    steps = [met(n, stranger(n, key=min(n, 4)), on=RALLY + timedelta(days=n)) for n in range(1, 6)]

    counted = count("steps", {"count": 6, "people": True}, *steps, met(6))

    assert counted.counted == 4
    assert codes(counted) == {5: "same_person", 6: "nobody"}


def test_committee_counts_planned_dates_once_each():
    planned = {"planned": "2026-03-02 2026-05-04, 2026-09-07", "count": 2}

    counted = count(
        "dates",
        planned,
        met(1, on=date(2026, 3, 2)),
        met(2, on=date(2026, 3, 2)),
        met(3, on=date(2026, 3, 3)),
        met(4, on=date(2026, 9, 7), confirmed=True),
    )

    assert (counted.counted, counted.confirmed, counted.target) == (2, 1, 2)
    assert codes(counted) == {2: "same_date", 3: "not_planned"}


def test_two_events_need_somebody_new_at_each():
    counted = count(
        "events",
        {"count": 2},
        met(1, stranger("a", key=1), event="Excel for all"),
        met(2, stranger("b", key=1), event="Writing minutes", on=RALLY + timedelta(days=3)),
        met(3, stranger("c", key=3), event="writing  Minutes", on=RALLY + timedelta(days=3)),
        met(4, stranger("d", key=4), event="Writing minutes", on=RALLY + timedelta(days=3)),
    )

    assert counted.counted == 2
    assert codes(counted) == {2: "same_person"}


def test_an_event_with_too_few_new_people_says_how_many_are_missing():
    counted = count("events", {"count": 1, "people_each": 3}, met(1, stranger("a"), event="Fair"))

    assert counted.counted == 0
    assert counted.why_not[1] == Why("too_few", number=2)


def test_appreciation_committee_keeps_a_step_for_the_event_week():
    role = {"group": "Appreciation committee", "role": "Games", "count": 2, "week_on": "2026-10-19"}
    early = [met(1, on=date(2026, 3, 1)), met(2, on=date(2026, 4, 1))]

    assert codes(count("role", role, *early)) == {2: "not_in_week"}
    assert count("role", role, *early).counted == 1
    assert count("role", role, *early, met(3, on=date(2026, 10, 25))).counted == 3


def test_student_group_counts_needs_heard_each_once():
    counted = count(
        "role",
        {"group": "Student group", "count": 3, "needs": True},
        met(1, tells="Longer opening hours"),
        met(2, tells=" longer  opening hours", on=RALLY + timedelta(days=1)),
        met(3, tells=""),
    )

    assert counted.counted == 1
    assert codes(counted) == {2: "same_need", 3: "no_need"}


def test_charity_event_is_done_once_and_may_stay_blank():
    counted = count("once", {"title": ""}, met(1), met(2, on=RALLY + timedelta(days=1)))

    assert (counted.counted, counted.target) == (1, 1)
    assert codes(counted) == {2: "once"}


@pytest.mark.parametrize(
    ("kind", "raw", "field"),
    [
        ("people", {"count": "two"}, "count"),
        ("people", {"count": 0}, "count"),
        ("people", {"count": 101}, "count"),
        ("people", {"from_on": "2026-02-30"}, "from_on"),
        ("people", {"until_on": "soon"}, "until_on"),
        ("people", {"from_on": "2026-03-01", "until_on": "2026-02-01"}, "until_on"),
        ("dates", {"planned": "2026-03-01", "count": 2}, "count"),
        ("dates", {"planned": " ".join(f"20{n:02}-03-01" for n in range(61))}, "planned"),
        ("once", {"title": "a\x00b"}, "title"),
        ("once", {"title": "a" * 121}, "title"),
    ],
)
def test_parameters_that_cannot_be_are_refused_beside_their_field(kind, raw, field):
    with pytest.raises(ValidationError) as refused:
        MEASURES[kind].clean(raw)

    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.kind)
def test_cleaning_what_is_clean_changes_nothing(measure):
    clean = measure.clean({"count": "3", "from_on": "1.2.2026", "elsewhere": "on", "title": " x ", "unknown": 1})

    assert measure.clean(clean) == clean
    assert set(clean) <= {parameter.name for parameter in measure.parameters}


def test_reasons_come_back_from_their_column():
    for code in SENTENCES:
        why = Why(code, RALLY, 2)

        assert Why.unpack(why.packed) == why
        assert "%" not in str(why)
    assert Why.unpack("") is None


days = st.integers(0, 6).map(lambda n: RALLY + timedelta(days=n))
people = st.builds(
    Person,
    st.uuids(),
    st.none() | st.integers(1, 3),
    st.none() | st.booleans(),
    st.none() | st.integers(1, 3),
    st.none() | st.booleans(),
)
steps_taken = st.lists(
    st.builds(
        Step,
        st.integers(1, 10_000),
        days,
        st.booleans(),
        st.lists(people, max_size=3),
        st.sampled_from(["", "fair", "Fair"]),
        st.sampled_from(["", "need", "another"]),
    ),
    max_size=12,
    unique_by=lambda step: step.id,
)
flags = st.fixed_dictionaries(
    {},
    optional={
        "count": st.integers(1, 4),
        "people_each": st.integers(1, 3),
        "elsewhere": st.booleans(),
        "apart": st.booleans(),
        "peers": st.booleans(),
        "people": st.booleans(),
        "needs": st.booleans(),
        "from_on": days,
        "week_on": days,
    },
)


@given(st.sampled_from(sorted(MEASURES)), flags, steps_taken, st.randoms(use_true_random=False))
def test_any_order_of_the_same_steps_counts_the_same(kind, raw, steps, random):
    measure = MEASURES[kind]
    parameters = measure.clean(raw)
    shuffled = list(steps)
    random.shuffle(shuffled)

    assert measure.count(parameters, shuffled) == measure.count(parameters, steps)


@given(st.sampled_from(sorted(MEASURES)), flags, steps_taken)
def test_what_is_confirmed_is_counted_and_what_does_not_count_says_why(kind, raw, steps):
    measure = MEASURES[kind]

    counted = measure.count(measure.clean(raw), steps)

    assert 0 <= counted.confirmed <= counted.counted
    counting = [step for step in steps if step.id not in counted.why_not]
    assert bool(counting) == bool(counted.counted)
    if kind in {"steps", "dates", "role", "once"}:
        assert len(counting) == counted.counted
    if kind == "people":
        everybody = [person for step in steps for person in step.people]
        assert counted.counted == len(everybody) - len(counted.people_why_not)


@given(st.sampled_from(sorted(MEASURES)), flags, steps_taken)
def test_without_steps_nothing_counts_and_the_target_stands(kind, raw, steps):
    measure = MEASURES[kind]
    parameters = measure.clean(raw)

    assert measure.count(parameters, []).counted == 0
    assert measure.count(parameters, []).target == measure.count(parameters, steps).target >= 1
