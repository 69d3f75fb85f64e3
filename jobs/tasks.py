from celery import shared_task

from jobs.rules import reading


@shared_task
def give_readings() -> None:
    """Every ten minutes: whoever came under a description meanwhile. A second run finds nobody new."""
    reading.give_readings()
