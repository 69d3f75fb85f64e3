"""static/goals/wording.js with a real browser: marks while one types, advice that never stands in the way."""

from importlib import import_module

import pytest
from django.apps import apps
from playwright.sync_api import expect

from bench.eyes import faults

pytestmark = pytest.mark.browser
VAGUE = "Be more friendly and build better relationships with the Registrar’s office"
TAKEN = (
    "Take six deliveries to the Registrar’s office in person by the end of the year; say who I am and ask for"
    " department and job title."
)


@pytest.mark.parametrize("width", [1280, 360])
def test_marks_follow_what_is_typed_and_a_rewrite_takes_its_place(firm, page_for, width):
    page = page_for(firm.eve, width=width)
    page.goto("/goals/wording/")
    area, status = page.locator("textarea"), page.locator("form.sheet [role=status]")

    area.fill(VAGUE)
    expect(page.locator("mark")).to_have_text(["Be more1", "friendly2", "build better3", "relationships4"])
    expect(status).to_contain_text("4 things here a camera could not film. Still missing: a count, a date")
    assert faults(page) == []

    page.get_by_role("button", name="Use this").first.click()
    expect(area).to_have_value(TAKEN)
    expect(page.locator("mark")).to_have_count(0)
    expect(status).to_have_text("A camera could film this.")

    area.fill("")
    expect(page.locator("form.sheet h3")).to_have_count(0)
    expect(status).to_have_text("")
    assert VAGUE not in page.evaluate("JSON.stringify([localStorage, sessionStorage, location.href])")


@pytest.fixture
def _eleven(transactional_db):
    """Emptied with all tables after the test before."""
    import_module("goals.migrations.0003_eleven_ideas").put(apps, None)


@pytest.mark.usefixtures("_eleven")
def test_catalogue_narrows_as_one_ticks_and_the_address_keeps_it(firm, page_for):
    page = page_for(firm.eve)
    page.goto("/goals/ideas/")
    page.get_by_label("Hosting").check()

    expect(page.locator("tbody tr")).to_have_count(2)
    assert "effort=host" in page.url
    page.reload()
    expect(page.get_by_label("Hosting")).to_be_checked()
    expect(page.locator("tbody tr")).to_have_count(2)
    assert faults(page) == []
