"""What the product itself counts beside the standing criteria on engaging people: figures of a manager's year."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from appraisals.models import Criterion
from conversations.models import Action, OneOnOne
from goals.models import Goal, Report, Year
from journal import clock
from people.models import Employee


@dataclass(frozen=True)
class Figure:
    """`done` of `of`: nothing to look at where `of` is 0."""

    done: int
    of: int


def figures_of(manager: Employee, year: Year) -> dict[str, Figure]:
    """By criterion source: one-on-ones held of those due, directs with a goal agreed, reports answered, promises kept.

    Counts alone: no dates, no words, no names. Four queries.
    """
    since = datetime.combine(year.first_on, time(), UTC)
    until = min(datetime.combine(year.last_on + timedelta(days=1), time(), UTC), clock.now())
    talks = OneOnOne.objects.filter(series__manager=manager, starts_at__gte=since, starts_at__lt=until)
    held = talks.filter(state=OneOnOne.State.HELD).count()
    due = held + talks.filter(state=OneOnOne.State.MISSED).count()
    directs = Employee.objects.filter(manager=manager).working()
    agreed = Goal.objects.filter(owner=OuterRef("pk"), year=year).agreed()
    reports = Report.objects.filter(goal__owner__manager=manager, goal__year=year)
    promises = Action.objects.filter(series__manager=manager, kind=Action.Kind.PROMISE)
    promises = promises.filter(due_on__gte=year.first_on, due_on__lte=min(year.last_on, clock.today()))
    kept = promises.filter(state=Action.State.DONE).count()
    source = Criterion.Source
    return {
        source.ONE_ON_ONES: Figure(held, due),
        source.AGREED: Figure(directs.filter(Exists(agreed)).count(), directs.count()),
        source.ANSWERED: Figure(reports.exclude(state=Report.State.NEW).count(), reports.count()),
        source.PROMISES: Figure(kept, promises.exclude(Q(state=Action.State.DROPPED)).count()),
    }
