"""What is stored of counts and of who knows whom is what counting from nothing gives, after any deeds."""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goals.models import Edge, Encounter, Goal, Report, Tie
from goals.rules import contacts, counting, reporting
from goals.rules.notebook import Met, remove_name
from journal import clock
from tests.goals.reported import agreed, log, university

pytestmark = pytest.mark.django_db
DAYS = st.integers(0, 3)
PEOPLE = st.lists(
    st.sampled_from(["otto", "olga", "pia", "Sam", "Ann", "nobody here", "nobody there"]), max_size=3, unique=True
)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("log"), DAYS, PEOPLE),
        st.tuples(st.just("revise"), st.integers(0, 9), DAYS, PEOPLE),
        st.tuples(st.just("delete"), st.integers(0, 9)),
        st.tuples(st.just("confirm"), st.integers(0, 9)),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.just("findable"), st.booleans()),
    ),
    max_size=9,
)
GOALS = {
    "people": {"count": 2, "elsewhere": True},
    "events": {"count": 2, "people_each": 1},
    "steps": {"count": 3, "people": True},
    "once": {},
}


@pytest.fixture
def uni():
    return university()


def met(uni, who):
    if who.startswith("nobody"):
        return Met(department=uni.office if who == "nobody there" else uni.earth, job_title="Clerk")
    return Met(employee=getattr(uni, who)) if hasattr(uni, who) else Met(name=who, department=uni.office)


def do(uni, goal, deed):
    kind, *said = deed
    reports = list(Report.objects.with_goal().filter(goal=goal).order_by("pk"))
    if kind == "log":
        days, people = said
        log(goal, *[met(uni, who) for who in people], what="Went there", on=clock.today() - timedelta(days=days))
    elif kind == "findable":
        contacts.choose(uni.eve, *said, by=uni.eve)
    elif reports:
        report = reports[said[0] % len(reports)]
        if kind == "revise":
            fields = {"happened_on": clock.today() - timedelta(days=said[1]), "what": "Went there"}
            reporting.revise(report, fields, [met(uni, who) for who in said[2]], report.version, by=uni.eve)
        elif kind == "delete":
            reporting.take_back(report, report.version, by=uni.eve)
        elif kind == "confirm":
            reporting.confirm(report, report.version, by=uni.mia)
        elif kind == "remove" and (encounter := report.encounters.filter(contact__employee__isnull=False).first()):
            remove_name(encounter, by=encounter.contact.employee)


def stored(goal):
    goal = Goal.objects.get(pk=goal.pk)
    reports = list(Report.objects.filter(goal=goal).order_by("pk").values_list("pk", "counts", "why_not"))
    people = list(Encounter.objects.filter(report__goal=goal).order_by("pk").values_list("pk", "counts", "why_not"))
    return (goal.counted, goal.confirmed, goal.state), reports, people


def from_nothing(goal):
    """Forget what was counted, and count."""
    Goal.objects.filter(pk=goal.pk).update(counted=0, confirmed=0, state=Goal.State.ACTIVE)
    Report.objects.update(counts=False, why_not="")
    Encounter.objects.update(counts=False, why_not="")
    counting.recount(Goal.objects.get(pk=goal.pk))
    return stored(goal)


def known():
    ties = set(Tie.objects.values_list("owner", "department", "job__title", "last_on"))
    return ties, set(Edge.objects.values_list("from_department", "to_department", "contacts", "people"))


def known_from_nothing(uni):
    findable = contacts.may_be_found(uni.eve)
    ties, edges = {}, {}
    for one in Encounter.objects.all():
        if not findable or not one.department_id:
            continue
        for job in {None, one.job_title.casefold() or None}:
            place = (one.owner_id, one.department_id, job)
            ties[place] = max(ties.get(place, one.happened_on), one.happened_on)
        if one.department_id != one.from_department_id:
            edges.setdefault((one.from_department_id, one.department_id), set()).add(one.contact_id)
    return {(*place, on) for place, on in ties.items()}, {(*ends, len(who), 1) for ends, who in edges.items()}


@pytest.mark.parametrize("measure", GOALS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_after_any_deeds_the_stored_equals_the_recomputed(uni, measure, deeds):
    with transaction.atomic():
        goal = agreed(uni.eve, measure, GOALS[measure])
        for deed in deeds:
            do(uni, goal, deed)

        assert known() == known_from_nothing(uni)
        assert stored(goal) == from_nothing(goal)
        transaction.set_rollback(True)


def test_any_order_of_the_same_steps_counts_the_same(uni):
    steps = [("otto", 2), ("pia", 1), ("otto", 0), ("olga", 0)]
    seen = set()
    for order in permutations(steps):
        with transaction.atomic():
            goal = agreed(uni.eve)
            for who, days in order:
                log(goal, met(uni, who), on=clock.today() - timedelta(days=days))
            goal.refresh_from_db()
            seen.add((goal.counted, goal.state))
            transaction.set_rollback(True)

    assert seen == {(2, Goal.State.REPORTED)}


def test_counting_costs_the_same_for_many_steps(uni, django_assert_max_num_queries):
    goal = agreed(uni.eve, "steps", {"count": 40})
    for number in range(3):
        log(goal, Met(department=uni.office, job_title="Clerk"), what=f"Delivery {number}")
    goal.refresh_from_db()
    with django_assert_max_num_queries(3):
        counting.recount(goal)
    for number in range(12):
        log(goal, Met(department=uni.office, job_title="Clerk"), what=f"Delivery {number}")
    goal.refresh_from_db()

    with django_assert_max_num_queries(3):
        counting.recount(goal)
    assert goal.counted == 15
