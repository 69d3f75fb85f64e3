from importlib import import_module

import pytest
from django.apps import apps
from django.utils import translation

from goals.ideas import SPOKEN, WORDS, spoken
from goals.measures import MEASURES
from goals.mechanics import mechanics, open_questions
from goals.models import Idea
from goals.wording import judge
from goals.wording_needs import REWRITES

MIGRATION = import_module("goals.migrations.0003_eleven_ideas")


@pytest.fixture
def eleven(db):
    MIGRATION.put(apps, None)
    return {idea.key: idea for idea in Idea.objects.exclude(key=None)}


def test_put_twice_keeps_the_eleven_and_what_people_changed(eleven):
    Idea.objects.filter(key="rally").update(title="The rally in June")

    MIGRATION.put(apps, None)

    assert len(eleven) == 11
    assert Idea.objects.get(key="rally").title == "The rally in June"


def test_ideas_are_the_words_marked_for_translation(eleven):
    words = {key: {name: getattr(idea, name) for name in SPOKEN} for key, idea in eleven.items()}
    assert words == {key: dict.fromkeys(SPOKEN, "") | said for key, said in WORDS.items()}


def test_every_behaviour_passes_the_silent_movie_test(eleven):
    verdicts = {key: judge(idea.behaviour) for key, idea in eleven.items()}
    assert {key: v for key, v in verdicts.items() if v.marks or v.missing} == {}
    assert max(len(idea.behaviour) for idea in eleven.values()) <= 300


@pytest.mark.parametrize("kind", MEASURES)
def test_every_measure_has_an_idea_that_it_takes_as_it_is(kind, eleven):
    ideas = [idea for idea in eleven.values() if idea.measure == kind]

    assert ideas
    for idea in ideas:
        assert MEASURES[kind].clean(idea.parameters) == idea.parameters
        assert mechanics(kind, idea.parameters)


def test_mechanics_say_what_counts_and_what_is_still_asked(eleven):
    rally, group = eleven["rally"], eleven["student-group"]

    assert mechanics(rally.measure, rally.parameters) == [
        "Counts 2 people.",
        "Only people from other departments count.",
    ]
    assert open_questions(rally.measure, rally.parameters) == ["From", "Until"]
    assert "Group or committee: Student group." in mechanics(group.measure, group.parameters)
    assert mechanics("people", {"count": 1, "until_on": "2026-06-30"})[-1] == "Until: 30 June 2026."


def test_spoken_translates_ours_and_leaves_theirs(eleven):
    theirs = Idea(title="Free", what="Once", measure="once")

    with translation.override("de"):
        assert spoken(theirs)["title"] == "Free"
        assert spoken(eleven["own"])["behaviour"] == ""


def test_rewrites_of_the_wording_helper_come_from_the_catalogue(eleven):
    assert {idea for idea, _calls, _text in REWRITES} == set(eleven) - {"own"}
