"""Bell, wishes, the summary before it is sent, and the way out of a mail, as a reader meets them."""

import re
from datetime import UTC, datetime
from unittest import mock

import pytest
from django.core import mail as sent
from playwright.sync_api import expect

from bench.eyes import faults
from journal import clock
from people.models import Employee
from reminders.models import Wishes
from reminders.rules.kinds import KINDS
from reminders.rules.sweep import raise_due, send_waiting
from tests.outbox.kinds import ALL, MOVED, TITLE
from tests.outbox.test_deliver import tell

pytestmark = pytest.mark.browser
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(params=[360, 1280])
def page(request, firm, page_for):
    """Eve's browser: her title is missing, and Sam was moved."""
    with mock.patch.dict(KINDS, ALL, clear=True):
        Employee.objects.filter(pk=firm.eve.pk).update(hired_on="2026-03-01")
        tell(firm)
        with clock.at(NOON):
            raise_due()
        yield page_for(firm.eve, request.param)


def test_the_bell_counts_down_as_one_reads(page):
    page.goto("/today/")
    page.get_by_role("link", name="Notices, 2 new").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 notices are new")
    assert faults(page) == []

    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One notice is new")
    page.get_by_role("button", name="Mark all as read").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("No notice is new")
    expect(page.get_by_role("button", name="Mark as read")).to_have_count(0)


def test_wishes_are_kept(page, firm):
    page.goto("/notices/wishes/")
    page.get_by_label(str(TITLE.title)).select_option("daily")
    page.get_by_label("No mail from").select_option("20")
    page.get_by_label("Saturday").check()
    assert faults(page) == []

    page.get_by_role("button", name="Keep these wishes").click()

    expect(page.get_by_text("planned anew")).to_be_visible()
    expect(page.get_by_label(str(TITLE.title))).to_have_value("daily")
    wishes = Wishes.objects.get(person=firm.eve)
    assert (wishes.kinds[TITLE.name], wishes.quiet_from, wishes.working_days) == ("daily", 20, "123456")


def test_the_summary_can_be_read_before_it_is_sent(page):
    page.goto("/notices/summary/")

    expect(page.get_by_role("heading", level=1)).to_have_text("One thing waits for you")
    expect(page.get_by_role("heading", name="Do", exact=True)).to_be_visible()
    assert faults(page) == []


def test_the_link_in_a_mail_asks_first_and_then_stops_the_kind(page, firm, page_for):
    with clock.at(NOON):
        send_waiting()
    mail = next(mail for mail in sent.outbox if mail.to == [firm.eve.email] and "moved" in mail.subject.lower())
    link = re.search(r"/notices/stop/\S+", mail.body)[0]
    stranger = page_for(None)  # whoever holds the link, on whatever telephone

    stranger.goto(link)
    expect(stranger.get_by_text(str(MOVED.title))).to_be_visible()
    assert not Wishes.objects.exists()
    assert faults(stranger) == []
    stranger.get_by_role("button", name="Stop these mails").click()

    expect(stranger.get_by_role("heading", level=1)).to_have_text("No more mails of this kind.")
    assert Wishes.objects.get(person=firm.eve).kinds == {MOVED.name: "off"}
