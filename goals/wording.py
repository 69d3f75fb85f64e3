"""The silent movie test: what in a goal a camera could not film, and what is still missing.

`judge(text)` is a pure function of its text: the same words give the same verdict, in time that grows with their
number, without request or database. It reads English and warns only; nobody is kept from saving anything.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from goals import wording_film as film
from goals import wording_needs as needs
from goals import wording_words as w

LIMIT = 3_000  # characters that are read: a goal is a sentence or two, and a pasted book must not hold up the page
TOKEN = re.compile(r"[\w'’&-]+")
QUOTED = re.compile(r"[\"'“\u2018«][A-Z][^\"”’»\n]{1,80}['\"”’»]")
STOPS = frozenset(".!?:;\n•*")


@dataclass(frozen=True)
class Token:
    """key: in small letters, without 's. cap: begins with a capital. starts: begins a sentence. near: only a space
    stands between it and the one before."""

    start: int
    end: int
    key: str
    cap: bool
    starts: bool
    near: bool


@dataclass(frozen=True)
class Mark:
    """text[start:end] is what a camera could not film; `why` is a whole sentence with %(words)s in it."""

    start: int
    end: int
    words: str
    kind: str
    why: str


@dataclass(frozen=True)
class Verdict:
    """marks in the order of the text. missing: keys of wording_needs.NAMES. whom: the words that say with whom, or "".
    rewrites: sentences that would pass. unread: characters beyond LIMIT, which were not looked at."""

    text: str
    marks: tuple[Mark, ...]
    missing: tuple[str, ...]
    whom: str
    rewrites: tuple[needs.Rewrite, ...]
    unread: int

    @property
    def films(self) -> bool:
        return not self.marks

    def pieces(self) -> Iterator[tuple[str, int]]:
        """The text cut at its marks: (piece, number of its mark or 0)."""
        at = 0
        for number, mark in enumerate(self.marks, 1):
            yield self.text[at : mark.start], 0
            yield self.text[mark.start : mark.end], number
            at = mark.end
        yield self.text[at:], 0


def judge(text: str) -> Verdict:
    """What a camera could not film in `text`, what is missing to know when it is done, and how it could read."""
    read = text[:LIMIT]
    tokens = _tokens(read)
    names = _names(read, tokens)
    marks = tuple(_mark(read, tokens[first], tokens[last], kind) for first, last, kind in _found(tokens, names))
    keys = [token.key for token in tokens]
    whom = needs.whom(read, [(t.start, t.end, t.key, t.cap and not t.starts) for t in tokens])
    missing = needs.missing(keys, has_name=bool(whom), marked=_marked_words(tokens, marks))
    rewrites = needs.rewrites(keys, whom) if marks or missing else ()
    return Verdict(text, marks, missing if tokens else (), whom, rewrites if tokens else (), len(text) - len(read))


def _mark(text: str, first: Token, last: Token, kind: str) -> Mark:
    return Mark(first.start, last.end, text[first.start : last.end], kind, w.WHY[kind])


def _marked_words(tokens: list[Token], marks: tuple[Mark, ...]) -> frozenset[str]:
    """Words inside the marks that no object can be made of: what has been judged, not what it was said of."""
    spans = [(mark.start, mark.end) for mark in marks if mark.kind not in w.KINDS_OF_NOUNS]
    starts = {token.start: token.key for token in tokens}
    return frozenset(key for start, key in starts.items() if any(a <= start < b for a, b in spans[:200]))


# -- words, sentences, names


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    for found in TOKEN.finditer(text):
        word = found.group().replace("’", "'").strip("-'&")
        if not word:
            continue
        start = found.start() + len(found.group()) - len(found.group().lstrip("-'’&"))
        between = text[tokens[-1].end : start] if tokens else "\n"
        key = word.lower().removesuffix("'s")
        starts = not tokens or not STOPS.isdisjoint(between[:40])
        tokens.append(Token(start, start + len(word), key, word[0].isupper(), starts, between == " "))
    return tokens


def _names(text: str, tokens: list[Token]) -> frozenset[int]:
    """Places of tokens that are names, whatever words are in them: of groups, offices, courses, posters."""
    if not tokens:
        return frozenset()
    shouted = _is_all_capitals(tokens)
    named = {i for i, token in enumerate(tokens) if token.cap and not token.starts and not shouted}
    starts = [token.start for token in tokens]
    for quote in QUOTED.finditer(text, 1):
        named |= set(range(bisect_left(starts, quote.start()), bisect_left(starts, quote.end())))
    return frozenset(named)


def _is_all_capitals(tokens: list[Token]) -> bool:
    """A heading or a shout: capitals then say nothing. "Join the Student Group" is neither, it begins with a deed."""
    long = [
        token for token in tokens if not token.starts and token.key not in film.EMPTY and token.key not in film.PERIODS
    ]
    if tokens[0].key in w.STARTS_A_NAME and not all(token.cap for token in tokens):
        return False
    return bool(long) and all(token.cap for token in long)


# -- marks


def _found(tokens: list[Token], names: frozenset[int]) -> Iterator[tuple[int, int, str]]:
    """(first token, last token, kind) of each mark, from left to right."""
    at = 0
    while at < len(tokens):
        last, kind = (at, "") if at in names else _longest(tokens, names, at)
        if kind:
            yield at, last, kind
        at = last + 1


def _longest(tokens: list[Token], names: frozenset[int], at: int) -> tuple[int, str]:
    for parts, kind in PHRASES.get(tokens[at].key, ()):
        last = at + len(parts) - 1
        if _reads(tokens, at, parts) and not _is_excused(tokens, at, last, kind):
            return last, kind
    kind = _kind(tokens, names, at)
    if kind in w.KINDS_OF_VERBS and _is_degree(tokens, at + 1):
        return at + 1, kind
    return at, kind


def _reads(tokens: list[Token], at: int, parts: tuple[str, ...]) -> bool:
    here = tokens[at : at + len(parts)]
    return tuple(token.key for token in here) == parts and all(token.near for token in here[1:])


def _is_excused(tokens: list[Token], at: int, last: int, kind: str) -> bool:
    """A phrase that is something else here: "open to" without "be", "social skills workshop", "one more"."""
    if kind == "inner" and tokens[at].key in w.ONLY_AFTER_BE and _key(tokens, at - 1) not in w.BE:
        return True
    if kind == "more" and tokens[last].key in {"more", "less"} and _key(tokens, last + 1) == "than":
        return True
    if kind in {"inner", "effort", "vague"}:
        return _is_told(tokens, at)
    return kind in {"slogan", "amount"} and _is_compound(tokens, last)


def _kind(tokens: list[Token], names: frozenset[int], at: int) -> str:
    key = tokens[at].key
    if key in w.BE and _key(tokens, at + 1) in w.COMPARATIVES:
        return "more"
    if key in VERBS:
        verb = _verb(tokens, names, at)
        if verb:
            return verb
    return _quality(tokens, at) or _noun(tokens, at)


def _verb(tokens: list[Token], names: frozenset[int], at: int) -> str:
    kind, lemma = VERBS[tokens[at].key]
    before = _key(tokens, at - 1)
    if before in w.DETERMINERS or _is_compound(tokens, at) or _is_told(tokens, at):
        return ""
    if lemma in w.NOUNS_TOO and not (tokens[at].starts or not tokens[at].near or before in w.LEADS_A_VERB):
        return ""
    if lemma == "support" and before in w.BEHIND_SUPPORT:
        return ""
    if kind == "abstract":
        return "vague" if _has_abstract_object(tokens, names, at) else ""
    return kind


def _has_abstract_object(tokens: list[Token], names: frozenset[int], at: int) -> bool:
    for i in range(at + 1, min(at + 5, len(tokens))):
        if i in names or tokens[i].starts or tokens[i].key in w.ENDS_AN_OBJECT:
            return False
        if _quality(tokens, i) or _noun(tokens, i):
            return True
    return False


def _is_told(tokens: list[Token], at: int) -> bool:
    """ "people I do not know yet", "what students value": what others think may be asked and written down."""
    before = [_key(tokens, i) for i in range(max(0, at - 3), at)]
    return bool(before) and (before[-1] in w.TELLERS or not w.QUESTIONS.isdisjoint(before))


def _quality(tokens: list[Token], at: int) -> str:
    key, before, after = tokens[at].key, _key(tokens, at - 1), _key(tokens, at + 1)
    if key in {"more", "less", "fewer"}:
        return "" if after == "than" or before in w.COUNTED_MORE or before.isdecimal() else "more"
    if key in w.ONLY_AFTER_BE:
        return "judgement" if before in w.BE and not _is_told(tokens, at) else ""
    if after in w.EXCEPT.get(key, ()) or before in w.EXCEPT_AFTER.get(key, ()):
        return ""
    for kind, listed in w.QUALITIES:
        if key in listed:
            return kind
    return _by_ending(key)


@lru_cache(maxsize=4096)
def _by_ending(key: str) -> str:
    """Adverbs and adjectives that no list knows, by how they end; parts of "open-minded" and the like by the last."""
    if len(key) < 5 or key in w.NOT_ADVERBS or key in w.NOT_JUDGED or key[0].isdecimal():
        return ""
    if key.endswith("ly"):
        return "" if "-" in key and key.rpartition("-")[2] in w.NOT_ADVERBS else "adverb"
    return "judgement" if key.endswith(w.ENDINGS) else ""


def _noun(tokens: list[Token], at: int) -> str:
    for kind, listed in w.NOUNS:
        if tokens[at].key in listed:
            return "" if _is_compound(tokens, at) else kind
    return ""


def _is_compound(tokens: list[Token], at: int) -> bool:
    """Part of a name in small letters: "communication course", "health and wellbeing group"."""
    for token in tokens[at + 1 : at + 4]:
        if not token.near:
            return False
        if token.key in w.HEADS:
            return True
        if token.key not in w.STATES and token.key not in {"and", "skills"}:
            return False
    return False


def _is_degree(tokens: list[Token], at: int) -> bool:
    """Whether a degree follows a vague verb directly: "communicate better", "build better", "engage more"."""
    if at >= len(tokens) or not tokens[at].near:
        return False
    return tokens[at].key in w.DEGREES or tokens[at].key in w.COMPARATIVES or _by_ending(tokens[at].key) == "adverb"


def _key(tokens: list[Token], at: int) -> str:
    """The word there, "" beyond an end of the text."""
    return tokens[at].key if 0 <= at < len(tokens) else ""


def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first word, the longest first."""
    by_first = defaultdict(list)
    for kind, listed in w.PHRASES:
        for phrase in listed:
            parts = tuple(phrase.split())
            by_first[parts[0]].append((parts, kind))
    return {first: sorted(found, key=lambda one: (-len(one[0]), one[0])) for first, found in by_first.items()}


PHRASES = _phrases()
VERBS = {form: (kind, verb) for kind, verbs in w.VERBS for verb in sorted(verbs) for form in needs.forms_of(verb)}
