"""A manager and eight directs, from nothing to eight agreed goals: every click and key counted."""

import pytest

from goals.models import Goal
from tests.factories import EmployeeFactory
from tests.factories_goals import proposed, year
from tests.factories_jobs import published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team():
    """Mia leads eight people whom one job description covers; a year is open, and nobody has a goal."""
    mia = EmployeeFactory(name="Mia Sand", manager=EmployeeFactory(name="Ada Berg"))
    directs = [EmployeeFactory(manager=mia) for _ in range(8)]
    published(mia, covers=directs)
    year()
    return mia, directs


class Counted:
    """A page whose clicks are counted, together with those of others."""

    def __init__(self, page, clicks):
        self.page, self.clicks = page, clicks

    def click(self, role, name, **kind):
        self.page.get_by_role(role, name=name, **kind).first.click()
        self.clicks.append(name)


def test_goals_for_a_team_of_eight_take_at_most_forty_clicks(team, page_for, live_server):
    mia, directs = team
    clicks = []
    manager = Counted(page_for(mia), clicks)
    manager.page.goto("/goals/team/")

    manager.click("link", "Offer a goal")
    manager.click("checkbox", "Have lunch with a counterpart")
    manager.click("checkbox", "Meet two people at the rally")
    manager.click("radio", "Work moves faster between people who know each other")
    manager.click("button", "Offer")
    manager.page.get_by_text("Offered to 8 people.").wait_for()
    assert Goal.objects.filter(state="offered").count() == 16
    for direct in directs:
        theirs = Counted(page_for(direct, width=360), clicks)
        theirs.page.goto("/goals/year/")
        theirs.click("link", "Read and choose")
        theirs.click("button", "Take this one")
        theirs.page.get_by_text("Agreed by both", exact=True).wait_for()
        theirs.page.context.close()

    assert Goal.objects.agreed().count() == 8
    assert len(clicks) <= 40


def test_board_answers_in_place_without_leaving_the_page(team, page_for):
    mia, directs = team
    clicks = []
    proposed(directs[0])
    manager = Counted(page_for(mia), clicks)
    manager.page.goto("/goals/team/")
    manager.page.evaluate("window.stayed = true")

    manager.click("button", "Agree")
    manager.page.get_by_text("Agreed by both.").wait_for()

    assert manager.page.evaluate("window.stayed")
    assert Goal.objects.get(owner=directs[0]).state == "active"
