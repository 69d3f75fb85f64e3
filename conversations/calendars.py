"""What stands in somebody's calendar: one-on-ones, the dates of their goals, what they were given to read."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from conversations.access import of_pair
from conversations.ical import Entry
from conversations.models import OneOnOne
from goals.models import Goal
from jobs.models import Reading
from journal import clock
from people.models import Employee

BACK = timedelta(days=90)


def events_of(owner: Employee) -> list[Entry]:
    """Everything from three months ago on. A meeting that was called off or missed is gone at the next fetch."""
    return [*_one_on_ones(owner), *_goals(owner), *_readings(owner)]


def _one_on_ones(owner: Employee) -> Iterable[Entry]:
    since = clock.now() - BACK
    kept = OneOnOne.objects.filter(of_pair(owner, "series"), starts_at__gte=since, state__in=["planned", "held"])
    standing = kept.filter(series__closed_on=None) | kept.filter(state="held")
    for one in standing.with_people().order_by("starts_at", "pk"):
        title = _("One-on-one with %(name)s") % {"name": one.series.other(owner)}
        address = f"{settings.SITE_URL}{one.get_absolute_url()}"
        uid = f"one-on-one-{one.uuid}@relgoals"
        yield Entry(uid, title, one.starts_at, one.minutes, address, one.place, one.version, clock.now())


def _goals(owner: Employee) -> Iterable[Entry]:
    open_goals = Goal.objects.filter(owner=owner, state__in=Goal.AGREED, confirmed__lt=F("target"))
    for goal in open_goals.filter(due_on__gte=clock.today() - BACK).order_by("due_on", "pk"):
        address = f"{settings.SITE_URL}{goal.get_absolute_url()}"
        uid = f"goal-{goal.uuid}@relgoals"
        yield Entry(uid, _("Date of a goal of yours"), goal.due_on, 0, address, "", goal.version, clock.now())


def _readings(owner: Employee) -> Iterable[Entry]:
    for reading in Reading.objects.unread().filter(employee=owner).select_related("version").order_by("pk"):
        day = max(reading.version.in_force_from or reading.given_at.date(), reading.given_at.date())
        address = f"{settings.SITE_URL}{reading.get_absolute_url()}"
        title = _("Job description to read")
        yield Entry(f"reading-{reading.pk}@relgoals", title, day, 0, address, "", 0, clock.now())
