"""Mails through real processes and a real mail server, while these are killed. Twenty-fold: `make chaos`."""

import pytest
from django.conf import settings

from bench.chaos import faults
from bench.chaos.mails import MAILS_PER_FAULT, WINDOW, endure

SERVERS = not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
pytestmark = [pytest.mark.services, *([pytest.mark.servers] if SERVERS else [])]


def test_nothing_is_lost_and_nothing_written_twice_whatever_is_killed():
    """On PostgreSQL and Redis of its own, with a second beat by mistake; on the embedded defaults where those are ours.

    Second copies: one at most for each worker killed, between the server's "250" and the line in the ledger.
    """
    happens = [faults.kill_worker, faults.jump]
    if SERVERS:
        happens += [faults.flush_broker, faults.restart_database]

    outcome = endure(happens, SERVERS, beats=2)

    assert outcome.mails == MAILS_PER_FAULT * (len(happens) + 1)
    assert (outcome.lost, outcome.doubled_rows, outcome.other_names, outcome.unfinished) == (0, 0, 0, 0)
    assert outcome.second_copies <= WINDOW
