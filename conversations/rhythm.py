"""When the one-on-ones of a series take place: its days, and the moment on each of them. No database.

A day is a day where the manager lives. The time on the wall stays the same all year, so the moment in UTC moves with
daylight saving.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

MONTHLY = "month"
LAST_DAY = date(9990, 1, 1)  # beyond it the calendar itself ends


def first_day(from_on: date, weekday: int) -> date:
    """The first `weekday` (0 is Monday) on or after a day."""
    return from_on + timedelta(days=(weekday - from_on.weekday()) % 7)


def days(from_on: date, weekday: int, rhythm: str, last_on: date | None = None) -> Iterator[date]:
    """The days of a series, the first on or after `from_on`, without end where there is no `last_on`.

    rhythm: the number of weeks between two ("1", "2", …), or "month": the same weekday in the same week of each month
    (the fifth becomes the fourth where a month has only four).
    """
    every = _monthly(first_day(from_on, weekday)) if rhythm == MONTHLY else _weekly(first_day(from_on, weekday), rhythm)
    end = min(last_on, LAST_DAY) if last_on else LAST_DAY
    return takewhile(lambda day: day <= end, every)


def days_after(day: date, first: date, weekday: int, rhythm: str, last_on: date | None = None) -> Iterator[date]:
    """Those of the series' days that come after `day`."""
    return (each for each in days(first, weekday, rhythm, last_on) if each > day)


def count(from_on: date, weekday: int, rhythm: str, last_on: date, most: int) -> int:
    """How many days a series has; counts no further than `most`."""
    return sum(1 for _day in islice(days(from_on, weekday, rhythm, last_on), most))


def moment(day: date, at: time, zone: str) -> datetime:
    """When it is `at` on the wall on that day, in UTC.

    A time that the clocks leave out in spring is taken as far after the gap as it stood in it (2:30 becomes 3:30);
    one that comes twice in autumn is the first of the two.
    """
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


def _weekly(first: date, weeks: str) -> Iterator[date]:
    step, day = timedelta(weeks=int(weeks)), first
    while day < LAST_DAY:
        yield day
        day += step


def _monthly(first: date) -> Iterator[date]:
    nth = (first.day - 1) // 7
    month = first.year * 12 + first.month - 1
    while True:
        year, index = divmod(month, 12)
        yield _nth_of_month(year, index + 1, first.weekday(), nth)
        month += 1


def _nth_of_month(year: int, month: int, weekday: int, nth: int) -> date:
    day = first_day(date(year, month, 1), weekday) + timedelta(weeks=nth)
    return day if day.day <= monthrange(year, month)[1] and day.month == month else day - timedelta(weeks=1)
