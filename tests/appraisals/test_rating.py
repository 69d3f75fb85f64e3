"""Nothing is visible to the other side before its stage; ratings rest on words or evidence; moves are on the record."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals.document import content_of
from appraisals.models import Appraisal, Changed, Evidence, MovedRating, Passage, Rating, Words
from appraisals.rules import calibration, rating
from journal import clock
from journal.models import Entry
from tests.factories_appraisals import appraisal_of, criteria, goal_criterion

pytestmark = pytest.mark.django_db
MARK = "Quittenmarmelade"


@pytest.mark.parametrize(
    ("state", "self_words", "review"),
    [
        ("open", {"eve"}, set()),
        ("self_review", {"eve"}, set()),
        ("review", {"eve", "mia", "ada", "hedda"}, {"mia"}),
        ("calibration", {"eve", "mia", "ada", "hedda"}, {"mia", "ada", "hedda"}),
        ("shared", {"eve", "mia", "ada", "hedda"}, {"eve", "mia", "ada", "hedda"}),
        ("signed", {"eve", "mia", "ada", "hedda"}, {"eve", "mia", "ada", "hedda"}),
    ],
)
def test_each_part_is_read_from_its_stage_on(firm, round_, state, self_words, review):
    appraisal = appraisal_of(round_, firm.eve)
    first = criteria(round_)[0]
    Passage.objects.create(appraisal=appraisal, side="self", words="S", by=firm.eve)
    Passage.objects.create(appraisal=appraisal, side="manager", words="M", by=firm.mia)
    Rating.objects.create(appraisal=appraisal, criterion=first, points=300, words=MARK, by=firm.mia)
    MovedRating.objects.create(appraisal=appraisal, criterion=first, after=300, words=MARK, by=firm.ada)
    day = clock.today()
    Evidence.objects.create(appraisal=appraisal, criterion=first, label=MARK, happened_on=day, by=firm.mia)
    Words.objects.create(appraisal=appraisal, author=firm.sam, why="second", words=MARK)
    appraisal_of(round_, firm.eve, state)
    everybody = {"eve", "mia", "ada", "hedda", "sam"}

    def readers(rows):
        return {who for who in everybody if rows.visible_to(getattr(firm, who)).exists()}

    assert readers(Passage.objects.filter(side="self")) == self_words
    assert readers(Passage.objects.filter(side="manager")) == review
    assert readers(Rating.objects.all()) == review
    assert readers(MovedRating.objects.all()) == review
    assert readers(Evidence.objects.all()) == review | {"mia"}  # what one attached oneself
    assert readers(Words.objects.all()) == {"sam"}  # not handed on
    fresh = Appraisal.objects.get(pk=appraisal.pk)
    for who in everybody - {"sam"}:
        seen = MARK in str(content_of(fresh, day, getattr(firm, who)))
        assert seen == (who in review | ({"mia"} if state == "review" else set()) or who == "mia"), who


def test_self_review_is_kept_and_only_by_oneself(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "self_review")
    section = round_.sections.first()

    said = {section.pk: "Six deliveries", None: "A full year"}
    rating.write_self_review(appraisal, said, appraisal.version, by=firm.eve)

    assert dict(Passage.objects.values_list("section", "words")) == said
    with pytest.raises(PermissionDenied):
        rating.write_self_review(appraisal, {None: "Not mine"}, None, by=firm.mia)
    with pytest.raises(ValidationError) as late:
        rating.write_self_review(appraisal, {None: "From another window"}, 0, by=firm.eve)
    assert late.value.code == "changed_meanwhile"
    assert Passage.objects.get(section=None).words == "A full year"


@pytest.mark.parametrize(
    ("points", "words", "field"),
    [
        (600, "Beyond", "rating"),
        (350, "Half", "rating"),
        (50, "Low", "rating"),
        (300, "", "words"),
        (300, " ", "words"),
    ],
)
def test_rating_off_the_scale_or_resting_on_nothing_is_refused(firm, round_, points, words, field):
    appraisal = appraisal_of(round_, firm.eve, "review")
    first = criteria(round_)[0]

    with pytest.raises(ValidationError) as refused:
        rating.write_review(appraisal, {}, {first: (points, words)}, None, by=firm.mia)

    assert list(refused.value.message_dict) == [f"{field}-{first.pk}"]
    assert not Rating.objects.exists()


def test_rating_is_kept_recorded_and_scored_later(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "review")
    first = criteria(round_)[0]

    rating.write_review(appraisal, {}, {first: (400, f"Two {MARK}")}, None, by=firm.mia)
    rating.write_review(appraisal, {}, {first: (400, f"Two {MARK}")}, None, by=firm.mia)

    kept = Rating.objects.get()
    assert (kept.points, kept.on_facts, kept.by) == (400, False, firm.mia)
    assert Changed.objects.filter(appraisal=appraisal).count() == 1
    entry = Entry.objects.get(verb="appraisal.rate")
    assert MARK not in str(entry.data)


def test_override_of_the_goals_wants_words(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "review")
    goals = goal_criterion(round_)

    with pytest.raises(ValidationError, match="Both figures"):
        rating.write_review(appraisal, {}, {goals: (500, "")}, None, by=firm.mia)
    rating.write_review(appraisal, {}, {goals: (500, "She taught three others.")}, None, by=firm.mia)
    rating.write_review(appraisal, {}, {goals: (None, "")}, None, by=firm.mia)

    assert Rating.objects.get().points is None


def test_evidence_of_the_direct_counts_once_accepted(firm, round_):
    first, day = criteria(round_)[0], clock.today()
    appraisal = appraisal_of(round_, firm.eve, "self_review")
    key = "5f0c2b1e-0000-4000-8000-000000000001"
    fact = {"label": "214 of 260", "happened_on": day}
    made = rating.attach(appraisal, first, fact, by=firm.eve, uuid=key)
    assert rating.attach(appraisal, first, fact, by=firm.eve, uuid=key) == made
    appraisal = appraisal_of(round_, firm.eve, "review")
    rating.write_review(appraisal, {}, {first: (400, "As she says.")}, None, by=firm.mia)
    assert not Rating.objects.get().on_facts

    with pytest.raises(PermissionDenied):
        rating.accept(made, by=firm.ada)
    made = Evidence.objects.get(pk=made.pk)
    rating.accept(made, by=firm.mia)
    rating.accept(made, by=firm.mia)

    assert Rating.objects.get().on_facts
    assert Entry.objects.filter(verb="appraisal.accept").count() == 1


def test_evidence_of_the_reviewer_counts_at_once_and_can_be_taken_away(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "review")
    first = criteria(round_)[0]
    made = rating.attach(appraisal, first, {"label": "3 counts", "happened_on": clock.today()}, by=firm.mia)
    rating.write_review(appraisal, {}, {first: (400, "")}, None, by=firm.mia)
    assert Rating.objects.get().on_facts

    rating.detach(made, by=firm.mia)

    assert not Rating.objects.get().on_facts
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("days", [-400, 1])
def test_evidence_outside_the_year_or_to_come_is_refused(firm, round_, days):
    appraisal = appraisal_of(round_, firm.eve, "review")
    fact = {"label": "3 counts", "happened_on": clock.today() + timedelta(days=days)}

    with pytest.raises(ValidationError) as refused:
        rating.attach(appraisal, criteria(round_)[0], fact, by=firm.mia)

    assert list(refused.value.message_dict) == ["happened_on"]


@pytest.mark.parametrize(
    ("who", "may"), [("eve", False), ("mia", True), ("ada", True), ("hedda", True), ("sam", False)]
)
def test_rating_is_moved_with_words_and_on_the_record(firm, round_, who, may):
    appraisal = appraisal_of(round_, firm.eve)
    first, by = criteria(round_)[0], getattr(firm, who)
    Rating.objects.create(appraisal=appraisal, criterion=first, points=300, words="Three.", by=firm.mia)
    appraisal = appraisal_of(round_, firm.eve, "calibration")

    if not may:
        with pytest.raises(PermissionDenied):
            calibration.move_rating(appraisal, first, 400, "Like Sam’s team.", by=by)
        return
    for points, words, field in ((400, " ", "words"), (300, "Same", "points"), (900, "Too high", "points")):
        with pytest.raises(ValidationError) as refused:
            calibration.move_rating(appraisal, first, points, words, by=by)
        assert list(refused.value.message_dict) == [field]
    moved = calibration.move_rating(appraisal, first, 400, "Like Sam’s team.", by=by)

    assert (moved.before, moved.after, moved.by) == (300, 400, by)
    assert Rating.objects.get().points == 400
    assert Entry.objects.get(verb="appraisal.move_rating").actor == by
    with pytest.raises(ValidationError) as late:
        calibration.move_rating(appraisal, first, 500, "Again.", seen=0, by=by)
    assert late.value.code == "changed_meanwhile"


def test_rating_is_moved_in_calibration_only(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "shared")

    with pytest.raises(ValidationError) as refused:
        calibration.move_rating(appraisal, criteria(round_)[0], 400, "Late.", by=firm.ada)

    assert refused.value.code == "moved_on"
