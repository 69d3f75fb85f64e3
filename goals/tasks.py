from celery import shared_task

from goals.rules import coverage


@shared_task
def count_coverage() -> None:
    """Every minute: how far everybody is, for HR's page. A second run writes nothing."""
    coverage.count_all()
