"""Kill a roll-up at random moments while ratings change, let the next tick carry on, and count what is wrong then.

`endure(scheme, times)`: once in the tests, twenty-fold by `make chaos` or `python -m bench roll-up`.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F

from appraisals import rollup
from appraisals.models import Appraisal, Changed, Rating, Scheme, Score, SectionScore
from appraisals.rules import rolling
from journal import clock

LONGEST = 0.4  # seconds until a worker is killed at the latest


@dataclass(frozen=True)
class Outcome:
    """kills: how many workers died at it; lost: appraisals without a score; doubled: rows more than one per key;
    wrong: rows that a whole roll of the finished state still changes; waiting: changes left behind."""

    kills: int
    lost: int
    doubled: int
    wrong: int
    waiting: int


def endure(scheme: Scheme, times: int, dice: random.Random | None = None) -> Outcome:
    """Start a worker, change a rating, kill the worker; `times` over. Then one tick, as the clock would."""
    dice, kills = dice or random.Random(), 0
    rolling.ask(scheme, by=None)
    for _ in range(times):
        worker = _worker(rolling.tick)
        _change_one(dice)
        time.sleep(dice.uniform(0, LONGEST))
        kills += _kill(worker)
        rolling.ask(scheme, by=None)
    rolling.tick()
    return _counted(scheme, kills)


def _worker(work: Callable[[], None]) -> int:
    """A process of its own with its own connection."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return child


def _kill(worker: int) -> int:
    """1 if it was still at it, 0 if it had finished."""
    os.kill(worker, signal.SIGKILL)
    _pid, status = os.waitpid(worker, 0)
    return int(os.WIFSIGNALED(status))


def _change_one(dice: random.Random) -> None:
    """As saving a rating does: the rating and its row in Changed."""
    ids = list(Rating.objects.order_by("pk").values_list("pk", "appraisal")[:200])
    rating, appraisal = dice.choice(ids)
    Rating.objects.filter(pk=rating).update(points=dice.choice([100, 200, 300, 400, 500]))
    Changed.objects.create(appraisal_id=appraisal)


def _counted(scheme: Scheme, kills: int) -> Outcome:
    open_ones = Appraisal.objects.filter(scheme=scheme, state__in=rollup.OPEN)
    doubled = SectionScore.objects.values("appraisal", "section").annotate(n=Count("pk")).filter(n__gt=1).count()
    return Outcome(
        kills,
        open_ones.exclude(pk__in=Score.objects.values("pk")).count(),
        doubled,
        rollup.roll(rollup.Scope(scheme, 0, 10**12), clock.today()),
        Changed.objects.filter(appraisal__scheme=F("appraisal__scheme")).count(),
    )
