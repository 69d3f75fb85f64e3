"""The days of a series and the moments on them: tables for the edges of the calendar, properties for the rest."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations import rhythm

TUESDAY = 1
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy


@pytest.mark.parametrize(
    ("from_on", "weekday", "every", "expected"),
    [
        (date(2026, 3, 2), TUESDAY, "1", ["2026-03-03", "2026-03-10", "2026-03-17"]),
        (date(2026, 3, 3), TUESDAY, "2", ["2026-03-03", "2026-03-17", "2026-03-31"]),
        (date(2028, 2, 22), TUESDAY, "1", ["2028-02-22", "2028-02-29", "2028-03-07"]),  # 29 February
        (date(2027, 2, 23), TUESDAY, "1", ["2027-02-23", "2027-03-02", "2027-03-09"]),  # a year without one
        (date(2026, 12, 29), TUESDAY, "1", ["2026-12-29", "2027-01-05", "2027-01-12"]),  # year end, week 53
        (date(2026, 12, 31), 3, "2", ["2026-12-31", "2027-01-14", "2027-01-28"]),
        (date(2026, 12, 1), TUESDAY, "4", ["2026-12-01", "2026-12-29", "2027-01-26"]),
        (date(2026, 3, 3), TUESDAY, "month", ["2026-03-03", "2026-04-07", "2026-05-05"]),  # first Tuesday
        (date(2028, 2, 29), TUESDAY, "month", ["2028-02-29", "2028-03-28", "2028-04-25"]),  # fifth, else fourth
        (date(2026, 12, 29), TUESDAY, "month", ["2026-12-29", "2027-01-26", "2027-02-23"]),
    ],
)
def test_days_of_a_series(from_on, weekday, every, expected):
    assert [day.isoformat() for day in islice(rhythm.days(from_on, weekday, every), 3)] == expected


@pytest.mark.parametrize(
    ("day", "at", "zone", "utc"),
    [
        (date(2026, 3, 28), time(10), "Europe/Berlin", "2026-03-28 09:00"),
        (date(2026, 3, 29), time(10), "Europe/Berlin", "2026-03-29 08:00"),  # the clocks went forward at night
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", "2026-03-29 01:30"),  # left out: 3:30 on the wall
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", "2026-10-25 00:30"),  # twice: the first
        (date(2026, 10, 25), time(10), "Europe/Berlin", "2026-10-25 09:00"),
        (date(2026, 10, 26), time(10), "Europe/London", "2026-10-26 10:00"),
        (date(2026, 10, 20), time(10), "Europe/London", "2026-10-20 09:00"),
        (date(2026, 4, 4), time(10), "Australia/Lord_Howe", "2026-04-03 23:00"),  # half an hour of daylight saving
        (date(2026, 4, 6), time(10), "Australia/Lord_Howe", "2026-04-05 23:30"),
        (date(2026, 7, 7), time(10), "Asia/Tokyo", "2026-07-07 01:00"),  # none at all
        (date(2028, 2, 29), time(10), "America/New_York", "2028-02-29 15:00"),
        (date(2026, 12, 31), time(23, 30), "Pacific/Kiritimati", "2026-12-31 09:30"),  # UTC+14
        (date(2026, 12, 31), time(23, 30), "Pacific/Pago_Pago", "2027-01-01 10:30"),  # UTC-11
    ],
)
def test_moment_on_the_wall_is_this_in_utc(day, at, zone, utc):
    assert rhythm.moment(day, at, zone).strftime("%Y-%m-%d %H:%M") == utc


@patient
@given(
    from_on=st.dates(date(2000, 1, 1), date(2200, 1, 1)),
    weekday=st.integers(0, 6),
    every=st.sampled_from(["1", "2", "3", "4", "month"]),
)
def test_days_rise_and_keep_their_weekday(from_on, weekday, every):
    days = list(islice(rhythm.days(from_on, weekday, every), 20))

    assert from_on <= days[0] < from_on + timedelta(days=7)
    assert {day.weekday() for day in days} == {weekday}
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    assert gaps <= ({28, 35} if every == "month" else {7 * int(every)})
    if every == "month":
        assert [(d.year * 12 + d.month) - (days[0].year * 12 + days[0].month) for d in days] == list(range(20))


@patient
@given(
    day=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    at=st.times(),
    zone=st.sampled_from(
        ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Casablanca"]
    ),
)
def test_the_time_on_the_wall_is_kept_except_where_the_clocks_leave_it_out(day, at, zone):
    at = at.replace(second=0, microsecond=0)
    found = rhythm.moment(day, at, zone)

    wall = found.astimezone(ZoneInfo(zone))
    shift = wall.replace(tzinfo=None) - datetime.combine(day, at)
    assert found.tzinfo is UTC
    assert timedelta() <= shift <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("last_on", "number"),
    [(date(2026, 3, 10), 2), (date(2026, 3, 1), 0), (date(2217, 11, 1), 10_001), (date.max, 20_000)],
)
def test_counting_stops_at_most(last_on, number):
    assert rhythm.count(date(2026, 3, 2), TUESDAY, "1", last_on, most=20_000) == number
