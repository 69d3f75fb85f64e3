"""When somebody may be written to: quiet hours and working days on their own wall clock. No database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Hours:
    """zone: "Asia/Kolkata"; quiet from one full hour until another (equal: never); working days 1 (Monday) to 7."""

    zone: str
    quiet_from: int = 19
    quiet_until: int = 7
    working_days: frozenset[int] = frozenset({1, 2, 3, 4, 5})

    def is_quiet(self, moment: datetime) -> bool:
        """Whether `moment` (aware) lies in the quiet hours or on a day off."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if local.isoweekday() not in self.working_days:
            return True
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= local.hour < self.quiet_until
        return local.hour >= self.quiet_from or local.hour < self.quiet_until

    def opens(self, moment: datetime) -> datetime:
        """`moment` itself if somebody may be written to then, else the next moment when they may."""
        if not self.is_quiet(moment):
            return moment
        starts = (self.at(day, hour) for day in self._days(moment) for hour in sorted({0, self.quiet_until}))
        return next(start for start in starts if start > moment and not self.is_quiet(start))

    def next_at(self, moment: datetime, hour: int, weekday: int | None = None) -> datetime:
        """The next `hour` o'clock after `moment` on a working day, or on `weekday` (1 to 7) in any case."""
        days = {weekday} if weekday else self.working_days
        starts = (self.at(day, hour) for day in self._days(moment) if day.isoweekday() in days)
        return next(start for start in starts if start > moment)

    def at(self, day: date, hour: int) -> datetime:
        """That hour of that day on their wall clock; the first of two where clocks go back, one hour later where the
        hour does not exist."""
        return datetime.combine(day, time(hour), ZoneInfo(self.zone)).astimezone(ZoneInfo("UTC"))

    def _days(self, moment: datetime) -> Iterator[date]:
        today = moment.astimezone(ZoneInfo(self.zone)).date()
        return (today + timedelta(days=n) for n in range(9))
