"""The arithmetic of seals: an entry as bytes, the hash of a block, keys that are missing. No database."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from typing import Any

Row = tuple[int, datetime, int | None, str, str, str, Any]  # pk, at, actor, verb, subject, origin, data
FIELDS = ("pk", "at", "actor_id", "verb", "subject", "origin", "data")


def as_bytes(row: Row) -> bytes:
    """One entry, the same on either database and whatever the time zone."""
    pk, at, *rest = row
    told = [pk, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest]
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def hash_of(before: str, said: list[Any], rows: Iterable[Row]) -> str:
    """SHA-256 (64 hex digits) over the seal before, what this one says of its block, and each row in order."""
    running = hashlib.sha256(before.encode())
    for line in chain([json.dumps(said, separators=(",", ":")).encode()], map(as_bytes, rows)):
        running.update(len(line).to_bytes(8, "big"))
        running.update(line)
    return running.hexdigest()


def missing_between(after: int, keys: Iterable[int]) -> list[list[int]]:
    """Ranges of keys that are not there, from `after` + 1 up to the last key. keys: ascending."""
    gaps = []
    for key in keys:
        if key > after + 1:
            gaps.append([after + 1, key - 1])
        after = key
    return gaps


def is_in(key: int, ranges: list[list[int]]) -> bool:
    """Whether `key` lies in one of the ranges, which are ascending."""
    place = bisect_right(ranges, key, key=lambda each: each[0])
    return place > 0 and key <= ranges[place - 1][1]
