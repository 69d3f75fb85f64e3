"""What something costs: CPU of our processes plus the database's, since wall time lies on a shared machine."""

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.db import connection

ROUNDS = 5
ENOUGH = 0.25  # CPU seconds that one measurement is made to take: far above the clocks' steps


class Cost:
    """CPU seconds, ours and the database's; filled when its block ends."""

    def __init__(self) -> None:
        self.ours = self.database = 0.0

    @property
    def total(self) -> float:
        return self.ours + self.database


@contextmanager
def measured() -> Iterator[Cost]:
    """CPU of the block: this process, the children it waited for, and the connection's backend on PostgreSQL.

    SQLite works inside our process. A database on another machine is not seen: `blind()` says so.
    """
    cost, ours, database = Cost(), _ours(), _database()
    yield cost
    cost.ours = _ours() - ours
    cost.database = _database() - database


def blind() -> str:
    """A sentence where the database's share cannot be seen, else empty."""
    if connection.vendor == "postgresql" and _backend_file() is None:
        return "The database runs on another machine: its CPU is not in these figures."
    return ""


def compared(works: Mapping[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """CPU seconds of one call of each work: the median over `rounds`, each of which runs all of them in turn.

    A round repeats each work as often as makes the measurement long enough; the first, unmeasured one warms up.
    """
    times = {name: _times(work) for name, work in works.items()}
    seen: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            with measured() as cost:
                for _ in range(times[name]):
                    work()
            seen[name].append(cost.total / times[name])
    return {name: statistics.median(figures) for name, figures in seen.items()}


def peak_memory() -> float:
    """MiB that this process had resident at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _times(work: Callable[[], object]) -> int:
    work()
    with measured() as cost:
        work()
    return max(1, min(1000, round(ENOUGH / max(cost.total, 1e-6))))


def _ours() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _database() -> float:
    if connection.vendor != "postgresql" or (path := _backend_file()) is None:
        return 0.0
    if path.name == "schedstat":
        return int(path.read_text().split()[0]) / 1e9
    fields = path.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _backend_file() -> Path | None:
    """Where the kernel counts this connection's backend: in nanoseconds, or where it does not, in ticks."""
    connection.ensure_connection()
    assert connection.connection is not None
    return _file_of(connection.connection.info.backend_pid)


@cache
def _file_of(pid: int) -> Path | None:
    for name in ("schedstat", "stat"):
        path = Path(f"/proc/{pid}/{name}")
        if path.exists() and "postgres" in Path(f"/proc/{pid}/comm").read_text():
            return path
    return None
