from celery import shared_task

from journal import clock
from people.rules import imports, leaving, signing_in


@shared_task
def work_on_import(pk: int) -> None:
    """Rung when somebody gives the word. A run that another worker holds is left to it."""
    imports.work_on(pk)


@shared_task
def work_on_imports() -> None:
    """Every 15 seconds: what no bell reached, and what a killed worker left."""
    imports.work_on_all()


@shared_task
def forget_old_imports() -> None:
    """Daily. A second run finds nothing."""
    imports.forget_old(clock.today())


@shared_task
def hand_over() -> None:
    """Hourly: a day ends at other hours elsewhere. What was missed is caught up; a second run finds nobody."""
    leaving.hand_over_due(clock.today("Pacific/Kiritimati"))


@shared_task
def answer_link_requests() -> None:
    """Every ten seconds, and rung when somebody asks. A second run finds nobody who asked."""
    signing_in.answer_requests()
