"""Two people typed in one text at the same time: both texts put together. No database.

What both left alone stays, what one changed is changed, and where both changed the same place the words of both
stand there, what was saved first in front. No word that somebody added is ever left out.
"""

import re
from difflib import SequenceMatcher

PIECE = re.compile(r"\n|[^\S\n]*\S+|[^\S\n]+")
WORK = 4_000_000  # pairs of pieces compared at most, some 50 ms; beyond it lines are compared, then whole texts stand


def merged(base: str, mine: str, theirs: str) -> str:
    """The text that holds what changed from `base` to `mine` and from `base` to `theirs`.

    base: what both started from; theirs: what stands saved now. Line ends must be of one kind.
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    for split in (_words, _lines):
        pieces = [split(text) for text in (base, mine, theirs)]
        if max(len(pieces[0]), 1) * max(len(pieces[1]), len(pieces[2])) <= WORK:
            return _joined(_together(*pieces))
    return f"{theirs}\n{mine}"


def _joined(pieces: list[str]) -> str:
    """A piece without a space in front began a line where it comes from, so it begins one here."""
    out: list[str] = []
    for piece in pieces:
        if out and not piece[0].isspace() and not out[-1][-1].isspace():
            out.append("\n")
        out.append(piece)
    return "".join(out)


def _words(text: str) -> list[str]:
    return PIECE.findall(text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _together(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Walk along what both kept of the base; between two such places at most one changed, or both did."""
    out: list[str] = []
    here = a = b = 0
    for start, end, in_mine, in_theirs in [
        *_kept_by_both(base, mine, theirs),
        (len(base),) * 2 + (len(mine), len(theirs)),
    ]:
        out += _between(base[here:start], mine[a:in_mine], theirs[b:in_theirs])
        out += base[start:end]
        here, a, b = end, in_mine + end - start, in_theirs + end - start
    return out


def _kept_by_both(base: list[str], mine: list[str], theirs: list[str]) -> list[tuple[int, int, int, int]]:
    """(start, end in base, start in mine, start in theirs) of each stretch that neither touched."""
    blocks_a = SequenceMatcher(None, base, mine, autojunk=False).get_matching_blocks()
    blocks_b = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    kept, i, j = [], 0, 0
    while i < len(blocks_a) and j < len(blocks_b):
        one, two = blocks_a[i], blocks_b[j]
        start, end = max(one.a, two.a), min(one.a + one.size, two.a + two.size)
        if start < end:
            kept.append((start, end, one.b + start - one.a, two.b + start - two.a))
        if one.a + one.size <= two.a + two.size:
            i += 1
        else:
            j += 1
    return kept


def _between(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    return _both(theirs, mine)


def _both(first: list[str], second: list[str]) -> list[str]:
    """The words of both, those they share once: somebody who typed on holds what they saved before."""
    out: list[str] = []
    if len(first) * len(second) > WORK:
        return [*first, *second]
    for _what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        out += first[a:b]
        out += second[c:d] if first[a:b] != second[c:d] else []
    return out
