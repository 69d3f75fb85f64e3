"""A real Celery worker killed while it scores a round and ratings change. Twenty-fold: `make chaos`."""

import pytest
from django.conf import settings

from bench.chaos.rolls import endure

SERVERS = not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
pytestmark = [pytest.mark.services, *([pytest.mark.servers] if SERVERS else [])]


def test_killed_roll_up_is_carried_on_exactly():
    """On PostgreSQL and Redis of its own; on the embedded defaults where those are ours."""
    outcome = endure(SERVERS, people=10_000 if SERVERS else 2_000, times=1)

    assert outcome.kills == 1
    assert (outcome.lost, outcome.doubled, outcome.wrong, outcome.off) == (0, 0, 0, 0)
