"""A whole year at the pages, from an empty database to a signed appraisal: nobody knows an address that no page shows.

Each step is a function of what came before it; the clock is moved, not waited for.
"""

import os

import pytest

from tests.year import afterwards, appraisal, description, goals, opening, talking, walking
from tests.year.serving import ServedWorld
from tests.year.world import World

pytestmark = pytest.mark.services

STEPS = [
    ("2026-12-14", opening.first_account),
    ("2026-12-14", opening.people_from_a_file),
    ("2026-12-15", opening.invitation_lets_in),
    ("2026-12-15", opening.the_year),
    ("2026-12-15", opening.the_scheme),
    ("2027-01-11", description.ana_drafts),
    ("2027-01-13", description.ingrid_supports),
    ("2027-01-18", description.hr_refuses_one),
    ("2027-01-20", description.ana_answers),
    ("2027-01-25", description.hr_approves),
    ("2027-01-26", description.ana_publishes),
    ("2027-02-02", description.leila_reads),
    ("2027-02-02", talking.ana_plans),
    ("2027-02-08", talking.comment_is_answered),
    ("2027-02-09", goals.ana_offers),
    ("2027-02-12", goals.directs_pick),
    ("2027-02-15", goals.marcus_proposes),
    ("2027-02-16", goals.ana_agrees),
    ("2027-03-01", goals.whoever_has_none_is_told),
    ("2027-05-20", goals.leila_logs),
    ("2027-05-21", goals.ana_confirms),
    ("2027-11-02", goals.leila_finishes),
    ("2027-11-04", goals.ana_confirms),
    ("2027-12-02", goals.reminders_reach_the_right_ones),
    ("2027-12-02", goals.tim_finds_whom_to_ask),
    ("2027-12-03", appraisal.leila_writes),
    ("2027-12-16", appraisal.ana_reviews),
    ("2028-01-05", appraisal.ingrid_calibrates),
    ("2028-01-17", appraisal.hr_shares),
    ("2028-01-18", appraisal.leila_checks_the_arithmetic),
    ("2028-01-20", appraisal.leila_signs),
    ("2028-03-01", appraisal.locked_and_on_paper),
    ("2028-03-01", appraisal.chain_holds),
    ("2028-03-02", appraisal.hr_looks_back),
    ("2028-03-02", walking.everything_linked_opens),
    ("2028-03-03", afterwards.leila_takes_everything),
    ("2028-03-03", afterwards.leila_leaves),
    ("2028-03-13", afterwards.hr_erases_what_was_hers),
    ("2028-03-13", afterwards.all_that_is_stored_twice_agrees),
    ("2028-03-14", appraisal.tampered_row_is_named),
]


@pytest.fixture
def world(transactional_db, settings, tmp_path, request):
    """In this process alone; with YEAR=served with a browser, web, worker, beat and a mail server."""
    settings.MEDIA_ROOT = tmp_path
    if os.environ.get("YEAR") != "served":
        yield World()
        return
    settings.CLOCK_FILE = tmp_path / "clock"
    with ServedWorld(tmp_path, request.getfixturevalue("chromium")).running() as world:
        yield world
        # A rating saves itself before its words are typed; the form then says so, with 422.
        assert [said for said in world.complaints() if "422" not in said] == []
        assert "Traceback" not in world.logged()


def test_the_whole_year(world):
    for day, step in STEPS:
        with world.on(day):
            step(world)
