"""Wake a worker now instead of at its next tick. Nothing depends on it: what it would do, the tick does too."""

import logging

from celery import current_app

# Whoever has just saved something waits for no broker: without these a dead Redis costs them 6 s, and one that takes
# the connection and never answers (frozen, or behind a full disk) holds them for good.
BRIEF = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 1, "interval_start": 0, "interval_step": 0}
log = logging.getLogger(__name__)


def ring(task: str, *args: int | str) -> None:
    """Send `task` by name with ids. A broker that is away is logged within 1 or 2 s; the next tick does the work.

    Call it after the rule has returned, outside any transaction.
    """
    try:
        with current_app.connection_for_write(transport_options=BRIEF) as line:
            current_app.send_task(task, args=args, retry=False, ignore_result=True, expires=300, connection=line)
    except Exception:  # whatever the broker's library raises: the deed is saved, and the tick will find it
        log.warning("the bell for %s was not heard", task, exc_info=True)
