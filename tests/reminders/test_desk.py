from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from unittest import mock

import pytest
from django.core import mail as sent
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from journal import clock
from journal.models import Entry
from outbox.kinds import Kind
from outbox.models import Notice
from outbox.rules.sweep import sweep
from people.models import Employee
from reminders.models import Wishes
from reminders.rules import desk
from reminders.rules.sweep import send_waiting
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
def post(firm):
    """Of four mails one left, one was refused for good, one is to be tried again, and one was not needed any more."""
    people = [EmployeeFactory(name=name, hired_on=DAY) for name in ("Left", "Gone", "Busy", "Done")]
    sweep(TITLE, DAY)
    Employee.objects.filter(name="Done").update(job_title="Clerk")
    errors = {people[1].email: SMTPRecipientsRefused({people[1].email: (550, b"no such user")})}
    errors[people[2].email] = SMTPException("450 busy")

    def send(backend, messages):
        if error := errors.get(messages[0].to[0]):
            raise error
        return mock.DEFAULT

    with mock.patch.object(EmailBackend, "send_messages", autospec=True, side_effect=send):
        send_waiting()
    EmployeeFactory(name="Soon", hired_on=DAY + timedelta(days=1))
    return people


def row(name):
    return next(row for row in desk.rows() if row.kind.name == name)


def test_rows_count_what_left_what_did_not_and_what_comes(post):
    title = row("tests.title")

    figures = [title.sent, title.people, title.waits, title.settled, title.failed, title.bounced, title.tomorrow]
    assert figures == [1, 1, 1, 1, 0, 1, 1]
    assert [notice.recipient.name for notice in desk.troubles()] == ["Busy", "Gone"]
    assert [person.name for person, _reasons in desk.refusing()] == ["Gone"]


def test_the_page_costs_the_same_for_any_number(client, firm, post, django_assert_num_queries):
    client.force_login(firm.hedda)
    for numbers in (range(30), range(30, 60)):
        with django_assert_num_queries(7):  # session, reader, holds, figures, tomorrow, refused, failures
            client.get("/notices/desk/")
        Notice.objects.bulk_create(
            Notice(kind="tests.moved", about=number, recipient=firm.eve, state="failed", ended_at=NOON)
            for number in numbers
        )


def test_the_page_shows_reasons_and_no_words(client, firm, post):
    client.force_login(firm.hedda)

    page = client.get("/notices/desk/").text

    assert "One mail has left, 1 failed" in page
    assert "450 busy" in page
    assert "no such user" in page
    assert "nobody knows" not in page


def test_tomorrow_counts_what_will_be_due_and_how_people_wish_it(client, firm, post):
    Wishes.objects.create(person=Employee.objects.get(name="Soon"), kinds={"tests.title": "daily"})
    client.force_login(firm.hedda)

    page = client.get("/notices/desk/tomorrow/")

    (found,) = page.context["kinds"]
    assert (found.kind.name, found.mails, found.people, found.daily, found.weekly, found.off) == (
        "tests.title",
        1,
        1,
        1,
        0,
        0,
    )
    assert "Soon" not in page.text


def test_any_day_can_be_looked_at_and_nonsense_is_refused(client, firm, post):
    client.force_login(firm.hedda)

    assert client.get("/notices/desk/tomorrow/?on=2026-03-04").context["kinds"] == []
    refused = client.get("/notices/desk/tomorrow/?on=2026-02-30")

    assert refused.status_code == 422
    assert "valid date" in refused.text


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [("goals.met", 4, None), ("goals.met", 5, 5), ("goals.met", 0, 0), ("jobs.to_rule", 1, 1)],
)
def test_a_few_people_of_a_discreet_kind_are_not_counted_out(name, number, shown):
    assert desk.shown(Kind(name, template=""), number) == shown


@pytest.mark.parametrize("who", ["ada", "mia", "eve", "sam"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "tomorrow/"),
        ("post", "send/"),
        ("post", "tests.title/hold/"),
        ("post", "tests.title/release/"),
    ],
)
def test_for_anybody_but_hr_administrators_it_is_not_there(client, firm, who, method, path):
    client.force_login(getattr(firm, who))
    assert getattr(client, method)(f"/notices/desk/{path}").status_code == 404


@pytest.mark.parametrize("deed", [lambda by: desk.hold(TITLE, True, by=by), lambda by: desk.send_now(by=by)])
def test_the_rules_refuse_anybody_else_too(firm, deed):
    with pytest.raises(PermissionDenied):
        deed(firm.ada)


def test_what_is_held_back_waits_and_leaves_afterwards(client, firm):
    client.force_login(firm.hedda)
    EmployeeFactory(hired_on=DAY)
    sweep(TITLE, DAY)

    client.post("/notices/desk/tests.title/hold/")
    send_waiting()
    assert (row("tests.title").held, len(sent.outbox)) == (True, 0)

    client.post("/notices/desk/tests.title/release/")
    send_waiting()
    assert (row("tests.title").held, len(sent.outbox)) == (False, 1)
    verbs = Entry.objects.filter(actor=firm.hedda).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["notices.hold", "notices.release"]


def test_links_to_sign_in_cannot_be_held_back(client, firm):
    with pytest.raises(ValidationError):
        desk.hold(LINK, True, by=firm.hedda)
    client.force_login(firm.hedda)
    assert "nobody can sign in" in client.post("/notices/desk/tests.link/hold/", follow=True).text
    assert client.post("/notices/desk/no.such/hold/").status_code == 404


def test_send_now_tries_failures_again_and_leaves_the_rest(client, firm, post):
    tell(firm)
    Notice.objects.filter(kind="tests.moved").update(not_before=now() + timedelta(hours=9))  # waits for the morning
    client.force_login(firm.hedda)

    said = client.post("/notices/desk/send/", follow=True).text
    send_waiting()

    assert "2 mails are tried again now" in said
    assert [mail.to[0] for mail in sent.outbox] == [post[1].email, post[2].email]
    assert row("tests.title").sent == 3
    assert Notice.objects.get(kind="tests.moved").state == "open"


def test_the_command_shows_any_day_and_writes_nothing(firm, capsys):
    for day in (DAY, date(2027, 2, 28)):
        EmployeeFactory(hired_on=day)

    call_command("reminders", "--on", "2027-02-28", "--dry-run")

    said = capsys.readouterr().out
    assert "tests.title: 2" in said
    assert "(2027-02-28)" in said
    assert not Notice.objects.exists()


def test_the_command_sends_today_only(firm, capsys):
    EmployeeFactory(hired_on=DAY)

    call_command("reminders")
    with pytest.raises(CommandError, match="--dry-run"):
        call_command("reminders", "--on", "2027-02-28")

    assert capsys.readouterr().out == "1 raised, 1 looked at.\n"
    assert len(sent.outbox) == 1
