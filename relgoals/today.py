"""Today: what waits for the reader, from the same rows and the same questions as their mails."""

from dataclasses import dataclass
from datetime import date

from journal import clock
from people.models import Employee
from reminders.rules import bell


@dataclass(frozen=True)
class Today:
    """day: where the reader is; groups: what to do and the items; news: unread deeds of others, newest first."""

    day: date
    headline: str
    groups: list[tuple[str, list[bell.Item]]]
    news: list[bell.Item]


def today_for(person: Employee) -> Today:
    """Costs one query for the notices and one per kind shown (of news: one per sort of thing they are about)."""
    waits, news = bell.waiting_and_news(person)
    waits = bell.gathered(waits)
    return Today(clock.today(), bell.headline(len(waits)), bell.grouped(waits), news)
