"""People save while web, worker, broker and database are killed under them. Twenty-fold: `make chaos`."""

import pytest
from django.conf import settings

from bench.chaos import faults, uploads
from bench.chaos.saving import STALLED, endure, people_at_work

SERVERS = not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
pytestmark = [pytest.mark.services, *([pytest.mark.servers] if SERVERS else [])]


def assert_whole(outcome, kills=0):
    # Who gave up is left to `make chaos`: eight people at one address may be told to wait before they sign in again.
    found = (outcome.lost, outcome.doubled, outcome.half, outcome.miscounted, outcome.broken)
    assert found == (0, 0, 0, 0, 0)
    assert (outcome.mails, outcome.unfinished) == (0, 0)
    assert outcome.copies <= kills
    assert outcome.told.saved


def test_what_was_saved_is_there_once_with_all_its_traces():
    """On PostgreSQL and Redis of its own; on the embedded defaults where those are ours."""
    happens = [faults.kill_worker, faults.kill_web, faults.kill_web_process]
    with people_at_work(SERVERS) as (there, people):
        killed = endure(there, people, happens, "killed")
        assert_whole(killed, kills=1)
        if SERVERS:
            assert_whole(endure(there, people, [faults.restart_database, faults.flush_broker], "restarted"), kills=1)
            frozen = endure(there, people, [faults.broker_frozen(8)], "frozen")
            assert_whole(frozen)
            assert (frozen.told.server_errors, frozen.told.broken) == (0, 0)
            assert frozen.told.rung
            assert max(frozen.told.waits) < STALLED + max(killed.told.waits)


@pytest.mark.skipif(not uploads.possible(), reason="This machine lets nobody mount a small disk to be filled.")
def test_a_full_disk_is_said_beside_the_field_and_leaves_nothing():
    outcome = uploads.endure(SERVERS)

    assert outcome.tried == 4
    assert (outcome.unsaid, outcome.forgotten, outcome.half, outcome.errors) == (0, 0, 0, 0)
    assert outcome.taken == 1
