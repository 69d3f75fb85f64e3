"""When two clauses are the same, and how one is named. No database."""

import hashlib


def tidy(text: str) -> str:
    """Without blank ends, and with one kind of line end."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def shortened(text: str, most: int = 90) -> str:
    """The beginning of a clause, ended at a word."""
    start, _space, _rest = text[:most].rpartition(" ")
    return text if len(text) <= most else f"{start or text[: most - 1]}…"


def fingerprint(text: str, kind: str, covers: str = "") -> str:
    """64 hex digits, equal for clauses that say the same word for word, in the same class, of the same positions.

    Spaces and line ends do not matter; everything else does: HR's approval is of exactly these words.
    """
    parts = (" ".join(part.split()) for part in (text, kind, covers))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
