from celery import shared_task

from goals.rules import contacts, coverage


@shared_task
def count_coverage() -> None:
    """Every minute: how far everybody is, for HR's page. A second run writes nothing."""
    coverage.count_all()


@shared_task
def place_departments() -> None:
    """Every ten minutes: the picture of who knows whom. A second run moves nothing."""
    contacts.place_departments()
