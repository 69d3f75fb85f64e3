"""One-on-ones for tests, made through the rules."""

from datetime import UTC, datetime, time, timedelta

from conversations.models import Action
from conversations.rules import promises, series, sheet
from journal import clock

MONDAY_MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def times(**fields):
    usual = {
        "weekday": 1,
        "at": time(10),
        "minutes": 30,
        "rhythm": "1",
        "place": "Room 4",
        "first_on": clock.today(),
        "last_on": None,
    }
    return usual | fields


def series_of(manager, direct, **fields):
    return series.start(manager, direct, times(**fields), by=manager)


def sheet_of(manager, direct, **fields):
    """The first one-on-one of a new series."""
    return series_of(manager, direct, **fields).one_on_ones.order_by("number").first()


def topic(one, by, words="The audit falls into month's end.", part=None, kind="topic"):
    return sheet.write(one, part or sheet.parts_of(by, one)[0], kind, words, by=by)


def promise(one, words="A decision on Friday hours.", due_on=None, kind=Action.Kind.PROMISE, owner=None, by=None):
    manager = one.series.manager
    due_on = due_on or clock.today() + timedelta(days=7)
    return promises.agree(one, kind, owner or manager, words, due_on, by=by or manager)


def when(one, minutes=0):
    """A moment of the one-on-one."""
    return clock.at(one.starts_at + timedelta(minutes=minutes))
