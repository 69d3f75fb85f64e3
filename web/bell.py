"""Wake a worker now instead of at its next tick. Nothing depends on it: what it would do, the tick does too."""

import logging

from celery import current_app

log = logging.getLogger(__name__)


def ring(task: str, *args: int | str) -> None:
    """Send `task` by name with ids. A broker that is away is logged; the next tick does the work.

    Call it after the rule has returned, outside any transaction.
    """
    try:
        current_app.send_task(task, args=args, retry=False, ignore_result=True, expires=300)
    except Exception:  # whatever the broker's library raises: the deed is saved, and the tick will find it
        log.warning("the bell for %s was not heard", task, exc_info=True)
