from datetime import UTC, date, datetime

import pytest
from django.core import mail as sent

from journal import clock
from outbox.models import Notice
from outbox.rules.sweep import sweep
from people.models import Employee
from reminders.rules import bell
from reminders.rules.sweep import send_waiting, settle_over
from tests.factories import EmployeeFactory
from tests.outbox.kinds import LINK, TITLE
from tests.outbox.test_deliver import tell

DAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON):
        yield


@pytest.fixture
def eve(firm, client):
    """Eve has one matter that waits and one deed of somebody else, and is signed in."""
    Employee.objects.filter(pk=firm.eve.pk).update(hired_on=DAY)
    sweep(TITLE, DAY)
    tell(firm)
    client.force_login(firm.eve)
    return firm.eve


def counted(page):
    return page.text.partition('class="count">')[2].partition("<")[0]


def test_the_bell_counts_and_shows_what_the_mails_tell(client, eve):
    send_waiting()

    page = client.get("/notices/")

    assert counted(page) == "2"
    assert "Nobody knows what" in page.text
    assert "Mia has moved Sam" in page.text
    assert [mail.subject for mail in sent.outbox] == ["Say what you do, Eve", "Mia has moved Sam"]


def test_what_is_done_vanishes_from_pages_at_once_and_from_every_count_with_the_sweep(client, eve):
    Employee.objects.filter(pk=eve.pk).update(job_title="Clerk")

    for path in ("/notices/", "/today/"):
        page = client.get(path)
        assert ("Nobody knows" in page.text, counted(page)) == (False, "1")
    settle_over()

    assert counted(client.get("/people/")) == "1"


def test_reading_one_and_all(client, eve, firm):
    one = Notice.objects.get(kind=TITLE.name)
    assert client.post(f"/notices/{one.pk}/read/").status_code == 302
    assert counted(client.get("/notices/")) == "1"

    client.post("/notices/read/")

    assert counted(client.get("/notices/")) == ""
    assert set(Notice.objects.values_list("read_at", flat=True)) == {NOON}


def test_nobody_reads_or_ends_the_notices_of_somebody_else(client, eve, firm):
    client.force_login(firm.mia)

    assert "Nobody knows" not in client.get("/notices/").text
    assert client.post(f"/notices/{Notice.objects.first().pk}/read/").status_code == 404
    client.post("/notices/read/")
    assert set(Notice.objects.values_list("read_at", flat=True)) == {None}


@pytest.mark.parametrize("path", ["/notices/read/", "/notices/1/read/"])
def test_reading_is_a_post(client, eve, path):
    assert client.get(path).status_code == 405


def test_a_link_to_sign_in_shows_in_no_bell(client, firm):
    tell(firm, kind=LINK)
    client.force_login(firm.eve)

    page = client.get("/notices/")

    assert ("Your link" in page.text, counted(page)) == (False, "")


def test_older_notices_are_one_page_further(client, firm):
    for _ in range(55):
        tell(firm)
    client.force_login(firm.eve)

    first = client.get("/notices/")
    older = client.get("/notices/?before=" + first.text.partition("?before=")[2].partition('"')[0])

    assert [first.text.count("has moved"), older.text.count("has moved")] == [50, 5]


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "%00"])
def test_nonsense_in_the_address_shows_the_first_page(client, eve, before):
    assert client.get(f"/notices/?before={before}").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_bell_and_today_cost_the_same_for_any_number(client, firm, number, django_assert_num_queries):
    for _ in range(number):
        tell(firm)
    EmployeeFactory.create_batch(number, hired_on=DAY)
    sweep(TITLE, DAY)
    client.force_login(firm.eve)

    for path in ("/notices/", "/today/"):
        with django_assert_num_queries(4):  # session, reader, notices, people that the deeds are about
            client.get(path)


def test_today_says_what_waits_and_what_others_did(client, eve):
    page = client.get("/today/")

    assert "One thing waits for you" in page.text
    assert f'href="/people/{eve.pk}/"' in page.text
    assert "Mia has moved Sam" in page.text
    assert "Wednesday 4 March 2026" in page.text


def test_today_with_nothing_to_do_is_one_quiet_sentence(client, firm):
    client.force_login(firm.sam)

    page = client.get("/today/")

    assert "Nothing waits for you" in page.text
    assert 'waits"' not in page.text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Nothing waits for you"),
        (1, "One thing waits for you"),
        (12, "Twelve things wait for you"),
        (13, "13 things wait for you"),
    ],
)
def test_headline(count, words):
    assert bell.headline(count) == words


def test_a_row_that_names_the_wrong_person_shows_them_nothing(firm):
    Employee.objects.filter(pk=firm.sam.pk).update(hired_on=DAY)
    sweep(TITLE, DAY)
    Notice.objects.update(recipient=firm.ada)

    assert bell.waiting(firm.ada) == []
