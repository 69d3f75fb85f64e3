"""A whole year at the pages, from an empty database to a signed appraisal: nobody knows an address that no page shows.

Each step is a function of what came before it; the clock is moved, not waited for.
"""

from types import SimpleNamespace

import pytest
from django.conf import settings as installed
from django.utils.module_loading import import_string

from tests.year import appraisal, description, goals, opening, talking, walking
from tests.year.reader import on

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
    ("2028-03-03", appraisal.tampered_row_is_named),
]


@pytest.fixture
def world(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return SimpleNamespace()


def beat():
    """One round of everything that the beat rings for."""
    for entry in installed.CELERY_BEAT_SCHEDULE.values():
        import_string(entry["task"])()


def test_the_whole_year(world):
    for day, step in STEPS:
        with on(day):
            beat()
            step(world)
