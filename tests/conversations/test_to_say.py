"""One-on-ones that passed without a word: one line on Today, each said in place."""

from datetime import timedelta

import pytest

from conversations.coming import coming_with
from conversations.models import OneOnOne
from conversations.rules import promises, series
from journal import clock
from reminders.rules.sweep import raise_due
from tests.factories_conversations import MONDAY_MORNING, series_of

FOUR_WEEKS_ON = MONDAY_MORNING + timedelta(weeks=4)


@pytest.fixture
def passed(firm, client):
    """Four Tuesdays that Mia said nothing about, four weeks later."""
    with clock.at(MONDAY_MORNING):
        pair = series_of(firm.mia, firm.eve)
    client.force_login(firm.mia)
    with clock.at(FOUR_WEEKS_ON):
        series.make_all_ahead()
        raise_due()
        yield list(pair.one_on_ones.filter(starts_at__lt=FOUR_WEEKS_ON).order_by("starts_at"))


def say(client, one, name, **more):
    return client.post(f"{one.get_absolute_url()}say/{name}/", {"from": "today"}, **more)


def test_many_are_one_line_with_a_row_each_and_one_alone_is_its_own(firm, client, passed):
    page = client.get("/today/").content.decode()
    assert "4 one-on-ones have passed and nobody said whether they took place." in page
    assert page.count('id="say-') == 4
    assert "The one-on-one with Eve was planned for" not in page

    for one in passed[1:]:
        series.say(one, "hold", by=firm.mia)

    page = client.get("/today/").content.decode()
    assert "have passed" not in page
    assert "The one-on-one with Eve was planned for" in page


def test_a_row_is_answered_in_place_and_can_be_said_otherwise(firm, client, passed):
    htmx = {"headers": {"HX-Request": "true"}}
    held = say(client, passed[0], "hold", **htmx)
    assert held.status_code == 200
    assert "<html" not in held.text
    assert ("Held" in held.text, "It took place" in held.text, "It did not take place" in held.text) == (
        True,
        False,
        True,
    )
    missed = say(client, passed[0], "miss", **htmx)
    assert "Missed" in missed.text
    assert OneOnOne.objects.get(pk=passed[0].pk).state == "missed"

    again = say(client, passed[0], "miss", **htmx)
    assert again.status_code == 409
    assert "nothing was changed" in again.text


def test_without_a_script_it_leads_back_to_today_and_from_the_sheet_to_the_sheet(firm, client, passed):
    assert say(client, passed[0], "hold").headers["Location"] == "/today/"
    away = client.post(f"{passed[1].get_absolute_url()}say/hold/", {"from": "https://elsewhere.example"})
    assert away.headers["Location"] == passed[1].get_absolute_url()


def test_one_or_many_cost_the_same(firm, client, passed, django_assert_num_queries):
    for one in passed[1:]:
        series.say(one, "hold", by=firm.mia)
    with django_assert_num_queries(5):
        client.get("/today/")
    for one in passed[1:]:
        OneOnOne.objects.filter(pk=one.pk).update(state="planned", said_at=None)
    with django_assert_num_queries(5):
        assert client.get("/today/").content.count(b'id="say-') == 4


def test_what_passed_in_silence_is_not_the_next_one_anywhere(firm, client, passed):
    pair, following = passed[0].series, passed[0].series.one_on_ones.get(number=5)

    listed = client.get("/one-on-ones/").context["leading"]
    page = client.get(pair.get_absolute_url())

    assert [each.next_uuid for each in listed] == [following.uuid]
    assert promises.next_sheet(pair) == following
    assert page.context["coming"][0] == following
    assert page.context["past"] == passed[::-1]
    assert page.text.count("Not said yet") == 4
    assert coming_with(firm.mia)[firm.eve.pk].address == following.get_absolute_url()
