import re

import pytest

from tests.factories import EmployeeFactory
from web.navigation import DIRECT, HR, HR_MANAGER, MANAGER, WORDS


def bar_of(client, person):
    """(words in the bar, words behind "More") as the person reads them."""
    client.force_login(person)
    bar = client.get("/today/").content.decode().partition("</nav>")[0]
    shown, _, beyond = bar.partition("<details")
    words = r'<a href="[^"]+"(?: aria-current="page")?>(?:<i [^>]+></i>)?(?:<span class="long">)?([^<]+)<'
    return re.findall(words, shown.partition("<nav")[2]), re.findall(words, beyond)


@pytest.mark.parametrize(("who", "places"), [("eve", DIRECT), ("mia", MANAGER), ("hedda", HR)])
def test_no_more_than_six_words_in_the_bar_and_every_place_once(client, firm, who, places):
    shown, beyond = bar_of(client, getattr(firm, who))

    assert shown + beyond == [str(place.word) for place in places if not place.phone_only]
    assert len(shown) + bool(beyond) <= WORDS == 6
    assert len(beyond) != 1


def test_hr_who_lead_a_team_have_both_and_one_word_is_the_current_one(client, firm):
    EmployeeFactory(name="Lee", manager=firm.hedda)
    client.force_login(firm.hedda)

    shown, beyond = bar_of(client, firm.hedda)

    assert shown + beyond == [str(place.word) for place in HR_MANAGER]
    assert shown[1] == "Team"
    for path, word in (("/goals/team/", "Team"), ("/goals/coverage/", "The year"), ("/goals/case/all/", "The year")):
        bar = client.get(path).content.decode().partition("</nav>")[0]
        assert re.findall(r'aria-current="page">(?:<i [^>]+></i>)?(?:<span class="long">)?([^<]+)<', bar) == [word]


def test_more_says_that_the_page_is_behind_it(client, firm):
    client.force_login(firm.hedda)

    assert '<summary class="is-current">More' in client.get("/journal/").content.decode()
    assert "is-current" not in client.get("/today/").content.decode().partition("</header>")[0]


def test_a_tab_says_its_word_short(client, firm):
    client.force_login(firm.eve)
    firm.eve.language = "de"
    firm.eve.save()

    tabs = client.get("/today/").content.decode().partition('<nav class="tabs"')[2]

    assert re.findall(r"<span>([^<]+)</span>", tabs)[:4] == ["Heute", "Mein Jahr", "Eintragen", "Gespräche"]
