from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminders.hours import Hours

ZONES = [
    "Pacific/Kiritimati",  # UTC+14, never changes its clocks
    "Pacific/Apia",
    "Australia/Lord_Howe",  # changes by half an hour
    "Australia/Adelaide",  # half-hour zone, southern summer
    "Asia/Kathmandu",  # three quarters
    "Asia/Kolkata",  # half an hour, never changes
    "Africa/Cairo",
    "Europe/Berlin",
    "UTC",
    "America/St_Johns",  # half an hour, changes
    "America/Los_Angeles",
    "Etc/GMT+12",  # UTC-12
]
ALWAYS = frozenset(range(1, 8))


def utc(*when):
    return datetime(*when, tzinfo=UTC)


def local(zone, *when, fold=0):
    return datetime(*when, tzinfo=ZoneInfo(zone), fold=fold)


@pytest.mark.parametrize(
    ("quiet", "hour", "is_quiet"),
    [((19, 7), h, h >= 19 or h < 7) for h in (0, 6, 7, 12, 18, 19, 23)]
    + [((12, 14), h, 12 <= h < 14) for h in (0, 11, 12, 13, 14, 23)]
    + [((8, 8), h, False) for h in (0, 8, 23)],
)
def test_is_quiet(quiet, hour, is_quiet):
    assert Hours("Europe/Berlin", *quiet).is_quiet(local("Europe/Berlin", 2026, 3, 4, hour)) is is_quiet


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ((2026, 3, 4, 12), (2026, 3, 4, 12)),  # Wednesday noon: now
        ((2026, 3, 4, 3), (2026, 3, 4, 7)),  # at night: in the morning
        ((2026, 3, 4, 21), (2026, 3, 5, 7)),
        ((2026, 3, 6, 19), (2026, 3, 9, 7)),  # Friday evening: Monday
        ((2026, 3, 7, 12), (2026, 3, 9, 7)),  # Saturday noon
        ((2026, 12, 31, 23), (2027, 1, 1, 7)),
        ((2028, 2, 28, 23), (2028, 2, 29, 7)),
    ],
)
@pytest.mark.parametrize("zone", ZONES)
def test_opens_on_a_working_morning(zone, moment, opens):
    assert Hours(zone).opens(local(zone, *moment)) == local(zone, *opens)


@pytest.mark.parametrize(
    ("zone", "night", "before", "after"),
    [  # (zone, the day, hours from midnight to 7:00 on the day before, on the day itself)
        ("Europe/Berlin", date(2026, 3, 29), 7, 6),
        ("Europe/Berlin", date(2026, 10, 25), 7, 8),
        ("Australia/Lord_Howe", date(2026, 10, 4), 7, 6.5),
        ("Australia/Lord_Howe", date(2026, 4, 5), 7, 7.5),
        ("America/St_Johns", date(2026, 3, 8), 7, 6),
        ("America/St_Johns", date(2026, 11, 1), 7, 8),
        ("Asia/Kolkata", date(2026, 3, 29), 7, 7),
        ("Asia/Kolkata", date(2026, 10, 25), 7, 7),
    ],
)
def test_the_nights_when_clocks_change(zone, night, before, after):
    hours = Hours(zone, working_days=ALWAYS)
    lasted = []
    for day in (night - timedelta(days=1), night):
        midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
        lasted.append((hours.opens(midnight) - midnight) / timedelta(hours=1))

    assert lasted == [before, after]


def test_an_hour_that_does_not_exist_opens_an_hour_later_and_one_that_comes_twice_opens_the_first_time():
    berlin = Hours("Europe/Berlin", quiet_from=19, quiet_until=2, working_days=ALWAYS)
    assert berlin.opens(utc(2026, 3, 29, 0, 30)) == utc(2026, 3, 29, 1)  # 3:00 summer time
    assert berlin.opens(utc(2026, 10, 24, 23, 30)) == utc(2026, 10, 25, 0)  # the first 2:00
    assert berlin.opens(utc(2026, 10, 25, 1, 30)) == utc(2026, 10, 25, 1, 30)  # the second 2:30 is not quiet


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [(None, (2026, 3, 9, 8)), (1, (2026, 3, 9, 8)), (6, (2026, 3, 7, 8)), (5, (2026, 3, 13, 8))],
)
def test_next_summary_after_friday_noon(weekday, expected):
    zone = "Asia/Kathmandu"
    assert Hours(zone).next_at(local(zone, 2026, 3, 6, 12), 8, weekday) == local(zone, *expected)


def test_week_53_has_a_monday():
    assert Hours("UTC").next_at(utc(2026, 12, 27, 12), 8, 1) == utc(2026, 12, 28, 8)
    assert Hours("UTC").next_at(utc(2026, 12, 28, 8), 8, 1) == utc(2027, 1, 4, 8)


MOMENTS = st.integers(1_704_067_200, 1_956_528_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
HOURS = st.builds(
    Hours,
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.integers(0, 23),
    st.frozensets(st.integers(1, 7), min_size=1),
)


@given(HOURS, MOMENTS)
def test_opens_is_the_first_moment_that_is_not_quiet(hours, moment):
    opens = hours.opens(moment)

    assert opens >= moment
    assert not hours.is_quiet(opens)
    between = [moment + n * (opens - moment) / 20 for n in range(20)]
    assert all(hours.is_quiet(one) for one in between if one < opens)


@given(HOURS, MOMENTS, st.integers(0, 23))
def test_the_next_summary_comes_within_its_week_and_once(hours, moment, hour):
    first = hours.next_at(moment, hour)
    second = hours.next_at(first, hour)

    assert moment < first <= moment + timedelta(days=8)
    assert second - first >= timedelta(hours=22)
