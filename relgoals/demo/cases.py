"""What Northgate shows of its goals: ideas that people added, Ana Duarte's case with its stories, HR's figures."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from goals.models import Idea, TeamCase
from goals.rules import case, catalogue, coverage, stories
from relgoals.demo.goals import year_of
from relgoals.demo.world import World

CARD: dict[str, Any] = {
    "title": "Write three thank-you cards",
    "what": "By hand, to people in other departments, about one thing they did.",
    "behaviour": "Write a card by hand to three people in other departments by the end of the year.",
    "stands_for": "Whoever helped once is asked again.",
    "measure": "people",
    "effort": Idea.Effort.ONE,
    "way": Idea.Way.WRITING,
    "hours": 1,
    "time": "Three short letters",
}
SECTIONS: dict[str, Any] = {
    "title": "Walk the thin sections over to Chemistry",
    "what": "Four times, instead of the internal post.",
    "behaviour": "Take the thin sections to Chemistry on foot four times this year and ask who works there.",
    "stands_for": "The two laboratories know each other’s benches.",
    "measure": "steps",
    "effort": Idea.Effort.ONE,
    "way": Idea.Way.PERSON,
    "hours": 4,
    "time": "Four walks",
}
ANAS_WORDS = (
    "Eight people, one small thing a year each. We agreed on what a camera would see, and counted it. Nobody was asked"
    " to be sociable; everybody was asked to walk over once instead of writing.\n\nTwo orders that used to take a week"
    " now take a day, because we know whose desk they lie on."
)
KEY = (
    "A room for forty students was double-booked two days before term. One of us had met the person who keeps the list"
    " of rooms at the rally, called her, and had another room in ten minutes."
)
STUCK = (
    "An enrolment had been blocked for nine days. A counterpart met at lunch knew that it waited for a signature on"
    " paper and took it there himself."
)


def build(world: World) -> None:
    _ideas(world)
    ana = world.people["Ana Duarte"]
    mine = _case(world)
    with world.days_ago(20):
        team = world.team_of(ana)
        told = stories.tell(mine, _story(world, KEY, "REG"), [team[0]], uuid4(), by=ana)
        stories.answer(told.named.get(), True, by=team[0])
    with world.days_ago(3):
        stories.tell(mine, _story(world, STUCK, "STU"), [world.people["Jun Watanabe"]], uuid4(), by=ana)
    with world.days_ago(6):
        case.hand_on(mine, by=ana)
    for ago in (2, 1, 0):
        coverage.count(year_of(world, ago))


def _ideas(world: World) -> None:
    with world.on(world.first() + timedelta(days=3)):
        catalogue.add(CARD, {"count": 3, "elsewhere": True}, uuid4(), by=world.people["Ruth Okafor"])
        place = {"department": world.departments["EAR"]}
        catalogue.add(SECTIONS | place, {"count": 4}, uuid4(), by=world.people["Ana Duarte"])


def _case(world: World) -> TeamCase:
    ana, year = world.people["Ana Duarte"], year_of(world)
    with world.days_ago(21):
        return case.write(ana, year, {"words": ANAS_WORDS, "reasons": case.reasons_of(ana, year)[:4]}, by=ana)


def _story(world: World, words: str, code: str) -> dict[str, Any]:
    return {"words": words, "department": world.departments[code], "shows_names": False}
