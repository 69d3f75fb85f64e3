"""Joiners, leavers, part of a year, another manager, two managers: who reviews, whose words stay, what is prorated."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals.models import Appraisal, Changed, Passage, Rating, Words
from appraisals.rules import coverage, rating
from outbox.models import Notice
from people.rules.leaving import leave
from people.rules.line import assign_manager
from tests.factories import EmployeeFactory
from tests.factories_appraisals import appraisal_of, criteria

pytestmark = pytest.mark.django_db


def test_joiner_gets_one_and_the_part_of_the_year_is_theirs(firm, round_):
    half = round_.year.first_on + timedelta(days=183)
    nora = EmployeeFactory(name="Nora", manager=firm.mia, hired_on=half)

    assert coverage.cover(round_) == 1
    assert coverage.cover(round_) == 0

    appraisal = appraisal_of(round_, nora)
    assert (appraisal.from_on, appraisal.until_on, appraisal.part) == (half, round_.year.last_on, 4986)
    assert appraisal.reviewer == firm.mia
    assert Changed.objects.filter(appraisal=appraisal).exists()


def test_leavers_appraisal_ends_with_their_last_day(firm, round_):
    last = round_.year.first_on + timedelta(days=181)
    leave(firm.eve, last, by=firm.hedda)

    coverage.cover(round_)

    appraisal = appraisal_of(round_, firm.eve)
    assert (appraisal.until_on, appraisal.part) == (last, 4986)


def test_next_manager_reviews_and_the_earlier_one_is_asked_for_words(firm, round_):
    assign_manager(firm.eve, firm.sam, by=firm.hedda)

    coverage.cover(round_)
    coverage.cover(round_)

    appraisal = appraisal_of(round_, firm.eve)
    assert appraisal.reviewer == firm.sam
    words = Words.objects.get()
    assert (words.author, words.why, words.appraisal) == (firm.mia, "earlier", appraisal)


def test_after_handing_on_the_reviewer_stays(firm, round_):
    appraisal_of(round_, firm.eve, "calibration")
    assign_manager(firm.eve, firm.sam, by=firm.hedda)

    coverage.cover(round_)

    assert appraisal_of(round_, firm.eve).reviewer == firm.mia
    assert not Words.objects.exists()


def test_words_of_the_earlier_manager_are_theirs_alone(firm, round_):
    assign_manager(firm.eve, firm.sam, by=firm.hedda)
    coverage.cover(round_)
    words = Words.objects.get()

    with pytest.raises(PermissionDenied):
        rating.write_words(words, "Better said by me", words.version, by=firm.sam)
    rating.write_words(words, "Six deliveries until June.", words.version, by=firm.mia)
    assert list(Words.objects.visible_to(firm.mia)) == [words]
    assert not Words.objects.visible_to(firm.sam).exists()
    rating.write_words(words, "Six deliveries until June.", words.version, hand_on=True, by=firm.mia)

    appraisal_of(round_, firm.eve, "review")
    assert list(Words.objects.visible_to(firm.sam)) == [words]
    assert not Words.objects.visible_to(firm.eve).exists()
    appraisal_of(round_, firm.eve, "shared")
    assert list(Words.objects.visible_to(firm.eve)) == [words]
    with pytest.raises(ValidationError):
        rating.write_words(words, "Seven", words.version, by=firm.mia)


def test_former_manager_reads_nothing_but_their_own_words(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "review")
    Passage.objects.create(appraisal=appraisal, side="self", words="Mine", by=firm.eve)
    Rating.objects.create(appraisal=appraisal, criterion=criteria(round_)[0], points=300, by=firm.mia)
    assign_manager(firm.eve, firm.sam, by=firm.hedda)
    coverage.cover(round_)

    assert not Appraisal.objects.visible_to(firm.mia).filter(pk=appraisal.pk).exists()
    assert not Rating.objects.visible_to(firm.mia).exists()
    assert not Passage.objects.visible_to(firm.mia).exists()
    assert Rating.objects.visible_to(firm.sam).get().by == firm.mia  # whose words they are stays said


def test_second_manager_is_asked_and_the_reviewer_decides(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "review")

    words = rating.ask_for_words(appraisal, firm.sam, by=firm.mia)
    again = rating.ask_for_words(appraisal, firm.sam, by=firm.hedda)

    assert words == again
    assert words.why == "second"
    assert Notice.objects.get(kind="appraisals.words_asked").recipient == firm.sam
    with pytest.raises(PermissionDenied):
        rating.ask_for_words(appraisal, firm.sam, by=firm.eve)
    with pytest.raises(ValidationError, match="these two write"):
        rating.ask_for_words(appraisal, firm.mia, by=firm.hedda)
    with pytest.raises(PermissionDenied):
        rating.write_review(appraisal, {}, {}, None, by=firm.sam)


def test_whoever_leads_somebody_later_gets_the_managers_weights(firm, round_):
    assert not appraisal_of(round_, firm.eve).leads
    EmployeeFactory(name="Nora", manager=firm.eve)

    coverage.cover(round_)

    assert appraisal_of(round_, firm.eve).leads
    assert appraisal_of(round_, firm.mia).leads


def test_nobody_above_is_reviewed_by_hr(firm, round_):
    appraisal = appraisal_of(round_, firm.ada, "review")

    rating.write_review(appraisal, {}, {criteria(round_)[0]: (300, "Three counts.")}, None, by=firm.hedda)

    assert Rating.objects.get().by == firm.hedda
    own = appraisal_of(round_, firm.hedda, "review")
    with pytest.raises(PermissionDenied):
        rating.write_review(own, {}, {criteria(round_)[0]: (500, "I am good.")}, None, by=firm.hedda)
