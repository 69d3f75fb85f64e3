"""The clock's one question, put to every app that has dates: who must be told what by now?"""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.db import transaction

from journal import clock
from outbox.kinds import Kind
from outbox.rules.deliver import deliver
from outbox.rules.sweep import settle, sweep
from people.models import Employee
from reminders.rules.digest import send_digests
from reminders.rules.kinds import KINDS
from reminders.rules.wishes import plan

log = logging.getLogger(__name__)


def raise_due() -> int:
    """Write a notice for everything that is due and not told yet, by the date it is where its recipient lives.

    Returns how many are new. Each kind is asked once for each date that it is somewhere on earth now.
    """
    return _of_each_kind(sweep)


def settle_over() -> int:
    """End every notice whose matter is over, sent or not. Returns how many."""
    return _of_each_kind(settle)


def _of_each_kind(do: Callable[[Kind, date, list[str] | None], int]) -> int:
    """The sum over all kinds and dates. A kind that fails is logged and left for the next time."""
    done, days = 0, days_on_earth()
    for kind in KINDS.values():
        try:
            with transaction.atomic():
                done += sum(do(kind, day, zones) for day, zones in days.items())
        except Exception:  # whatever is wrong with this one, the others want to be told
            log.exception("%s of %s failed; the other kinds go on", do.__name__, kind.name)
    return done


def send_waiting() -> int:
    """Send what waits, batch by batch, as each recipient wishes; what is no longer due is settled unsent.

    Then the summaries whose hour has come. Returns how many notices and people were taken.
    """
    taken = 0
    while batch := deliver(KINDS, plan=plan, having="recipient__wishes"):
        taken += batch
    return taken + send_digests()


def days_on_earth() -> dict[date, list[str] | None]:
    """The dates it is now where our people live, with those time zones; None where everybody shares one date."""
    days: dict[date, list[str]] = defaultdict(list)
    for zone in Employee.objects.order_by().values_list("time_zone", flat=True).distinct():
        days[clock.today(zone)].append(zone)
    return {day: zones if len(days) > 1 else None for day, zones in days.items()}
