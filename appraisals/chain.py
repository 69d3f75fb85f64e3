"""The chain of signatures: each is hashed over its content and the hash before it. No database."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    """A stored signature: its number, content, the digest it was chained to, its own, and whose it is in words."""

    number: int
    content: str
    previous: str
    digest: str
    name: str = ""


def canonical(content: dict[str, Any]) -> str:
    """One text for one content: keys sorted, no blanks, letters as they are."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(number: int, content: str, previous: str) -> str:
    """64 hex digits over number, content and the digest before."""
    return hashlib.sha256(f"{number}\n{previous}\n{content}".encode()).hexdigest()


def first_broken(links: Iterable[Link], last_number: int, last_digest: str) -> tuple[int, str] | None:
    """(number, what is wrong) of the first broken link, in order of numbers; None if the chain is whole.

    last_number, last_digest: the end of the chain as it is kept apart, so that a cut is found, too.
    """
    expected, before = 1, ""
    for link in links:
        if link.number != expected:
            return expected, "is missing"
        if link.previous != before:
            return link.number, "is not chained to the one before it"
        if link.digest != digest(link.number, link.content, link.previous):
            return link.number, "does not say what was signed"
        expected, before = link.number + 1, link.digest
    if expected <= last_number:
        return expected, "is missing"
    if before != last_digest:
        return last_number, "does not end the chain"
    return None
