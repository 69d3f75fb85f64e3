"""What time it is. Rules and querysets ask here, so that a test or the demo can live through a year.

Sessions, leases, one-time codes and throttles stay on real time: they are about machines, not about the year.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """This moment, aware, in UTC; inside at() the moment given there, plus the offset that CLOCK_FILE holds."""
    stopped = _stopped_at.get()
    return stopped if stopped is not None else timezone.now() + _offset()  # noqa: TID251 the one place that may


def today(zone: str | None = None) -> date:
    """The date in `zone` ("Europe/Berlin"); without one, where the reader is (the active time zone)."""
    return now().astimezone(ZoneInfo(zone) if zone else timezone.get_current_timezone()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` (aware) inside the block, in this thread only."""
    token = _stopped_at.set(moment)
    try:
        yield
    finally:
        _stopped_at.reset(token)


def _offset() -> timedelta:
    """Seconds written in CLOCK_FILE; web, worker and beat read the same file and so move together."""
    if not settings.CLOCK_FILE:
        return timedelta()
    try:
        return timedelta(seconds=float(Path(settings.CLOCK_FILE).read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()
