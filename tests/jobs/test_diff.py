"""Whatever the two texts and the two versions are: nothing is lost, nothing is invented, and it takes no time."""

import time
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs import diff

WORDS = st.lists(st.sampled_from(["maintains", "good", "relationships", "with", "colleagues", ",", "."]), max_size=14)
TEXTS = st.one_of(st.text(max_size=60), WORDS.map(" ".join))


@dataclass(frozen=True)
class Line:
    identity: int
    text: str = "Orders what the department needs."
    kind: str = "essential"
    covers: str = ""


LINES = st.lists(
    st.builds(Line, st.integers(0, 9), st.sampled_from(["a b", "a c", "d"]), st.sampled_from(["essential", "conduct"])),
    unique_by=lambda line: line.identity,
    max_size=9,
)


@given(TEXTS, TEXTS)
def test_both_texts_stand_in_the_pieces(old, new):
    pieces = diff.words(old, new)

    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    assert all(piece.old.split() == piece.new.split() for piece in pieces if piece.sign == diff.STAYS)
    assert not any(piece.old for piece in pieces if piece.sign == diff.ADDED)
    assert not any(piece.new for piece in pieces if piece.sign == diff.REMOVED)


@given(TEXTS)
def test_equal_texts_have_no_change(text):
    assert {piece.sign for piece in diff.words(text, text)} <= {diff.STAYS}


@given(LINES, LINES)
def test_every_clause_of_both_versions_stands_there_once_in_the_new_order(old, new):
    changes = diff.clauses(old, new)

    assert [change.new for change in changes if change.new] == new
    assert sorted(c.old.identity for c in changes if c.old) == sorted(line.identity for line in old)
    gone = {change.old.identity for change in changes if change.sign == diff.REMOVED}
    assert gone == {line.identity for line in old} - {line.identity for line in new}
    for change in changes:
        if change.old and change.new:
            assert (change.sign == diff.STAYS) == (change.old == change.new)


@given(LINES, st.randoms(use_true_random=False))
def test_a_version_against_itself_says_only_what_moved(lines, dice):
    shuffled = [*lines]
    dice.shuffle(shuffled)

    changes = diff.clauses(lines, shuffled)

    assert {change.sign for change in changes} <= {diff.STAYS}
    still = [change.new.identity for change in changes if not change.moved]
    assert still == [line.identity for line in lines if line.identity in still]
    assert (shuffled == lines) == (not any(change.moved for change in changes))


def marked(old, new):
    signs = {diff.STAYS: "{}", diff.REMOVED: "[-{}-]", diff.ADDED: "[+{}+]"}
    return "".join(signs[piece.sign].format((piece.old or piece.new).strip()) + " " for piece in diff.words(old, new))


def test_the_example_of_the_mock_up():
    old = "Maintains good relationships with colleagues."
    new = "Maintains productive working relationships inside and outside the university."

    expected = (
        "Maintains [-good-] [+productive working+] relationships [-with colleagues-]"
        " [+inside and outside the university+] ."
    )
    assert marked(old, new).split() == expected.split()


@pytest.mark.parametrize("old", ["a " * 2000, "a b " * 1000, "ab" * 2000, "?!" * 2000])
def test_the_longest_and_dullest_texts_take_no_time(old):
    new = old[::-1] + " and more " + old[: len(old) // 2]
    began = time.process_time()

    diff.words(old, new)

    assert time.process_time() - began < 1
