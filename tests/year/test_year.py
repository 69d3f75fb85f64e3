"""A whole year at the pages, from an empty database to a signed appraisal: nobody knows an address that no page shows.

Each step is a function of what came before it; the clock is moved, not waited for.
"""

from types import SimpleNamespace

import pytest
from django.conf import settings as installed
from django.utils.module_loading import import_string

from tests.year import description, goals, opening, talking
from tests.year.reader import on

STEPS = [
    ("2026-12-14", opening.first_account),
    ("2026-12-14", opening.people_from_a_file),
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
