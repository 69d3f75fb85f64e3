"""Two texts put together: nothing that anybody added is lost."""

import re
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.merge import merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("", "", "", ""),
        ("a b c", "a b c", "a b c d", "a b c d"),
        ("a b c", "a x c", "a b c", "a x c"),
        ("a b c\n", "a b c\nd\n", "0\na b c\n", "0\na b c\nd\n"),  # both ends
        (
            "one two three four",
            "ONE two three four",
            "one two three FOUR",
            "ONE two three FOUR",
        ),  # one line, two places
        ("a", "a mine", "a theirs", "a theirs mine"),  # the same place: both stand there
        ("", "we go", "we go on", "we go on"),  # what was saved before and typed on stands once
        ("a b c", "a c", "a b c d", "a c d"),  # what one took away goes
        ("a b c", "a c", "a B c", "a B c"),  # … unless the other wrote there
        ("line 1\nline 2\n", "line 1\nline 2\nEve\n", "line 1\nline 2\nMia\n", "line 1\nline 2\nMia\nEve\n"),
    ],
)
def test_merged(base, mine, theirs, expected):
    assert merged(base, mine, theirs) == expected


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy
texts = st.lists(st.sampled_from(["a", "b", "lunch", "audit,", "\n", "ünï", "12"]), max_size=14).map(" ".join)


def words(text):
    return Counter(re.findall(r"\S+", text))


@patient
@given(base=texts, mine=texts, theirs=texts)
def test_no_word_that_somebody_added_is_lost(base, mine, theirs):
    together = words(merged(base, mine, theirs))

    for text in (mine, theirs):
        added = words(text) - words(base)
        assert not added - together, (added, together)


@patient
@given(base=texts, mine=texts)
def test_one_alone_gets_exactly_their_text(base, mine):
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine
    assert merged(base, mine, mine) == mine


@patient
@given(base=texts, mine=texts, theirs=texts)
def test_saving_again_what_came_back_changes_nothing(base, mine, theirs):
    together = merged(base, mine, theirs)

    assert merged(together, together, together) == together
    assert merged(base, together, together) == together


@pytest.mark.parametrize("sign", ["a ", "\n", "ab", "x y\n"])
def test_hostile_repetitions_end(sign):
    base = sign * (20_000 // len(sign))
    began = time.process_time()

    together = merged(base, base + " mine", "theirs " + base)

    assert "mine" in together
    assert "theirs" in together
    assert time.process_time() - began < 3
