"""A step at a rally on a telephone, the money for a lunch, the finder and the picture, in a real browser."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from bench.eyes import faults
from goals.models import Claim, Report
from goals.rules import contacts
from tests.goals.reported import agreed, log, university

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def uni():
    return university()


def test_a_step_is_logged_in_at_most_six_interactions_on_a_telephone(uni, page_for):
    goal = agreed(uni.eve)
    page, interactions = page_for(uni.eve, width=360), 0
    page.goto("/goals/year/")

    page.get_by_role("combobox", name="With whom").press_sequentially("ott")
    interactions += 1
    page.get_by_role("option", name="Otto Vogel").click()
    interactions += 1
    expect(page.locator("[data-filled]")).to_contain_text("Registrar’s office")
    expect(page.locator("[data-would]")).to_contain_text("1 of 2")
    page.get_by_role("button", name="Save this step").click()
    interactions += 1

    expect(page.get_by_text("Saved. It counts: 1 of 2.")).to_be_visible()
    report = Report.objects.get(goal=goal)
    assert report.encounters.get().contact.employee == uni.otto
    assert interactions <= 6
    assert faults(page) == []


def test_somebody_without_a_name_takes_six_interactions_at_most(uni, page_for):
    agreed(uni.eve)
    page = page_for(uni.eve, width=360)
    page.goto("/goals/year/")

    page.get_by_text("Without a name, or not found").click()
    page.get_by_label("Department", exact=True).select_option(label="Registrar’s office")
    page.get_by_label("Job title").fill("Records clerk")
    page.get_by_role("button", name="Save this step").click()

    expect(page.get_by_text("Saved. It counts: 1 of 2.")).to_be_visible()


def test_at_first_the_form_shows_four_fields(uni, page_for):
    agreed(uni.eve)
    page = page_for(uni.eve, width=360)
    page.goto("/goals/year/")

    fields = page.locator("form[data-step] :is(input:not([type=hidden]), select, textarea)")
    shown = [field.get_attribute("name") for field in fields.all() if field.is_visible()]
    assert shown == ["what", "met-who", "met-shares_name", "happened_on"]


def test_a_lunch_is_claimed_in_two_taps(uni, page_for):
    agreed(uni.eve, parameters={"count": 1}, budget=2000)
    page, photo = page_for(uni.eve, width=360), io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(photo, "JPEG")
    page.goto("/goals/year/")

    chosen = {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    page.get_by_label("a photo of the receipt").set_input_files(chosen)
    page.get_by_role("button", name="Claim 20.00").click()

    expect(page.get_by_text("20.00 asked back.")).to_be_visible()
    assert Claim.objects.get().cents == 2000


@pytest.mark.parametrize("width", [360, 1280])
def test_the_finder_names_the_colleague_and_never_the_contact(uni, page_for, width):
    log(agreed(uni.eve), uni.otto)
    page = page_for(uni.pia, width=width)
    page.goto("/goals/who-knows/")

    page.get_by_label("Department", exact=True).select_option(label="Registrar’s office")
    page.get_by_role("button", name="Find", exact=True).click()

    expect(page.get_by_role("rowheader", name="Eve Lind")).to_be_visible()
    assert "Otto" not in page.content()
    assert faults(page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_is_drawn_with_the_figures_of_the_table(uni, page_for, dark):
    log(agreed(uni.eve), uni.otto, uni.olga)
    contacts.place_departments()
    page = page_for(uni.mia, dark=dark)
    page.goto("/goals/who-knows/?of=team")

    expect(page.locator("[data-picture] canvas")).to_be_visible()
    drawn = page.evaluate("JSON.parse(document.getElementById('network').textContent).nodes")
    office = next(node for node in drawn if node["name"] == "Registrar’s office")
    assert office["figure"] == "2"
    expect(page.get_by_role("row", name="Registrar’s office").get_by_role("cell").last).to_have_text("2")
    marked = page.evaluate(
        "(() => { const c = document.querySelector('[data-picture] canvas');"
        " return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((one) => one > 0); })()"
    )
    assert marked
    assert faults(page) == []
