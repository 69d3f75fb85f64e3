from celery import shared_task

from conversations.rules import series


@shared_task
def hand_over_series() -> None:
    """Every ten minutes. What is found late is found at the next; sight does not wait for it."""
    series.hand_over_due()


@shared_task
def make_one_on_ones() -> None:
    """Every quarter of an hour. A second run makes nothing."""
    series.make_all_ahead()
