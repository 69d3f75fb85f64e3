"""The story of the issue with a real browser: three statements, a refusal, an answer, an approval, a reading."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bench.eyes import faults
from jobs.models import Comment, Ground, JobDescription, Reading, Version
from journal import clock
from people.rules.departments import found_department
from tests import factories_jobs as make
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.browser


@pytest.fixture
def house(transactional_db):
    """Ada leads Mia, Mia leads Eve; Pat is the department's HR partner. Eve has a first version of three duties."""
    Ground.objects.get_or_create(text="Not an essential job function")  # emptied by transactional tests before

    class House:
        pat = EmployeeFactory(name="Pat Holm", hr_role="partner")
        department = found_department("Earth Sciences", "EAR", by=None, hr_partner=pat)
        ada = EmployeeFactory(name="Ada Berg", department=department)
        mia = EmployeeFactory(name="Mia Sand", department=department, manager=ada)
        eve = EmployeeFactory(name="Eve Lind", department=department, manager=mia)

    duties = ["Answers enquiries.", "Orders supplies.", "Keeps the minutes."]
    version = make.published(House.mia, duties, covers=[House.eve], from_on=clock.today(), title="Assistant")
    Reading.objects.filter(version=version).update(opened_at=clock.now(), acknowledged_at=clock.now())
    return House


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def clean(page, picture, tmp_path_factory):
    page.screenshot(path=tmp_path_factory.getbasetemp() / f"jobs-{picture}.png", full_page=True)
    assert faults(page) == [], page.url


def the_manager_adds_the_three_statements(page):
    page.goto(JobDescription.objects.get().get_absolute_url())
    button(page, "Draft the next version").click()
    for topic in ("other_duties", "improvement", "relationships"):
        page.locator(f'button[value="library-{topic}"]').click()
    expect(page.get_by_role("heading", name="Clause 6")).to_be_visible()
    page.locator("main").get_by_role("button", name="Save this draft").last.click()
    expect(page.get_by_text("it has not been offered for support")).to_be_visible()
    button(page, "Ask for support").click()
    expect(page.get_by_text("the support of Ada Berg")).to_be_visible()


def her_manager_supports(page):
    page.goto("/jobs/descriptions/")
    page.get_by_role("link", name="Read and decide").click()
    button(page, "Support it").click()
    expect(page.get_by_text("Say it in a sentence; the author and HR read it.")).to_be_visible()
    page.get_by_label("Why you support it").fill("We have asked for this for years.")
    button(page, "Support it").click()


def hr_rules(page, verdict, **said):
    """On the first of the queue; said: label → words."""
    page.goto("/jobs/clauses/")
    page.locator("#queue th a").first.click()
    page.get_by_label(verdict, exact=True).check()
    for label, words in said.items():
        field = page.get_by_label(label, exact=True)
        field.select_option(label=words) if label == "Ground" else field.fill(words)
    button(page, "Rule and stay here").click()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_three_statements_to_received_and_read(house, page_for, expect_complaint, tmp_path_factory, width):
    expect_complaint("422")  # a refused form is answered so, on purpose
    mia, ada, pat, eve = (page_for(who, width) for who in (house.mia, house.ada, house.pat, house.eve))

    the_manager_adds_the_three_statements(mia)
    clean(mia, f"draft-{width}", tmp_path_factory)
    her_manager_supports(ada)
    for _ in range(2):
        hr_rules(pat, "Approve")
    reason = "The position files, answers and orders."
    hr_rules(pat, "Refuse with a ground", Ground="Not an essential job function", Why=reason)
    clean(pat, f"refused-{width}", tmp_path_factory)

    mia.goto(Version.objects.latest("pk").get_absolute_url())
    mia.get_by_role("link", name="clause 6 is refused").click()
    mia.get_by_role("button", name="More people to ask when stuck").click()
    assert "ways out" in mia.get_by_label("Your answer").input_value()
    button(mia, "Send it back to HR").click()
    clean(mia, f"answered-{width}", tmp_path_factory)
    hr_rules(pat, "Approve")

    the_manager_publishes(mia)
    the_direct_reads(eve, width, tmp_path_factory)
    the_manager_answers(mia)
    eve.goto("/jobs/")
    expect(eve.get_by_text("Yes, them too.")).to_be_visible()
    assert Comment.objects.get().answer == "Yes, them too."


def the_manager_publishes(page):
    """Not on the day on which another version begins."""
    page.goto(Version.objects.latest("pk").get_absolute_url())
    page.get_by_label("In force from").fill(clock.today().isoformat())
    button(page, "Publish it").click()
    expect(page.get_by_text("Choose a later day")).to_be_visible()
    page.get_by_label("In force from").fill((clock.today() + timedelta(days=1)).isoformat())
    button(page, "Publish it").click()
    expect(page.get_by_text("1 unread, 0 read, 0 acknowledged of 1")).to_be_visible()


def the_manager_answers(page):
    page.goto("/jobs/descriptions/")
    page.get_by_role("link", name="Answer").click()
    page.get_by_role("textbox", name="Your answer").fill("Yes, them too.")
    button(page, "Answer").click()
    expect(page.get_by_text("Answered")).to_be_visible()


def the_direct_reads(page, width, tmp_path_factory):
    page.goto("/jobs/")
    page.get_by_role("link", name="Read it").click()
    expect(page.locator("main ins")).to_have_count(3)
    clean(page, f"reading-{width}", tmp_path_factory)
    page.get_by_text("Comment on clause 6").click()
    page.get_by_label("Your comment").last.fill("Do students count as well?")
    button(page, "Keep this comment").last.click()
    expect(page.get_by_text("Do students count as well?")).to_be_visible()
    button(page, "Received and read").click()
    expect(page.get_by_text("not necessarily agreed")).to_be_visible()
    assert Reading.objects.latest("pk").acknowledged_at
