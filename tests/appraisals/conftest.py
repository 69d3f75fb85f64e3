from datetime import UTC, datetime, timedelta

import pytest

from appraisals.rules import schemes
from journal import clock
from tests.factories_appraisals import a_year, appraisal_of
from tests.factories_jobs import clause_in_force


@pytest.fixture
def round_(firm):
    """A started round of the year that holds today, with everybody of the firm in it; `firm.appraisal` is Eve’s."""
    scheme = schemes.start(schemes.begin(a_year(), by=None), by=None)
    firm.appraisal = appraisal_of(scheme, firm.eve)
    return scheme


@pytest.fixture
def clause(firm):
    return clause_in_force(firm.mia, firm.eve)


@pytest.fixture
def on():
    """`with on(day):` lets it be that day."""

    def block(day):
        return clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))

    return block


@pytest.fixture
def after():
    """A day some days after another."""
    return lambda day, days: day + timedelta(days=days)
