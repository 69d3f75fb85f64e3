"""A calendar that telephones and desks subscribe to (RFC 5545). No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """uid: the same for the same thing for ever. begins: a moment, or a day for something of the whole day.

    title is read over shoulders and by whoever shares the calendar: no words that somebody wrote. revision counts
    changes, changed_at says when the last one was.
    """

    uid: str
    title: str
    begins: datetime | date
    minutes: int
    address: str
    place: str
    revision: int
    changed_at: datetime


def calendar(entries: Iterable[Entry], owner: str) -> bytes:
    """Moments are in UTC, so what daylight saving does to a series is in them already."""
    made = Calendar()
    made.add("prodid", "-//RelGoals//One-on-ones//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"RelGoals: {owner}")
    made.add("refresh-interval;value=duration", "PT1H")
    made.add("x-published-ttl", "PT1H")
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.begins)
    if isinstance(entry.begins, datetime):
        event.add("dtend", entry.begins + timedelta(minutes=entry.minutes))
    else:
        event.add("dtend", entry.begins + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if entry.place:
        event.add("location", entry.place)
    event.add("url", entry.address)
    event.add("class", "PRIVATE")
    return event
