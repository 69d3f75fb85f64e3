"""Mails go out while something is done to the processes, and what became of each is counted.

Every mail is told of by its row, and noted by the mail server before the sender hears that it was taken. Lost is what
the server never saw; doubled is what it saw more often than once. A worker that dies between the server's "250" and the
line in its ledger leaves one mail that goes out again, with the same Message-ID.
"""

import time
from dataclasses import dataclass
from functools import partial

from bench.chaos.faults import Fault
from bench.machinery import Site, site, until
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
        """kills: how many of the faults may have cut a worker off from its ledger."""
        report.note(f"{name}: {self.mails} mails, {self.faults} faults, {self.second_copies} second copies")
        report.figure(f"{name}: mails lost of {self.mails}", self.lost, 0)
        report.figure(f"{name}: rows written twice", self.doubled_rows, 0)
        report.figure(f"{name}: second copies", self.second_copies, WINDOW * kills)
        report.figure(f"{name}: copies by another Message-ID", self.other_names, 0)
        report.figure(f"{name}: unfinished", self.unfinished, 0)
        report.figure(f"{name}: done without help after", self.healed, HEALED, "s")


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
