"""The calendar that one subscribes to: a secret address, no words, and the right moment on both sides of a night."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from conversations.rules import feeds, series
from journal import clock
from people.rules.leaving import leave
from tests.factories_conversations import MONDAY_MORNING, series_of, topic
from tests.factories_goals import agreed
from tests.factories_jobs import department


def address(owner):
    return f"/one-on-ones/calendar/{feeds.feed_of(owner).secret}.ics"


def events(client, owner):
    client.logout()
    answer = client.get(address(owner))
    assert answer["Content-Type"].startswith("text/calendar")
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}, answer.content


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


def test_it_shows_the_dates_and_no_word_of_anybody(firm, client):
    library = department("Library")
    for person in (firm.mia, firm.eve):
        person.department = library
        person.save()
    made = series_of(firm.mia, firm.eve)
    topic(made.one_on_ones.first(), firm.eve, "Secret words.")
    goal = agreed(firm.eve, behaviour="Meet two people from Registry at the rally")
    feeds.renew(by=firm.eve)

    found, content = events(client, firm.eve)

    assert set(found) == {"One-on-one with Mia", "Date of a goal of yours", "Job description to read"}
    assert found["Date of a goal of yours"].decoded("DTSTART") == goal.due_on
    assert b"Registry" not in content
    assert b"Secret" not in content
    assert content.count(b"BEGIN:VEVENT") == 8 + 2
    assert all(line.endswith(b"\r") for line in content.split(b"\n") if line)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize(
    ("zone", "on", "utc"),
    [
        ("Europe/Berlin", date(2026, 3, 24), "2026-03-24 09:00"),
        ("Europe/Berlin", date(2026, 3, 31), "2026-03-31 08:00"),
        ("Europe/London", date(2026, 10, 20), "2026-10-20 09:00"),
        ("Europe/London", date(2026, 10, 27), "2026-10-27 10:00"),
        ("Australia/Lord_Howe", date(2026, 3, 31), "2026-03-30 23:00"),
        ("Australia/Lord_Howe", date(2026, 4, 7), "2026-04-06 23:30"),
        ("Asia/Tokyo", date(2026, 3, 31), "2026-03-31 01:00"),
        ("Europe/Berlin", date(2028, 2, 29), "2028-02-29 09:00"),
        ("Pacific/Kiritimati", date(2026, 12, 29), "2026-12-28 20:00"),
        ("Pacific/Pago_Pago", date(2026, 12, 29), "2026-12-29 21:00"),
    ],
)
def test_ten_o_clock_is_ten_o_clock_on_both_sides_of_a_change_of_clocks(firm, client, zone, on, utc):
    firm.mia.time_zone = zone
    firm.mia.save()
    with clock.at(datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=5)):
        series_of(firm.mia, firm.eve, at=time(10))
        feeds.renew(by=firm.eve)
        client.logout()
        calendar = Calendar.from_ical(client.get(address(firm.eve)).content)

    starts = [event.decoded("DTSTART") for event in calendar.walk("VEVENT")]
    assert datetime.strptime(utc, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) in starts
    assert {start.astimezone(ZoneInfo(zone)).time() for start in starts} == {time(10)}


def test_a_change_shows_at_the_next_fetch_under_the_same_uid(firm, client):
    made = series_of(firm.mia, firm.eve, last_on=date(2026, 3, 3))
    feeds.renew(by=firm.mia)
    before = events(client, firm.mia)[0]["One-on-one with Eve"]
    series.move(made.one_on_ones.get(), date(2026, 3, 6), time(15), by=firm.eve)
    after = events(client, firm.mia)[0]["One-on-one with Eve"]

    assert before["UID"] == after["UID"]
    assert after.decoded("DTSTART") == datetime(2026, 3, 6, 15, tzinfo=UTC)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    series.close(made, by=firm.mia)
    assert events(client, firm.mia)[0] == {}


def test_a_renewed_address_ends_the_one_before_and_a_leaver_has_none(firm, client):
    feeds.renew(by=firm.eve)
    old = address(firm.eve)
    feeds.renew(by=firm.eve)

    assert client.get(old).status_code == 404
    assert client.get(address(firm.eve)).status_code == 200
    leave(firm.eve, date(2026, 2, 27), by=None)
    assert client.get(address(firm.eve)).status_code == 404
    assert client.get("/one-on-ones/calendar/%00.ics").status_code == 404


def test_a_calendar_may_ask_for_the_head_only(firm, client):
    feeds.renew(by=firm.eve)

    assert client.head(address(firm.eve)).status_code == 200
