from types import SimpleNamespace

import pytest

from goals.rules.ladder import next_step


def idea(pk, effort):
    return SimpleNamespace(pk=pk, effort=effort)


LUNCH, RALLY, GROUP, HOST = idea(1, "one"), idea(2, "one"), idea(3, "group"), idea(4, "host")
IDEAS = [LUNCH, RALLY, GROUP, HOST]


def did(one, year=2025, is_met=True):
    return SimpleNamespace(idea=one, idea_id=one and one.pk, year_id=year, is_met=is_met)


@pytest.mark.parametrize(
    ("rungs", "ideas", "step", "why"),
    [
        ([], IDEAS, LUNCH, "start"),
        ([], [], None, "start"),
        ([did(LUNCH)], IDEAS, GROUP, "higher"),
        ([did(LUNCH, 2024), did(GROUP)], IDEAS, HOST, "higher"),
        ([did(GROUP, is_met=False)], IDEAS, GROUP, "again"),
        ([did(LUNCH)], [LUNCH, RALLY], RALLY, "other"),
        ([did(HOST)], IDEAS, LUNCH, "other"),
        ([did(None)], IDEAS, GROUP, "higher"),
        ([did(LUNCH, is_met=False)], [RALLY], RALLY, "other"),
        ([did(HOST)], [HOST], None, "other"),
    ],
)
def test_next_step(rungs, ideas, step, why):
    assert next_step(rungs, ideas) == (step, why)
