"""Everything twenty times, then the table of all figures.

    python -m bench.chaos                   all of it (`make chaos`; an hour and more)
    python -m bench.chaos 3                 three times each
    python -m bench.chaos 3 saving          one part: mails, saving, uploads, rolls or embedded

PostgreSQL, Redis, a mail server, web, workers and beats are started here and killed here; nothing else is touched.
Ends with 1 if a figure misses its target.
"""

import argparse
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from bench.chaos import faults, mails, rolls, saving, uploads
from bench.machinery import missing
from bench.report import Report

AWAY = 60.0  # seconds that Redis is gone
MEMBERS = 60_000  # appraisals of a round: two slices


def of_mails(report: Report, times: int) -> None:
    killed = mails.endure([faults.kill_worker] * times, servers=True, workers=2)
    killed.told(report, "mails, worker killed", times)
    mails.endure([faults.flush_broker] * times, servers=True).told(report, "mails, Redis flushed", 0)
    mails.endure([faults.broker_away(3)] * min(times, 5), servers=True).told(report, "mails, Redis away", 0)
    restarted = mails.endure([faults.restart_database] * times, servers=True)
    restarted.told(report, "mails, PostgreSQL killed", times)
    jumped = mails.endure([faults.jump] * times, servers=True, workers=2, raised=False)
    jumped.told(report, "mails, clock jumps an hour", 0)
    mails.endure([], servers=True, workers=2, beats=2, raised=False).told(report, "mails, two beats", 0)


def of_saving(report: Report, times: int) -> None:
    kills = [faults.kill_worker, faults.kill_web, faults.kill_web_process]
    with saving.people_at_work(servers=True) as (there, people):
        calm = saving.endure(there, people, [], "calm", seconds=AWAY)
        calm.report(report, "saving, no fault")
        killed = saving.endure(there, people, [kills[turn % 3] for turn in range(3 * times)], "killed")
        killed.report(report, "saving, web and worker killed", times)
        flushed = saving.endure(there, people, [faults.flush_broker] * times, "flushed")
        flushed.report(report, "saving, Redis flushed")
        for name, fault in (("away", faults.broker_away(AWAY)), ("frozen", faults.broker_frozen(AWAY))):
            found = saving.endure(there, people, [fault], name)
            found.report(report, f"saving, Redis {name} {AWAY:.0f} s")
            found.without_broker(report, f"saving, Redis {name} {AWAY:.0f} s", calm)
        restarted = saving.endure(there, people, [faults.restart_database] * times, "restarted")
        restarted.report(report, "saving, PostgreSQL killed", times)
        jumped = saving.endure(there, people, [faults.jump] * times, "jumped")
        jumped.report(report, "saving, clock jumps an hour")
        there.start("beat")
        saving.endure(there, people, [], "two beats", seconds=70).report(report, "saving, two beats")


def of_uploads(report: Report, _times: int) -> None:
    uploads.endure(servers=True).told(report, "uploads, disk full")


def of_rolls(report: Report, times: int) -> None:
    rolls.endure(servers=True, people=MEMBERS, times=times).told(report, "roll-up, worker killed")


def of_embedded(report: Report, times: int) -> None:
    """SQLite and the broker of files: what a single host runs without anything installed."""
    mails.endure([faults.kill_worker] * times, servers=False).told(report, "embedded mails, worker killed", times)
    kills = [faults.kill_worker, faults.kill_web, faults.kill_web_process]
    with saving.people_at_work(servers=False) as (there, people):
        killed = saving.endure(there, people, [kills[turn % 3] for turn in range(times)], "killed")
        killed.report(report, "embedded saving, web and worker killed", times)
    rolls.endure(servers=False, people=MEMBERS // 10, times=times).told(report, "embedded roll-up, worker killed")
    uploads.endure(servers=False).told(report, "embedded uploads, disk full")


PARTS: dict[str, Callable[[Report, int], None]] = {
    "mails": of_mails,
    "saving": of_saving,
    "uploads": of_uploads,
    "rolls": of_rolls,
    "embedded": of_embedded,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="bench.chaos", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("times", nargs="?", type=int, default=20)
    parser.add_argument("part", nargs="?", choices=sorted(PARTS))
    options = parser.parse_args()
    if missing():
        sys.exit(f"make chaos starts its own servers, and this machine has no {' and no '.join(missing())}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started here is stopped here, too
    report = Report(name="CHAOS")
    with suppress(KeyboardInterrupt):
        for part in [options.part] if options.part else PARTS:
            PARTS[part](report, options.times)
    report.table()
    print(f"{len(report.rows)} figures, {report.short} short of their target.")
    sys.exit(1 if report.short else 0)


if __name__ == "__main__":
    main()
