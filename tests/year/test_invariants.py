"""What is stored twice agrees with what it is stored for: after a year of many through the rules."""

import pytest

from bench.bulk import live
from bench.invariants import breaches
from people.models import Line

pytestmark = pytest.mark.django_db


@pytest.mark.crawl
def test_nothing_is_wrong_after_a_year_of_many():
    assert live(24) == []


def test_what_was_tampered_with_is_named(firm):
    Line.objects.filter(above=firm.ada, below=firm.eve).delete()

    assert breaches() == [f"line is missing: {(firm.ada.pk, firm.eve.pk, 2)}"]
