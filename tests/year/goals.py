"""A year of goals: offered, picked, proposed, reported, reminded of, found by others."""

from tests.year.description import TEAM
from tests.year.reader import named


def ana_offers(world):
    ana = named("Ana Duarte")
    ana.follow("Team")
    ana.follow("Offer a goal")
    ideas = [ana.choice("/offer/", "ideas", words) for words in ("rally", "lunch")]
    people = [ana.choice("/offer/", "people", name) for name in TEAM]
    ana.send("/offer/", ideas=ideas, people=people, because="Whoever knows them is answered first.")
    ana.says("Offered to 8 people.")
