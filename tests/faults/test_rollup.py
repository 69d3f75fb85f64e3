"""A roll-up that is killed while ratings change: nothing lost, nothing doubled, every sum exact."""

import random

import pytest

from appraisals.models import Score
from appraisals.rules import rolling, schemes
from bench.rolls import endure
from tests.appraisals.test_rollup import assert_equal, fill, people
from tests.factories_appraisals import a_scheme, a_year
from tests.factories_jobs import clause_in_force


@pytest.mark.django_db(transaction=True)
def test_killed_roll_up_is_carried_on_exactly(firm, monkeypatch):
    clause = clause_in_force(firm.mia, firm.eve)
    people(300)
    scheme = schemes.start(a_scheme(a_year()), by=None)
    fill(scheme, random.Random(6), clause)
    monkeypatch.setattr(rolling, "SLICE", 25)

    outcome = endure(scheme, 3, random.Random(7))

    assert (outcome.lost, outcome.doubled, outcome.wrong, outcome.waiting) == (0, 0, 0, 0)
    scheme.refresh_from_db()
    assert Score.objects.count() == scheme.appraisals.count()
    assert_equal(scheme, scheme.rolled_on)
