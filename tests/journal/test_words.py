"""Every deed that HR may find, or that a page shows, has words."""

import ast
from pathlib import Path

from journal.words import SAID, THINGS, said
from relgoals.history import SORTS

ROOT = Path(__file__).parent.parent.parent
NOUNS = {verb.partition(".")[0] for verb in SAID}  # those that a page or the search of HR tells by their verb


def verbs():
    """What record() is called with, as far as it is written out."""
    for app in ("people", "jobs", "goals", "reminders", "outbox", "conversations", "appraisals"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args:
                    yield from (
                        each.value
                        for each in ast.walk(node.args[0])
                        if isinstance(each, ast.Constant) and isinstance(each.value, str) and "." in each.value
                    )


def test_every_verb_has_words():
    told = {verb for verb in verbs() if verb.partition(".")[0] in NOUNS and verb[-1] != "."}
    assert told - SAID.keys() == set()


def test_every_sort_has_a_name():
    assert {sort.label for sort in SORTS} <= THINGS.keys()


def test_a_verb_without_words_reads_all_the_same():
    assert said("goal.do_something_new") == "Do something new"
