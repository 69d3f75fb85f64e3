"""The demo organisation: Northgate, a university of some 300 people, built through the rules, the same each time.

Each noun is a module with `build(world)`; they run in this order, in one transaction, so that a demo is there whole
or not at all. Dates hang on the day of loading: the present year is always about half done.
"""

from datetime import date
from types import ModuleType

from django.db import transaction

from relgoals.demo import appraisals, cases, conversations, goals, goals_reports, jobs, organisation
from relgoals.demo.world import World

NOUNS: list[ModuleType] = [organisation, jobs, goals, goals_reports, cases, conversations, appraisals]


def is_loaded() -> bool:
    return organisation.is_loaded()


def build(today: date) -> World:
    """Load everything; `today` is the day the demo takes place on. Raises ValueError where it is loaded already."""
    if is_loaded():
        raise ValueError("the demo organisation is loaded already")
    world = World(today)
    with transaction.atomic():
        for noun in NOUNS:
            noun.build(world)
        world.past_is_past()
    return world
