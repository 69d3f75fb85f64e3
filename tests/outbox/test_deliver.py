import threading
from datetime import date, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from unittest import mock

import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, connection
from django.utils.timezone import now

from journal.rules import record
from outbox.models import Hold, Notice
from outbox.rules import deliver as rules
from outbox.rules import post
from outbox.rules.sweep import sweep
from people.models import Employee
from tests.factories import EmployeeFactory
from tests.outbox.kinds import ALL, LINK, MOVED, TITLE
from tests.outbox.wire import Wire

DAY = date(2026, 3, 1)


@pytest.fixture
def due(db):
    """Three people who have not said what they do, and the notices raised."""
    people = EmployeeFactory.create_batch(3, hired_on=DAY)
    sweep(TITLE, DAY)
    return people


@pytest.fixture
def refuse():
    """Make the mail server refuse whoever is named."""

    def _refuse(*addresses, error=None):
        def send(backend, messages):
            if messages[0].to[0] in addresses:
                raise error or SMTPException("450 busy")
            return mock.DEFAULT

        return mock.patch.object(EmailBackend, "send_messages", autospec=True, side_effect=send)

    return _refuse


def tell(firm, to="eve", kind=MOVED):
    """Somebody was moved, and is told."""
    person = getattr(firm, to)
    context = {"person": firm.sam} if kind is LINK else {"person": firm.sam, "by": firm.mia}
    post(kind, person, record("employee.assign_manager", firm.sam, by=firm.mia), **context)


def wake():
    """Let the rest after a failure, or a dead worker's lease, be over."""
    Notice.objects.update(not_before=now())


def states():
    return set(Notice.objects.values_list("state", "attempts"))


def test_a_batch_leaves_over_one_connection(due):
    with mock.patch.object(rules, "get_connection", wraps=rules.get_connection) as opened:
        assert rules.deliver(ALL, DAY) == 3
        assert rules.deliver(ALL, DAY) == 0

    assert opened.call_count == 1
    assert [m.to for m in sent.outbox] == [[person.email] for person in due]
    assert states() == {("sent", 0)}
    assert not Notice.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("people", [2, 200])
def test_a_batch_costs_the_same_for_any_number_of_mails(db, people, django_assert_num_queries):
    EmployeeFactory.create_batch(people, hired_on=DAY)
    sweep(TITLE, DAY)

    with django_assert_num_queries(4):  # claim, read, ask again, mark
        assert rules.deliver(ALL, DAY) == people


def test_a_refused_mail_keeps_its_failure_to_itself(due, refuse):
    with refuse(due[0].email):
        rules.deliver(ALL, DAY)

    notice = Notice.objects.get(recipient=due[0])
    assert (notice.state, notice.attempts, notice.error) == ("open", 1, "450 busy")
    assert notice.not_before > now()
    assert set(Notice.objects.exclude(recipient=due[0]).values_list("state", "attempts")) == {("sent", 0)}


def test_rests_grow_until_the_mail_is_given_up(due, refuse):
    rests = []
    with refuse(*[person.email for person in due]):
        for _ in range(rules.MAX_ATTEMPTS + 1):
            started = now()
            rules.deliver(ALL, DAY)
            rests.append(round((Notice.objects.first().not_before - started).total_seconds() / 60))
            wake()

    assert rests[:5] == [5, 10, 20, 40, 80]
    assert states() == {("failed", rules.MAX_ATTEMPTS)}


@pytest.mark.parametrize(("code", "state"), [(550, "bounced"), (451, "open")])
def test_an_address_that_is_refused_for_good_is_not_tried_again(due, refuse, code, state):
    address = due[0].email
    with refuse(address, error=SMTPRecipientsRefused({address: (code, b"no such user")})):
        rules.deliver(ALL, DAY)

    assert Notice.objects.get(recipient=due[0]).state == state


