"""People save and sign in while something is done to the processes; then what they were told is held against the rows.

A step is one deed with many traces: the report, whom it was with, the goal's new count, two lines in the journal, a
notice and its mail. All of them are there once, or none.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.chaos import faults as happen
from bench.chaos.crowd import Crowd, Told
from bench.chaos.faults import Fault
from bench.machinery import Site, site, until
from bench.report import Report
from bench.sink import taken

CREW, PASSWORD = 8, "quiet-harbour-lantern-77"
HEALED = 120.0  # seconds in which everything is done without anybody's help
LONGEST = 3.0  # seconds until a fault strikes at the latest, once saving goes on
STALLED = 5.0  # seconds that an answer may take longer while the broker is away than at the slowest of calm times


@dataclass(frozen=True)
class Outcome:
    """lost: steps that somebody saw as saved, and that are not there; doubled: that are there twice; half: traces
    missing or too many; miscounted: goals that count otherwise than a new count does; broken: what `verify_journal`
    finds; mails: notices sent and never seen by the mail server; copies: seen more than once; unfinished: notices that
    still wait; answers_after: seconds from the last fault to the first page."""

    told: Told
    faults: int
    lost: int
    given_up: int
    doubled: int
    half: int
    miscounted: int
    broken: int
    mails: int
    copies: int
    unfinished: int
    answers_after: float

    def report(self, report: Report, name: str, kills: int = 0) -> None:
        """kills: how many of the faults may have cut a worker off from its ledger."""
        told = self.told
        waits = sorted(told.waits)
        report.note(
            f"{name}: {self.faults} faults, {len(told.saved)} steps saved, {told.signed_in} times signed in,"
            f" {told.rung} bells; half of {len(waits)} answers within {waits[len(waits) // 2] * 1000:.0f} ms;"
            f" {told.broken} connections broken, {told.server_errors} answers 5xx while a process was dead"
        )
        for (deed, status), times in told.refused.items():
            report.note(f"{name}: {deed} was answered {status}, {times} times")
        report.figure(f"{name}: steps lost of {len(told.saved)}", self.lost, 0)
        report.figure(f"{name}: deeds given up", self.given_up, 0)
        report.figure(f"{name}: steps doubled", self.doubled, 0)
        report.figure(f"{name}: half states", self.half + self.miscounted, 0)
        report.figure(f"{name}: faults in the journal", self.broken, 0)
        report.figure(f"{name}: mails lost", self.mails, 0)
        report.figure(f"{name}: second copies", self.copies, kills)
        report.figure(f"{name}: unfinished", self.unfinished, 0)
        report.figure(f"{name}: web answers again after", self.answers_after, HEALED, "s")

    def without_broker(self, report: Report, name: str, calm: "Outcome") -> None:
        """What must hold as well where only the broker was away. calm: of the same people without any fault."""
        report.figure(f"{name}: answers 5xx", self.told.server_errors, 0)
        report.figure(f"{name}: connections broken", self.told.broken, 0)
        report.figure(f"{name}: longest wait", max(self.told.waits), STALLED + max(calm.told.waits), "s")


@contextmanager
def people_at_work(servers: bool) -> Iterator[tuple[Site, list[dict[str, str]]]]:
    """A site with web, worker and beat, and those who will use it."""
    with site(servers) as there:
        people = json.loads(there.run("-m", "bench.chaos.crew", str(CREW), PASSWORD))
        there.start("web", "worker", "beat")
        happen.up(there)
        yield there, people


def endure(there: Site, people: list[dict[str, str]], faults: list[Fault], marker: str, seconds: float = 2) -> Outcome:
    """Each fault strikes when saving goes on again, after a pause of random length; in the end people go on for some
    more seconds, and everybody finishes their deed."""
    with Crowd(there.address, people, PASSWORD, marker) as crowd:
        for fault in faults:
            _another_is_saved(crowd)
            time.sleep(random.uniform(0, LONGEST))
            fault(there)
        struck = time.monotonic()
        _another_is_saved(crowd)
        answers_after = time.monotonic() - struck
        time.sleep(seconds)
    until(lambda: not _waiting(there), HEALED)
    return _counted(there, crowd.told, len(faults), answers_after, marker)


def _another_is_saved(crowd: Crowd) -> None:
    before = len(crowd.told.saved)
    until(lambda: len(crowd.told.saved) > before, HEALED)


def _waiting(there: Site) -> int:
    return int(there.ask("SELECT count(*) FROM outbox_notice WHERE state = 'open'")[0][0])


def _counted(there: Site, told: Told, faults: int, answers_after: float, marker: str) -> Outcome:
    rows = Counter(what for (what,) in there.ask(f"SELECT what FROM goals_report WHERE what LIKE '{marker}: %'"))
    audit = json.loads(there.run("-m", "bench.chaos.audit"))
    sent = {f"<notice.{pk}@" for (pk,) in there.ask("SELECT id FROM outbox_notice WHERE state = 'sent'")}
    copies = taken(there.mails)
    seen = Counter({line.partition("@")[0] + "@": times for line, times in copies.items()})
    return Outcome(
        told=told,
        faults=faults,
        lost=len(set(told.saved) - rows.keys()),
        given_up=len(told.given_up),
        doubled=sum(times - 1 for times in rows.values()),
        half=audit["half"],
        miscounted=audit["miscounted"],
        broken=audit["broken"],
        mails=len(sent - seen.keys()),
        copies=sum(copies.values()) - len(copies),
        unfinished=_waiting(there),
        answers_after=answers_after,
    )
