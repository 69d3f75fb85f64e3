"""The disk for uploads is full while people attach files: a sentence beside the field, what was typed is kept, nothing
is half saved; and the same form with a smaller file goes through.

The folder is a small disk of its own in memory that only the web processes see (a mount namespace).
"""

import io
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bench.chaos import faults as happen
from bench.chaos.browser import Browser, filled_in
from bench.chaos.saving import PASSWORD
from bench.machinery import Site, site
from bench.report import Report

ROOM = "300k"
SENTENCE = "There is no room for files just now"
TYPED = "Coffee with the registrar"
IMPORTS = "/people/imports/"


@dataclass(frozen=True)
class Outcome:
    """tried: forms whose file had no room; unsaid: that did not say so beside the field; forgotten: that lost what was
    typed; half: rows or files left of them; errors: answers 5xx; taken: small files that went through."""

    tried: int
    unsaid: int
    forgotten: int
    half: int
    errors: int
    taken: int

    def told(self, report: Report, name: str) -> None:
        report.note(f"{name}: {self.tried} files without room")
        report.figure(f"{name}: without a sentence beside the field", self.unsaid, 0)
        report.figure(f"{name}: what was typed is gone", self.forgotten, 0)
        report.figure(f"{name}: half saved", self.half, 0)
        report.figure(f"{name}: answers 5xx", self.errors, 0)
        report.figure(f"{name}: smaller files taken of 1", self.taken, 1, at_least=True)


def possible() -> bool:
    """Whether this machine lets us mount a disk that only our own processes see."""
    command = ["unshare", "--mount", "--map-root-user", "mount", "-t", "tmpfs", "-o", f"size={ROOM}", "none", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def endure(servers: bool) -> Outcome:
    """A photo and an import that fit into memory but not on the disk, and two that do not even fit on their way in."""
    with site(servers) as there:
        people = json.loads(there.run("-m", "bench.chaos.crew", "2", PASSWORD))
        there.room = ROOM
        there.start("web")
        happen.up(there)
        reader = Browser(there.address, people[0]["cookie"], 60)  # the HR administrator, who has a goal, too
        step = f"/goals/log/{people[0]['goal']}/"
        answers = [
            _sent(reader, step, "evidence", ("noise.jpg", _photo(1200)), {"what": TYPED}),
            _sent(reader, step, "evidence", ("paper.pdf", b"%PDF-" + bytes(4_000_000)), {"what": TYPED}),
            _sent(reader, IMPORTS, "file", ("people.csv", _csv(20_000)), {}),
            _sent(reader, IMPORTS, "file", ("people.csv", _csv(100_000)), {}),
        ]
        half = len(_files(there)) + sum(
            there.ask(f"SELECT count(*) FROM {table}")[0][0] for table in ("goals_report", "people_importrun")
        )
        small, _page = _sent(reader, step, "evidence", ("small.jpg", _photo(60)), {"what": TYPED})
        kept = len(_files(there)) == there.ask("SELECT count(*) FROM goals_report WHERE evidence <> ''")[0][0] == 1
        return Outcome(
            tried=len(answers),
            unsaid=sum(status != 422 or SENTENCE not in page for status, page in answers),
            forgotten=sum(TYPED not in page for _status, page in answers[:2]),
            half=half,
            errors=sum(status >= 500 or status == 0 for status, _page in answers),
            taken=int(small == 302 and kept),
        )


def _sent(reader: Browser, address: str, name: str, file: tuple[str, bytes], typed: dict[str, str]) -> tuple[int, str]:
    _status, page = reader.get(address)
    met = {"met-who": "Somebody from elsewhere"} if typed else {}
    return reader.upload(address, filled_in(page) | typed | met, name, file)


def _photo(side: int) -> bytes:
    """Noise: no picture of this size is larger."""
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(out, "JPEG", quality=85)
    return out.getvalue()


def _csv(rows: int) -> bytes:
    lines = ["name,email", *(f"Person {number},person{number}@files.example" for number in range(rows))]
    return "\n".join(lines).encode()


def _files(there: Site) -> list[Path]:
    """What lies in the folder for uploads, as the web processes see it."""
    folder = Path(f"/proc/{there.one('web').pid}/root{there.environment['MEDIA_DIR']}")
    return [path for path in folder.rglob("*") if path.is_file()]
