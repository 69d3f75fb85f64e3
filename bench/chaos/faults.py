"""What can happen to the processes. Each deed leaves everything running again, as a service manager would."""

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from bench.machinery import Site, until

Fault = Callable[[Site], None]
HOUR = 3600


def kill_worker(there: Site) -> None:
    """kill -9 in the middle of whatever it is at, and another one at once."""
    there.kill(there.one("worker"))
    there.start("worker")


def kill_web(there: Site) -> None:
    """kill -9 of the web server with its processes, in the middle of requests, and another one on the same port."""
    there.kill(there.one("web"))
    there.start("web")


def kill_web_process(there: Site) -> None:
    """kill -9 of one of the two processes that answer; the server itself starts another."""
    master = there.one("web").pid
    with open(f"/proc/{master}/task/{master}/children") as file:
        children = file.read().split()
    if children:
        with suppress(ProcessLookupError):
            os.kill(int(random.choice(children)), signal.SIGKILL)


def flush_broker(there: Site) -> None:
    assert there.broker
    there.broker.flush()


def broker_away(seconds: float) -> Fault:
    """Redis gone; everything it held is gone for good."""

    def strike(there: Site) -> None:
        assert there.broker
        there.broker.kill()
        time.sleep(seconds)
        there.broker.start()

    return strike


def broker_frozen(seconds: float) -> Fault:
    """Redis takes connections and answers none of them."""

    def strike(there: Site) -> None:
        assert there.broker
        there.broker.freeze()
        time.sleep(seconds)
        there.broker.thaw()

    return strike


def restart_database(there: Site) -> None:
    """PostgreSQL stopped hard and started again."""
    assert there.database
    there.database.kill()
    there.database.start()


def jump(there: Site) -> None:
    """The clock an hour on, and back again when the next sweeps have run."""
    there.move_clock(HOUR)
    time.sleep(random.uniform(1, 12))
    there.move_clock(-HOUR)


def answering(there: Site) -> bool:
    """Whether the web server answers at all, whatever it says."""
    from bench.sink import answers  # noqa: PLC0415

    return answers(there.port)


def up(there: Site) -> None:
    until(lambda: answering(there))
