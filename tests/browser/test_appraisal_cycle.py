"""A whole round by the direct on a phone, the manager, the one above and HR, with a real browser."""

import pytest
from playwright.sync_api import expect

from appraisals.models import Appraisal, Rating, Signature
from appraisals.rules import rolling, schemes, signing
from bench.eyes import faults
from tests.factories_appraisals import a_year, appraisal_of

pytestmark = pytest.mark.browser


@pytest.fixture
def scheme(firm):
    return schemes.start(schemes.begin(a_year(), by=None), by=None)


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def _writes(uuid, scheme, eve, mia, ada, hedda):
    eve.goto("/appraisals/")
    follow(eve, "Write the self-review")
    eve.get_by_label("What you did").nth(1).fill("Six deliveries in person.")
    expect(eve.locator("[data-autosave-says] [role=status]")).to_contain_text("Saved ")
    assert faults(eve) == []
    mia.goto(f"/appraisals/{uuid}/")
    expect(mia.locator("main")).not_to_contain_text("Six deliveries")
    follow(eve, "Hand it in")
    press(eve, "Hand in the self-review")


def _reviews(uuid, scheme, eve, mia, ada, hedda):
    mia.goto("/appraisals/")
    follow(mia, "Write the review")
    expect(mia.locator("main")).to_contain_text("Six deliveries in person.")
    mia.get_by_label("Quality of the work: Rating").select_option("400")
    press(mia, "Save")
    expect(mia.locator("main")).to_contain_text("Say in a sentence what it rests on")
    mia.get_by_label("Quality of the work: What it rests on").fill("Two counts, no difference.")
    mia.get_by_label("Works with others: Rating").select_option("300")
    mia.get_by_label("Works with others: What it rests on").fill("Helped the Library twice.")
    press(mia, "Save")
    assert faults(mia) == []
    eve.goto(f"/appraisals/{uuid}/arithmetic/")
    expect(eve.locator("main")).not_to_contain_text("Two counts")
    follow(mia, "Hand it on")
    press(mia, "Hand the review on")


def _calibrates(uuid, scheme, eve, mia, ada, hedda):
    ada.goto("/appraisals/calibration/")
    follow(ada, "Read, move a rating")
    ada.get_by_role("link", name="Move this rating of Works with others").click()
    ada.get_by_label("To").select_option("400")
    ada.get_by_label("Why").fill("Like the other teams.")
    press(ada, "Move it")
    expect(ada.locator("main")).to_contain_text("Moved from 3 to 4 by Ada")
    assert faults(ada) == []
    rolling.tick()
    hedda.goto(f"/appraisals/rounds/{scheme.pk}/")
    assert faults(hedda) == []
    press(hedda, "Share all of them")
    expect(hedda.locator("main")).to_contain_text("1 appraisal is shared.")


def _signs(uuid, scheme, eve, mia, ada, hedda):
    eve.goto("/appraisals/")
    follow(eve, "The arithmetic")
    expect(eve.locator("h1")).to_have_text("How 4.00 comes about")
    expect(eve.locator("main")).to_contain_text("Like the other teams.")
    assert faults(eve) == []
    follow(eve, "Sign as received")
    eve.get_by_label("Your answer, if you like").fill("I helped three times.")
    press(eve, "Sign as received")
    expect(eve.locator("main")).to_contain_text("I helped three times.")


def test_round_from_self_review_to_reopening(firm, scheme, page_for, expect_complaint):
    expect_complaint("422")  # the rating that rests on nothing yet
    eve, mia = page_for(firm.eve, width=360), page_for(firm.mia)
    ada, hedda = page_for(firm.ada), page_for(firm.hedda)
    uuid = appraisal_of(scheme, firm.eve).uuid
    mia.goto(f"/appraisals/{uuid}/")
    follow(mia, "Begin the self-review now")
    press(mia, "Begin the self-review now")

    _writes(uuid, scheme, eve, mia, ada, hedda)
    _reviews(uuid, scheme, eve, mia, ada, hedda)
    _calibrates(uuid, scheme, eve, mia, ada, hedda)
    _signs(uuid, scheme, eve, mia, ada, hedda)

    hedda.goto(f"/appraisals/{uuid}/")
    follow(hedda, "Reopen it as the next version")
    hedda.get_by_label("Why").fill("The third time was not in it.")
    press(hedda, "Reopen it as the next version")
    expect(hedda.locator("main")).to_contain_text("The third time was not in it.")
    eve.goto(f"/appraisals/{uuid}/")
    expect(eve.locator("main")).to_contain_text("Version 1, replaced")
    assert signing.broken() is None
    assert (Signature.objects.count(), Appraisal.objects.filter(employee=firm.eve).count()) == (1, 2)
    assert Rating.objects.filter(appraisal__number=2).count() == 2
