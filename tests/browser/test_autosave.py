"""static/autosave.js with a real browser, server and session."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from bench.eyes import faults
from tests.browser import note
from tests.browser.note import kept

pytestmark = pytest.mark.browser


@pytest.fixture
def page(settings, firm, page_for):
    """Mia with her note open."""
    settings.ROOT_URLCONF = note.__name__
    vars(kept).update(text="as it was", version=0, broken=False)
    page = page_for(firm.mia)
    page.goto("/note/")
    return page


def text(page):
    return page.get_by_label("What was said")


def status(page):
    return page.locator("[data-autosave-says] [role=status]")


def test_what_is_typed_is_saved_by_itself_and_said_with_the_time(page):
    text(page).fill("first")
    expect(status(page)).to_contain_text("Saved ")
    text(page).fill("second")
    expect(page.locator("[name=version]")).to_have_value("2")

    assert kept.text == "second"
    assert faults(page) == []
    assert "second" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the note").click()
    assert (kept.text, kept.version) == ("second", 3)


def test_the_button_waits_for_a_save_on_its_way_and_does_not_quarrel_with_it(page):
    text(page).fill("typed")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the note").click()  # the field loses the focus: that saves, too

    expect(text(page)).to_have_value("typed")
    assert kept.text == "typed"
    assert page.get_by_text("Somebody").count() == 0


def test_both_texts_are_shown_when_somebody_else_was_faster_and_the_button_writes_ours(page, expect_complaint):
    expect_complaint("409")
    vars(kept).update(text="theirs", version=7)
    text(page).fill("ours")

    expect(status(page)).to_contain_text("Somebody else changed this")
    expect(page.locator("[data-autosave-meanwhile] dd")).to_have_text("theirs")
    expect(text(page)).to_have_value("ours")
    assert kept.text == "theirs"
    with page.expect_navigation():
        page.get_by_role("button", name="Save the note").click()
    assert (kept.text, kept.version) == ("ours", 8)


def test_a_refusal_is_said_in_words_and_the_text_stays(page, expect_complaint):
    expect_complaint("422")
    text(page).fill("x" * 41)

    expect(page.locator("[data-autosave-errors]")).to_contain_text("at most 40 characters")
    text(page).fill("short")
    expect(status(page)).to_contain_text("Saved ")
    expect(page.locator("[data-autosave-errors] li")).to_have_count(0)


def test_signed_out_opens_sign_in_beside_the_page_and_saves_afterwards(page, firm, sign_in, expect_complaint):
    expect_complaint("401")
    expect_complaint("404")
    Session.objects.all().delete()
    text(page).fill("typed while signed out")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You have been signed out")
    assert faults(page) == []

    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in").click()
    assert "/account/login/?next=/signed-in/" in opened.value.url
    sign_in(page, firm.mia)
    opened.value.goto("/signed-in/")

    expect(dialog).to_be_hidden()
    expect(status(page)).to_contain_text("Saved ")
    assert kept.text == "typed while signed out"


def test_somebody_elses_sign_in_saves_nothing(page, firm, sign_in, expect_complaint):
    expect_complaint("401")
    Session.objects.all().delete()
    text(page).fill("for Mia alone")
    expect(page.get_by_role("dialog")).to_be_visible()

    sign_in(page, firm.sam)
    with page.expect_response("**/signed-in/"):
        page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.get_by_role("dialog")).to_be_visible()
    assert kept.text == "as it was"


def test_without_a_connection_it_says_so_and_tries_again(page, expect_complaint):
    expect_complaint("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    text(page).fill("on the train")
    expect(status(page)).to_contain_text("no connection")

    page.context.set_offline(False)

    expect(status(page)).to_contain_text("Saved ")
    assert kept.text == "on the train"


def test_our_fault_is_said_to_be_ours(page, expect_complaint):
    expect_complaint("500")
    kept.broken = True
    text(page).fill("kept on the page")

    expect(status(page)).to_contain_text("it is our fault")
    expect(text(page)).to_have_value("kept on the page")


def test_leaving_with_something_unsaved_asks_first(page, expect_complaint):
    expect_complaint("422")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    text(page).fill("x" * 41)
    expect(status(page)).to_contain_text("Not saved yet")

    page.goto("/today/")

    assert asked == ["beforeunload"]
