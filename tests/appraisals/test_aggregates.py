"""Teams, departments and everybody: counts, means and distributions as counted by hand; small cells withheld."""

import pytest

from appraisals.aggregates import aggregate
from appraisals.models import Aggregate, Appraisal, Score
from appraisals.rules import schemes
from people.rules.departments import found_department
from tests.factories import EmployeeFactory
from tests.factories_appraisals import a_scheme

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(firm):
    """Mia's two leaders: Lea with three directs, Ole with six; totals 2.50, 3.49, 3.50 and so on, all handed on."""
    firm.near = found_department("Library", "LIB", by=None)
    for name, count in (("lea", 3), ("ole", 6)):
        leader = EmployeeFactory(name=name.title(), manager=firm.mia, department=firm.near)
        setattr(firm, name, leader)
        for _ in range(count):
            EmployeeFactory(manager=leader, department=firm.near)
    scheme = schemes.start(a_scheme(), by=None)
    for number, appraisal in enumerate(Appraisal.objects.filter(scheme=scheme).order_by("pk")):
        Score.objects.create(appraisal=appraisal, total=(250, 349, 350, 449)[number % 4], weight=100)
    Appraisal.objects.filter(scheme=scheme).update(state="calibration")
    return scheme


def by_hand(people):
    totals = [appraisal.score.total for appraisal in people]
    mean = (2 * sum(totals) + len(totals)) // (2 * len(totals))
    return len(totals), mean, [sum((total + 50) // 100 == point for total in totals) for point in range(1, 8)]


def stored(scheme, level, of):
    cell = Aggregate.objects.get(scheme=scheme, level=level, of=of, section_ref=0)
    return cell.scored, cell.mean, [getattr(cell, f"at_{point}") for point in range(1, 8)]


def test_cells_equal_what_is_counted_by_hand(firm, scheme):
    aggregate(scheme)

    everybody = Appraisal.objects.filter(scheme=scheme).select_related("score")
    assert stored(scheme, "everybody", 0) == by_hand(everybody)
    assert stored(scheme, "department", firm.near.pk) == by_hand(everybody.filter(employee__department=firm.near))
    for leader in (firm.ada, firm.mia, firm.lea, firm.ole):
        below = everybody.filter(employee__lines_up__above=leader).exclude(employee=leader)
        assert stored(scheme, "team", leader.pk) == by_hand(below)
    assert not Aggregate.objects.filter(level="team", of=firm.sam.pk).exists()


def test_small_team_and_the_sibling_that_would_give_it_away_are_withheld(firm, scheme):
    aggregate(scheme)

    withheld = set(Aggregate.objects.filter(level="team", withheld=True).values_list("of", flat=True))
    assert withheld == {firm.lea.pk, firm.ole.pk}
    EmployeeFactory(manager=firm.lea)
    for _ in range(2):
        EmployeeFactory(manager=firm.lea)
    schemes.coverage.cover(scheme)
    for appraisal in Appraisal.objects.filter(scheme=scheme, score=None):
        Score.objects.create(appraisal=appraisal, total=300, weight=100)
    Appraisal.objects.filter(scheme=scheme).update(state="calibration")

    aggregate(scheme)

    assert not Aggregate.objects.filter(level="team", withheld=True).exists()


def test_second_run_changes_nothing_and_drafts_are_in_no_figure(firm, scheme):
    aggregate(scheme)

    assert aggregate(scheme) == 0
    Appraisal.objects.filter(scheme=scheme).update(state="review")
    aggregate(scheme)
    cell = Aggregate.objects.get(level="everybody", section_ref=0)
    assert (cell.scored, cell.mean, cell.in_review) == (0, None, cell.people)
    assert not Aggregate.objects.filter(withheld=True).exists()


def test_team_without_anybody_left_is_forgotten(firm, scheme):
    aggregate(scheme)
    type(firm.mia).objects.filter(manager=firm.lea).update(manager=firm.ole)
    firm.lea.lines_down.filter(depth__gt=0).delete()

    aggregate(scheme)

    assert not Aggregate.objects.filter(level="team", of=firm.lea.pk).exists()
