"""What changed between two texts, word by word, and between two versions, clause by clause. No database."""

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, Protocol, TypeVar

STAYS, REMOVED, ADDED, CHANGED = "", "-", "+", "~"
WORD = re.compile(r"\w+(?:[’'-]\w+)*\s*|[^\w\s]\s*|\s+")


class Line(Protocol):
    """What is compared of a clause."""

    @property
    def identity(self) -> Hashable: ...

    text: str
    kind: str
    covers: str


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Piece:
    """Some words that stay, are removed or are added. `old`, `new`: as they stand there; "" where they do not."""

    sign: str
    old: str
    new: str


@dataclass(frozen=True)
class Change(Generic[L]):
    """One clause in two versions. moved: it stays, but others have changed places with it."""

    sign: str
    old: L | None
    new: L | None
    moved: bool = False
    pieces: list[Piece] = field(default_factory=list)

    @property
    def kind_changed(self) -> bool:
        return bool(self.old and self.new and self.old.kind != self.new.kind)

    @property
    def covers_changed(self) -> bool:
        return bool(self.old and self.new and self.old.covers != self.new.covers)


def words(old: str, new: str) -> list[Piece]:
    """What became of `old`. The pieces' `old` make up `old` again, their `new` make up `new`; space is no change."""
    before, after = WORD.findall(old), WORD.findall(new)
    matcher = SequenceMatcher(None, [word.strip() for word in before], [word.strip() for word in after])
    pieces = []
    for deed, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if deed == "equal":
            pieces.append(Piece(STAYS, gone, come))
            continue
        if gone:
            pieces.append(Piece(REMOVED, gone, ""))
        if come:
            pieces.append(Piece(ADDED, "", come))
    return pieces


def clauses(old: Sequence[L], new: Sequence[L]) -> list[Change[L]]:
    """Every clause of both versions once, in the new order; a removed one stands where it stood."""
    before = {line.identity: line for line in old}
    kept = [line.identity for line in new if line.identity in before]
    place = {line.identity: number for number, line in enumerate(old)}
    settled = _longest_rising([place[identity] for identity in kept])
    unmoved = {identity for identity in kept if place[identity] in settled}
    found: dict[Hashable, Change[L]] = {}
    for line in new:
        found[line.identity] = _change(before.get(line.identity), line, line.identity not in unmoved)
    return list(_with_removed(old, new, found))


def _change(old: L | None, new: L, moved: bool) -> Change[L]:
    if old is None:
        return Change(ADDED, None, new, pieces=[Piece(ADDED, "", new.text)])
    same = (old.text.split(), old.kind, old.covers) == (new.text.split(), new.kind, new.covers)
    return Change(STAYS if same else CHANGED, old, new, moved, words(old.text, new.text))


def _with_removed(old: Sequence[L], new: Sequence[L], found: dict[Hashable, Change[L]]) -> Iterable[Change[L]]:
    behind: dict[Hashable, list[Change[L]]] = {}  # after which kept clause the removed ones stood
    last: Hashable = None
    for line in old:
        if line.identity in found:
            last = line.identity
        else:
            gone = Change(REMOVED, line, None, pieces=[Piece(REMOVED, line.text, "")])
            behind.setdefault(last, []).append(gone)
    yield from behind.get(None, [])
    for line in new:
        yield found[line.identity]
        yield from behind.get(line.identity, [])


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Those numbers of a sequence without repetitions that may stay while the rest moves."""
    tails: list[int] = []  # the smallest end of a rising run of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = tails[at - 1] if at else None
        tails[at : at + 1] = [number]
    found, number_now = set(), tails[-1] if tails else None
    while number_now is not None:
        found.add(number_now)
        number_now = before[number_now]
    return found
