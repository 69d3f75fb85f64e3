"""What the demo's nouns share: its people and places by name, its dice, and the day on which something happened."""

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from random import Random

from journal import clock
from journal.models import Entry
from outbox.models import Notice
from people.models import Department, Employee, Site


class World:
    """people: by full name; departments: by code; sites: by name; first: first day of the present year.

    The year begins on a first of a month five to six months ago, so that it is half done whenever one looks.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.dice = Random(26)  # noqa: S311 the same organisation each time
        self.people: dict[str, Employee] = {}
        self.departments: dict[str, Department] = {}
        self.sites: dict[str, Site] = {}

    def first(self, years_ago: int = 0) -> date:
        """First day of the year that was the present one `years_ago` years ago."""
        month = self.today.month - 5
        year = self.today.year - years_ago
        return date(year, month, 1) if month > 0 else date(year - 1, month + 12, 1)

    def last(self, years_ago: int = 0) -> date:
        return self.first(years_ago - 1) - timedelta(days=1)

    def on(self, day: date, hour: int = 10, minute: int = 0) -> AbstractContextManager[None]:
        """Let it be `day` inside the block; never later than today."""
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
        return clock.at(min(moment, datetime.now(UTC)) if day >= self.today else moment)

    def days_ago(self, days: int, hour: int = 10) -> AbstractContextManager[None]:
        return self.on(self.today - timedelta(days=days), hour)

    def team_of(self, manager: Employee) -> list[Employee]:
        """Direct reports, by name."""
        return sorted((p for p in self.people.values() if p.manager_id == manager.pk), key=lambda p: p.name)

    def in_department(self, code: str) -> list[Employee]:
        place = self.departments[code]
        return sorted((p for p in self.people.values() if p.department_id == place.pk), key=lambda p: p.name)

    def past_is_past(self) -> None:
        """What was told in the demo's past has been told and read: nobody gets a year of mail on the first day.

        Notices of the last two days stay as they are, so that the bell rings.
        """
        recent = clock.now() - timedelta(days=2)
        earlier = Entry.objects.filter(at__lt=recent).values("pk")
        past = Notice.objects.filter(state=Notice.State.OPEN, context__isnull=False, about__in=earlier)
        past.update(state=Notice.State.SENT, read_at=recent)
