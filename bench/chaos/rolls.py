"""Kill real Celery workers at random moments of a roll-up while ratings change, let the clock carry on, and count what
is wrong then."""

import json
import random
import time
from dataclasses import dataclass

from bench.machinery import Site, site, until
from bench.report import Report

HEALED = 120.0  # seconds in which everything is done without anybody's help
BELL = "appraisals.tasks.roll"


@dataclass(frozen=True)
class Outcome:
    """people: appraisals of the round; kills: how many workers died while it was under way; the others as
    `bench.chaos.rounds.audit` says; healed: seconds until the clock alone had finished."""

    people: int
    kills: int
    lost: int
    doubled: int
    wrong: int
    off: int
    healed: float

    def told(self, report: Report, name: str) -> None:
        report.note(f"{name}: {self.people} appraisals, {self.kills} workers killed while they scored them")
        report.figure(f"{name}: scores lost of {self.people}", self.lost, 0)
        report.figure(f"{name}: scores doubled", self.doubled, 0)
        report.figure(f"{name}: rows that a whole roll still changes", self.wrong, 0)
        report.figure(f"{name}: sum of scores off by", self.off, 0)
        report.figure(f"{name}: done without help after", self.healed, HEALED, "s")


def endure(servers: bool, people: int, times: int) -> Outcome:
    """Ask for a roll, change a tenth of the ratings, kill the worker at a random moment of it; until `times` workers
    died at it. Then a worker and a beat go on as they always do."""
    with site(servers) as there:
        there.run("-m", "bench.chaos.rounds", "fill", str(people))
        longest, kills = _undisturbed(there), 0
        for turn in range(9 * times):
            if kills == times:
                break
            kills += _killed(there, turn, random.uniform(0, longest / (1 + turn - kills)))  # sooner after each miss
        there.start("worker", "beat")
        struck = time.monotonic()
        until(lambda: not _unfinished(there), HEALED)
        healed = time.monotonic() - struck
        for process in list(there.running):
            there.kill(process)
        return Outcome(people, kills, **json.loads(there.run("-m", "bench.chaos.rounds", "audit")), healed=healed)


def _undisturbed(there: Site) -> float:
    """Seconds that a worker takes for the whole round."""
    there.start("worker")
    _ask(there, 0)
    began = _begun(there)
    until(lambda: not _unfinished(there), HEALED, 0.01)
    there.kill(there.one("worker"))
    return time.monotonic() - began


def _killed(there: Site, turn: int, after: float) -> int:
    """1 if the worker was killed before it had finished."""
    there.start("worker")
    _ask(there, turn)
    _begun(there)
    _change_one(there)
    time.sleep(after)
    there.kill(there.one("worker"))
    return int(_unfinished(there) > 0)


def _ask(there: Site, turn: int) -> None:
    """As rolling.ask() does; and every tenth appraisal is rated anew, so that there is something to write."""
    there.do(
        "INSERT INTO appraisals_roll (scheme_id, asked_at, people, done, next_id)"
        " SELECT id, CURRENT_TIMESTAMP, 0, 0, 0 FROM appraisals_scheme"
        " WHERE NOT EXISTS (SELECT 1 FROM appraisals_roll WHERE finished_at IS NULL)",
        f"UPDATE appraisals_rating SET points = 600 - points WHERE appraisal_id % 10 = {turn % 10}",
        "INSERT INTO appraisals_changed (appraisal_id) SELECT id FROM appraisals_appraisal"
        f" WHERE id % 10 = {turn % 10}",
    )
    there.ring(BELL)


def _begun(there: Site) -> float:
    until(lambda: not there.unheard(), pause=0.01)
    return time.monotonic()


def _change_one(there: Site) -> None:
    """As saving a rating does: the rating and its row in Changed."""
    one = random.choice(there.ask("SELECT appraisal_id FROM appraisals_rating ORDER BY id LIMIT 200"))[0]
    there.do(
        f"UPDATE appraisals_rating SET points = {random.choice([100, 200, 300, 400, 500])} WHERE appraisal_id = {one}",
        f"INSERT INTO appraisals_changed (appraisal_id) VALUES ({one})",
    )


def _unfinished(there: Site) -> int:
    """Rolls under way and changes not scored yet."""
    return int(
        there.ask(
            "SELECT (SELECT count(*) FROM appraisals_roll WHERE finished_at IS NULL)"
            " + (SELECT count(*) FROM appraisals_changed)"
        )[0][0]
    )