def test_after_a_broken_connection_the_others_leave_over_a_new_one(due, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.outbox.wire.Wire"
    first, *others = [person.email for person in due]
    for name, value in {"opened": 0, "cut": {first}, "arrived": []}.items():
        monkeypatch.setattr(Wire, name, value)

    rules.deliver(ALL, DAY)

    assert (Wire.arrived, Wire.opened) == (others, 2)


def test_a_broken_template_keeps_its_failure_to_itself(due, firm):
    broken = {**ALL, "tests.moved": mock.Mock(template="no/such", due=None, context=None)}
    tell(firm)

    assert rules.deliver(broken, DAY) == 4

    assert Notice.objects.get(kind="tests.moved").error.startswith("no/such")
    assert len(sent.outbox) == 3


def test_a_mail_server_that_is_down_costs_nobody_an_attempt(due):
    with (
        mock.patch.object(EmailBackend, "open", side_effect=ConnectionRefusedError),
        pytest.raises(ConnectionRefusedError),
    ):
        rules.deliver(ALL, DAY)
    wake()

    rules.deliver(ALL, DAY)

    assert len(sent.outbox) == 3
    assert states() == {("sent", 0)}


def test_the_batch_of_a_dead_worker_is_offered_again(due):
    rules.claim()
    assert rules.deliver(ALL, DAY) == 0

    wake()

    assert rules.deliver(ALL, DAY) == 3


def test_what_had_left_when_the_database_went_away_is_marked_and_not_sent_again(due):
    away = mock.patch.object(rules.Marks, "_rows", side_effect=OperationalError("away"))
    with away, pytest.raises(OperationalError):
        rules.deliver(ALL, DAY)
    assert len(sent.outbox) == 3
    assert states() == {("open", 0)}

    wake()
    assert rules.deliver(ALL, DAY) == 0

    assert len(sent.outbox) == 3
    assert states() == {("sent", 0)}
    assert not Notice.objects.filter(ended_at=None).exists()


def test_a_slow_batch_stays_its_workers_and_is_marked_on_the_way(due, monkeypatch):
    monkeypatch.setattr(rules, "RENEW", timedelta())
    seen = []

    def look(backend, messages):
        seen.append((Notice.objects.filter(state="sent").count(), len(rules.claim())))
        return mock.DEFAULT

    with mock.patch.object(EmailBackend, "send_messages", autospec=True, side_effect=look):
        rules.deliver(ALL, DAY)

    assert seen == [(0, 0), (1, 0), (2, 0)]


def test_a_deed_is_told_as_things_stand_when_the_mail_leaves(firm):
    tell(firm)
    Employee.objects.filter(pk=firm.sam.pk).update(name="Samuel O'Hara & Söhne")

    rules.deliver(ALL, DAY)

    [mail] = sent.outbox
    assert (mail.to, mail.subject) == ([firm.eve.email], "Mia has moved Samuel O'Hara & Söhne")
    assert "Mia has moved Samuel O'Hara & Söhne." in mail.body
    assert "Samuel O&#x27;Hara &amp; Söhne" in mail.alternatives[0][0]


def test_what_must_not_be_stored_is_made_when_the_mail_leaves(firm):
    tell(firm, kind=LINK)

    rules.deliver(ALL, DAY)

    assert "made for Eve" in sent.outbox[0].body
    assert "made for" not in str(Notice.objects.values_list("context", "error").get())


@pytest.mark.parametrize("gone", ["person", "recipient"])
def test_a_deed_nobody_can_be_told_of_is_settled(firm, gone):
    other = EmployeeFactory(name="Ida")
    post(MOVED, firm.eve, record("x", other, by=firm.mia), person=other, by=firm.mia)
    if gone == "person":
        Notice.objects.update(context={"person": f"people.employee:{other.pk + 99}", "by": "people.employee:1"})
    else:
        firm.eve.left_on = DAY
        firm.eve.save()

    rules.deliver(ALL, DAY)

    assert Notice.objects.get().state == "settled"
    assert sent.outbox == []


def test_what_was_done_meanwhile_is_settled_unsent(due):
    Employee.objects.filter(pk=due[0].pk).update(job_title="Clerk")

    rules.deliver(ALL, DAY)

    assert len(sent.outbox) == 2
    notice = Notice.objects.get(recipient=due[0])
    assert (notice.state, notice.over_at is None) == ("settled", False)


def test_a_reminder_of_a_kind_that_no_longer_exists_is_settled(due):
    assert rules.deliver({}, DAY) == 3
    assert states() == {("settled", 0)}


def test_a_kind_that_hr_holds_back_waits_and_leaves_afterwards(due, firm):
    Hold.objects.create(kind=TITLE.name, on=True, since=now())
    tell(firm)

    assert rules.deliver(ALL, DAY) == 1
    Hold.objects.update(on=False)

    assert rules.deliver(ALL, DAY) == 3


def test_a_plan_lets_mails_wait_or_stay_in_the_application(due, settings):
    until = now().replace(year=2040)
    ends = {due[0].pk: ("kept", until), due[1].pk: ("digest", until)}

    rules.deliver(ALL, DAY, plan=lambda notice, kind, moment: ends.get(notice.recipient_id))

    assert [m.to for m in sent.outbox] == [[due[2].email]]
    assert [n.state for n in Notice.objects.order_by("recipient")] == ["kept", "digest", "sent"]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_and_two_workers_at_once_tell_each_thing_once():
    EmployeeFactory.create_batch(20, hired_on=DAY)
    start = threading.Barrier(2, timeout=10)

    def work():
        start.wait()
        sweep(TITLE, DAY)
        start.wait()
        while rules.deliver(ALL, DAY):
            pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    with mock.patch.object(rules, "BATCH", 5):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len({m.to[0] for m in sent.outbox}) == len(sent.outbox) == 20
    assert states() == {("sent", 0)}
