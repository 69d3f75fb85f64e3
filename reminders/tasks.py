from celery import shared_task

from reminders.rules import sweep


@shared_task
def raise_reminders() -> None:
    """Every minute. A missed one is caught up by the next; a second run raises nothing."""
    sweep.raise_due()


@shared_task
def settle_notices() -> None:
    """Every two minutes. What was done meanwhile leaves the bell and Today; a second run ends nothing."""
    sweep.settle_over()


@shared_task
def send_notices() -> None:
    """Every ten seconds. Safe to run twice at once: each notice goes to whoever claims it."""
    sweep.send_waiting()
