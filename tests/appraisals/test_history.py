"""The journal on an appraisal's page: nothing of a part before its stage."""

import pytest

from appraisals.history import history_of
from appraisals.models import Appraisal
from journal.rules import record
from tests.factories_appraisals import appraisal_of

pytestmark = pytest.mark.django_db

STEPS = {"hand_in", "hand_on"}
THEIRS, REVIEW, AMONG = {"attach"}, {"rate", "accept", "move_rating", "hand_on_words", "ask_for_words"}, {"take_back"}


@pytest.fixture
def lived_through(firm, round_):
    """Every sort of entry; Eve attached something, Mia rated, Ada moved and took back, Sam wrote words."""
    appraisal = appraisal_of(round_, firm.eve)
    deeds = [("hand_in", firm.eve), ("attach", firm.eve), ("rate", firm.mia), ("accept", firm.mia)]
    deeds += [("ask_for_words", firm.mia), ("hand_on_words", firm.sam), ("hand_on", firm.mia)]
    for verb, who in [*deeds, ("move_rating", firm.ada), ("take_back", firm.ada)]:
        record(f"appraisal.{verb}", appraisal, by=who)
    return appraisal


@pytest.mark.parametrize(
    ("state", "reader", "seen"),
    [
        ("self_review", "eve", STEPS | THEIRS),
        ("self_review", "mia", STEPS | AMONG | {"rate", "accept", "ask_for_words"}),  # what she did herself
        ("self_review", "hedda", STEPS | AMONG),
        ("review", "eve", STEPS | THEIRS),
        ("review", "mia", STEPS | THEIRS | REVIEW | AMONG),
        ("review", "hedda", STEPS | THEIRS | AMONG),
        ("calibration", "eve", STEPS | THEIRS),
        ("calibration", "ada", STEPS | THEIRS | REVIEW | AMONG),
        ("calibration", "hedda", STEPS | THEIRS | REVIEW | AMONG),
        ("shared", "eve", STEPS | THEIRS | REVIEW),
        ("locked", "eve", STEPS | THEIRS | REVIEW),
    ],
)
def test_history_says_nothing_of_a_part_before_its_stage(firm, lived_through, round_, state, reader, seen):
    appraisal = appraisal_of(round_, firm.eve, state)

    said = history_of(appraisal, getattr(firm, reader))

    assert {entry.verb.removeprefix("appraisal.") for entry in said} == seen


def test_page_of_an_appraisal_and_of_its_scheme_show_what_happened(firm, lived_through, round_, client):
    appraisal_of(round_, firm.eve, "review")
    client.force_login(firm.eve)

    for address in (lived_through.get_absolute_url(), "/appraisals/"):
        page = client.get(address).content.decode()
        assert "Self-review handed in" in page
        assert "Rated<br>" not in page
        assert "Rating moved in calibration" not in page
    assert "Year’s appraisals started" in client.get(round_.get_absolute_url()).content.decode()


def test_history_costs_the_same_for_few_and_many_lines(firm, lived_through, django_assert_num_queries):
    with django_assert_num_queries(2):
        history_of(lived_through, firm.mia)
    for _ in range(50):
        record("appraisal.rate", lived_through, by=firm.mia)
    fresh = Appraisal.objects.select_related("employee").get(pk=lived_through.pk)
    with django_assert_num_queries(2):
        assert len(history_of(fresh, firm.mia)) == 30
