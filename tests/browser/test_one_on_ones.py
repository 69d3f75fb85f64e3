"""The running sheet as two people use it: with a real browser, server and session."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from bench.eyes import faults
from conversations import running
from conversations.models import PrivateNote, SharedNote
from conversations.rules import series
from goals.rules import reasons
from jobs.rules import reading
from tests.factories_conversations import promise, sheet_of, topic
from tests.factories_goals import agreed, clause
from tests.factories_jobs import department

pytestmark = pytest.mark.browser


@pytest.fixture
def one(firm):
    library = department("Library")
    for person in (firm.mia, firm.eve):
        person.department = library
        person.save()
    return sheet_of(firm.mia, firm.eve)


def status(page, form):
    return page.locator(f"{form} [data-autosave-says] [role=status]")


def test_a_comment_and_a_question_are_answered_on_the_sheet_and_at_their_source(firm, one, page_for):
    said = reading.comment(clause(firm.eve), "Does this mean suppliers too?", by=firm.eve)
    goal = reasons.doubt(agreed(firm.eve), by=firm.eve)
    page = page_for(firm.mia)
    page.goto(one.get_absolute_url())
    part = page.locator("#direct")

    part.locator("li", has_text="suppliers too?").locator("summary").click()
    page.get_by_label("Your answer, kept with the clause").fill("Suppliers: yes, when an order is theirs.")
    page.locator("form:visible", has=page.get_by_label("Your answer, kept with the clause")).get_by_role(
        "button"
    ).click()
    expect(part).not_to_contain_text("suppliers too?")
    part.locator("li", has_text="does not see why").locator("summary").click()
    page.get_by_label("The reason, kept with the goal").fill("Orders come back faster.")
    page.locator("form:visible", has=page.get_by_label("The reason, kept with the goal")).get_by_role("button").click()
    expect(part).not_to_contain_text("does not see why")

    page.goto(said.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Suppliers: yes, when an order is theirs.")
    page.goto(goal.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Orders come back faster.")


def test_the_managers_part_is_not_in_the_directs_page_before_it_starts(firm, one, page_for):
    topic(one, firm.mia, "Say thank you for the orders.")
    mia, eve = page_for(firm.mia), page_for(firm.eve, width=360)
    eve.goto(one.get_absolute_url())
    assert "thank you" not in eve.content()
    assert faults(eve) == []
    mia.goto(one.get_absolute_url())
    mia.get_by_role("button", name="Start your part").click()
    mia.wait_for_load_state()
    eve.goto(one.get_absolute_url())

    expect(eve.locator("#manager")).to_contain_text("Say thank you")


def test_two_type_at_once_and_both_texts_stay(firm, one, page_for):
    mia, eve = page_for(firm.mia), page_for(firm.eve)
    for page in (mia, eve):
        page.goto(one.get_absolute_url())
    eve.locator("#shared-text").fill("Eve writes it down.")
    expect(status(eve, "#shared")).to_contain_text("Saved")
    mia.locator("#shared-text").fill("Suppliers: yes.")
    expect(status(mia, "#shared")).to_contain_text("Saved")

    expect(mia.locator("#shared-text")).to_have_value(re.compile("Eve writes it down.*Suppliers: yes", re.S))
    assert "Eve writes it down." in SharedNote.objects.get().text
    eve.locator("#shared-text").press("End")
    eve.locator("#shared-text").type(" And sends it.")
    expect(status(eve, "#shared")).to_contain_text("Saved")
    expect(eve.locator("#shared-text")).to_have_value(re.compile("Suppliers: yes"))
    assert SharedNote.objects.get().text.count("Eve writes it down.") == 1


def test_the_session_ends_while_typing_and_nothing_is_lost(firm, one, page_for, sign_in, expect_complaint):
    expect_complaint("401")
    expect_complaint("404")
    page = page_for(firm.mia)
    page.goto(one.get_absolute_url())
    Session.objects.all().delete()
    page.locator("#private-text").fill("Ask about the audit first.")
    dialog = page.locator("#private").get_by_role("dialog")
    expect(dialog).to_contain_text("You have been signed out")
    assert "audit" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    assert not PrivateNote.objects.exists()

    sign_in(page, firm.mia)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(dialog).to_be_hidden()
    expect(status(page, "#private")).to_contain_text("Saved")

    assert PrivateNote.objects.get().text == "Ask about the audit first."
    assert "audit" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("address", ["", "paper/"])
def test_a_full_sheet_is_one_page_of_paper(firm, one, page_for, paper, address):
    for number in range(12):
        topic(one, firm.eve, f"{number}: month's end and the audit fall into the same week, " + "and so on " * 30)
        promise(one, f"{number}: a decision on Friday hours, " + "and so on " * 30)
        topic(one, firm.mia, f"{number}: thank you", part="ahead")
    page = page_for(firm.mia, width=710)  # as wide as Letter between its margins
    page.goto(one.get_absolute_url() + address)

    printed = page.pdf(format=paper)

    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".paper:visible")).to_contain_text("and 6 more")
    box, last = page.locator(".paper").first.bounding_box(), page.locator(".paper-notes").first.bounding_box()
    assert last["y"] + last["height"] <= box["y"] + box["height"]  # nothing is cut off
    assert page.locator("#private-text:visible").count() == 0


def test_the_managers_part_comes_by_itself_and_what_is_typed_stays(firm, one, page_for, monkeypatch):
    monkeypatch.setattr(running, "LOOK_SELDOM", 1)
    topic(one, firm.mia, "Say thank you for the orders.")
    page = page_for(firm.eve)
    page.goto(one.get_absolute_url())
    typed = page.get_by_label("A concern?")
    typed.fill("The audit falls into")

    series.begin_part(one, by=firm.mia)

    expect(page.locator("#manager")).to_contain_text("Say thank you")
    expect(typed).to_be_focused()
    typed.press_sequentially(" month's end.")
    expect(typed).to_have_value("The audit falls into month's end.")


def test_a_signed_out_page_that_looks_again_keeps_what_is_typed(firm, one, page_for, monkeypatch, expect_complaint):
    expect_complaint("401")
    monkeypatch.setattr(running, "LOOK_SELDOM", 1)
    page = page_for(firm.eve)
    page.goto(one.get_absolute_url())
    page.get_by_label("A concern?").fill("The audit.")
    Session.objects.all().delete()

    with page.expect_response(lambda answer: answer.status == 401 and "/news/" in answer.url):
        pass
    page.wait_for_timeout(300)

    expect(page.get_by_label("A concern?")).to_have_value("The audit.")
