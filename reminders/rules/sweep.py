"""The clock's one question, put to every app that has dates: who must be told what by now?"""

from collections import defaultdict
from datetime import date

from journal import clock
from outbox.rules.deliver import deliver
from outbox.rules.sweep import settle, sweep
from people.models import Employee
from reminders.rules.digest import send_digests
from reminders.rules.kinds import KINDS
from reminders.rules.wishes import plan


def raise_due() -> int:
    """Write a notice for everything that is due and not told yet, by the date it is where its recipient lives.

    Returns how many are new. Each kind is asked once for each date that it is somewhere on earth now.
    """
    days = days_on_earth()
    return sum(sweep(kind, day, zones) for kind in KINDS.values() for day, zones in days.items())


def settle_over() -> int:
    """End every notice whose matter is over, sent or not. Returns how many."""
    days = days_on_earth()
    return sum(settle(kind, day, zones) for kind in KINDS.values() for day, zones in days.items())


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
