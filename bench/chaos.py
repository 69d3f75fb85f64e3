"""Kill, flush and restart whatever can be, while mails go out, and count what became of them.

    python -m bench.chaos [times]      twenty of each, and the figures (`make chaos`)

Every mail is told of by its row, and noted by the mail server before the sender hears that it was taken. Lost is what
the server never saw; doubled is what it saw more often than once. A worker that dies between the server's "250" and the
line in its ledger leaves one mail that goes out again, with the same Message-ID.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bench.machinery import Site, missing, site, until
from bench.report import Report
from bench.sink import taken

MAILS_PER_FAULT = 300
HEALED = 120.0  # seconds in which everything is done without anybody's help
WINDOW = 1  # mails between the server's "250" and our line in the ledger


@dataclass(frozen=True)
class Outcome:
    """mails: how many there were to send; faults: how often something was done to it; healed: seconds until all was
    done after the last of them."""

    mails: int
    faults: int
    lost: int
    doubled_rows: int
    second_copies: int
    other_names: int
    unfinished: int
    healed: float

    def told(self, report: Report, name: str, kills: int) -> None:
        report.note(f"{name}: {self.mails} mails, {self.faults} faults, {self.second_copies} second copies")
        report.figure(f"chaos-{name}-lost", self.lost, 0)
        report.figure(f"chaos-{name}-doubled-rows", self.doubled_rows, 0)
        report.figure(
            f"chaos-{name}-second-copies-per-kill", self.second_copies / max(1, kills), WINDOW if kills else 0
        )
        report.figure(f"chaos-{name}-copies-by-another-name", self.other_names, 0)
        report.figure(f"chaos-{name}-unfinished", self.unfinished, 0)
        report.figure(f"chaos-{name}-healed", self.healed, HEALED, "s")


Fault = Callable[[Site], None]


def kill_worker(there: Site) -> None:
    """kill -9 in the middle of a batch, and another one at once, as a service manager would."""
    worker = next(process for process in there.running if "worker" in process.args)  # type: ignore[operator]
    there.kill(worker)
    there.start("worker")


def flush_broker(there: Site) -> None:
    assert there.broker
    there.broker.flush()


def restart_broker(there: Site) -> None:
    """Redis gone for three seconds; everything it held is gone for good."""
    assert there.broker
    there.broker.kill()
    time.sleep(3)
    there.broker.start()


def restart_database(there: Site) -> None:
    """PostgreSQL stopped hard and started again."""
    assert there.database
    there.database.kill()
    there.database.start()


def endure(faults: list[Fault], servers: bool, workers: int = 1, beats: int = 1, raised: bool = True) -> Outcome:
    """Send mails with real processes; each fault strikes when some more have left. Returns what became of them.

    raised: the notices are there when the processes start; otherwise their own sweep writes them, after a minute.
    """
    with site(servers) as there:
        mails = MAILS_PER_FAULT * (len(faults) + 1)
        there.run("-m", "bench.matters", str(mails), "raised" if raised else "due")
        there.start(*["worker"] * workers, *["beat"] * beats)
        for fault in faults:
            until(partial(_more, there, len(taken(there.mails)) + 20), HEALED, 0.01)
            fault(there)
        struck = time.monotonic()
        until(partial(_more, there, mails), HEALED + 60)
        until(lambda: not _unfinished(there), HEALED)
        return _counted(there, mails, len(faults), time.monotonic() - struck)


def _more(there: Site, mails: int) -> bool:
    return len(taken(there.mails)) >= mails


def _unfinished(there: Site) -> int:
    return int(there.ask("SELECT count(*) FROM outbox_notice WHERE state <> 'sent'")[0][0])


def _counted(there: Site, mails: int, faults: int, healed: float) -> Outcome:
    copies = taken(there.mails)
    rows = there.ask("SELECT count(*) FROM outbox_notice")[0][0]
    names = {line.partition(" ")[0] for line in copies}
    people = {line.partition(" ")[2] for line in copies}
    return Outcome(
        mails=mails,
        faults=faults,
        lost=mails - len(people),
        doubled_rows=int(rows) - mails,
        second_copies=sum(copies.values()) - len(copies),
        other_names=len(names) - len(people),
        unfinished=_unfinished(there),
        healed=healed,
    )


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    report = Report()
    if missing():
        sys.exit(f"make chaos starts its own servers, and this machine has no {' and no '.join(missing())}.")
    endure([kill_worker] * times, servers=True, workers=2).told(report, "worker-killed", times)
    endure([flush_broker] * times, servers=True).told(report, "broker-flushed", 0)
    endure([restart_broker] * min(times, 5), servers=True).told(report, "broker-restarted", 0)
    endure([restart_database] * times, servers=True).told(report, "database-restarted", times)
    endure([], servers=True, workers=2, beats=2, raised=False).told(report, "two-beats", 0)
    endure([kill_worker] * times, servers=False).told(report, "embedded-worker-killed", times)
    print(f"{len(report.lines)} figures, {report.short} short of their target.")
    sys.exit(1 if report.short else 0)


if __name__ == "__main__":
    main()
