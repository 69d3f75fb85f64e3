from celery import shared_task

from appraisals.rules import rolling, stages
from journal import clock


@shared_task
def roll() -> None:
    """Every 20 seconds, and rung on demand: coverage, scores, aggregates. Twice or killed: the next goes on."""
    rolling.tick()


@shared_task
def turn_stages() -> None:
    """Every minute: self-reviews begin and signed appraisals are locked on their day. A second run finds none."""
    stages.begin_due(clock.today())
    stages.lock_due(clock.today())
