"""Dated steps as a page lists them: rows of the database in, lines out. No database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from goals.whynot import Why


@dataclass(frozen=True)
class MetLine:
    """A person met. name: "" where the reader may not know it. contact: the page of the notebook, for its owner."""

    name: str
    job_title: str
    department: str
    counts: bool
    why: Why | None
    shares_name: bool
    contact: UUID

    @property
    def label(self) -> str:
        return ", ".join(part for part in (self.job_title, self.department) if part)


@dataclass
class LogLine:
    """One step with its people, newest first in a log. state: a Report.State."""

    uuid: UUID
    goal: int
    happened_on: date
    what: str
    state: str
    question: str
    counts: bool
    why: Why | None
    evidence: str
    version: int
    people: list[MetLine] = field(default_factory=list)

    @property
    def people_why(self) -> list[MetLine]:
        """Whom the page must explain one by one: those who do not count in a step that does."""
        return [one for one in self.people if one.why] if self.counts else []


OF_THE_STEP = ("uuid", "goal", "happened_on", "what", "state", "question", "counts", "evidence", "version")
COLUMNS = (
    *("pk", *OF_THE_STEP, "why_not"),
    *("encounters__pk", "encounters__job_title", "encounters__department__name", "encounters__counts"),
    *("encounters__why_not", "encounters__shares_name", "encounters__contact__uuid", "known_name"),
)


def lines_of(rows: Iterable[Mapping[str, Any]]) -> list[LogLine]:
    """rows: COLUMNS as dicts, one for each person met, those of a step one after another."""
    lines: dict[int, LogLine] = {}
    for row in rows:
        line = lines.get(row["pk"])
        if line is None:
            facts = {name: row[name] for name in OF_THE_STEP}
            line = lines[row["pk"]] = LogLine(why=Why.unpack(row["why_not"]), **facts)
        if row["encounters__pk"]:
            line.people.append(_person(row))
    return list(lines.values())


def _person(row: Mapping[str, Any]) -> MetLine:
    return MetLine(
        row["known_name"] or "",
        row["encounters__job_title"],
        row["encounters__department__name"] or "",
        row["encounters__counts"],
        Why.unpack(row["encounters__why_not"]),
        row["encounters__shares_name"],
        row["encounters__contact__uuid"],
    )
