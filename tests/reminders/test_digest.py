import threading
from datetime import UTC, date, datetime, timedelta
from smtplib import SMTPException
from unittest import mock

import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.utils.timezone import now

from journal import clock
from outbox.kinds import Group, Kind
from outbox.models import Hold, Notice
from outbox.rules.sweep import sweep
from people.models import Employee
from reminders.models import Wishes
from reminders.rules import digest
from reminders.rules.kinds import KINDS
from reminders.rules.sweep import send_waiting
from tests.factories import EmployeeFactory
from tests.outbox.kinds import TITLE
from tests.outbox.test_deliver import tell

DAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def team_titles_missing(today):
    silent = Employee.objects.filter(hired_on__lte=today, job_title="", manager__isnull=False)
    about = {"recipient_id": F("manager_id"), "whose_id": F("pk"), "due_on": F("hired_on")}
    return silent.annotate(occasion=Cast("hired_on", CharField()), **about)


TEAM = Kind("tests.team", "tests/mail/title", due=team_titles_missing, title="A title is missing", group=Group.ANSWER)


@pytest.fixture(autouse=True)
def _noon():
    with clock.at(NOON), mock.patch.dict(KINDS, {TEAM.name: TEAM}):
        yield


@pytest.fixture
def mia(firm):
    """Mia wants everything once a day; she and two of her team have not said what they do, and Sam was moved."""
    kinds = {"tests.title": "daily", "tests.team": "daily", "tests.moved": "daily"}
    Wishes.objects.create(person=firm.mia, kinds=kinds)
    Employee.objects.filter(pk=firm.mia.pk).update(hired_on=DAY)
    EmployeeFactory(name="Ida", manager=firm.mia, hired_on=date(2026, 3, 1))
    EmployeeFactory(name="Bo", manager=firm.mia, hired_on=date(2026, 2, 1))
    for kind in (TITLE, TEAM):
        sweep(kind, DAY)
    tell(firm, "mia")
    Notice.objects.exclude(recipient=firm.mia).delete()
    return firm.mia


def morning():
    Notice.objects.filter(state="digest").update(not_before=now())


def states():
    return sorted(Notice.objects.values_list("state", flat=True))


def test_a_summary_waits_for_its_hour_and_is_one_mail_by_what_to_do(mia):
    send_waiting()
    assert (states(), sent.outbox) == (["digest"] * 4, [])
    until = Notice.objects.values_list("not_before", flat=True)
    assert all(abs(rest - now() - timedelta(hours=20)) < timedelta(minutes=1) for rest in until)  # 8:00 tomorrow

    morning()
    send_waiting()
    send_waiting()

    [mail] = sent.outbox
    assert (mail.to, mail.subject, states()) == ([mia.email], "Three things wait for you", ["sent"] * 4)
    told = [mail.body.index(word) for word in ("\nDo\n", "what Mia does", "Your team: Bo", "Your team: Ida", "moved")]
    assert told == sorted(told)
    assert f"Say so: http://localhost:8000/people/{mia.pk}/" in mail.body
    assert "List-Unsubscribe" in mail.extra_headers
    html = mail.alternatives[0][0]
    assert f'href="http://localhost:8000/people/{mia.pk}/"' in html
    assert "<h2>Do</h2>" in html


def test_with_nothing_left_to_say_nothing_is_sent(mia):
    Notice.objects.filter(kind="tests.moved").delete()
    send_waiting()
    Employee.objects.update(job_title="Clerk")
    morning()

    send_waiting()

    assert (states(), sent.outbox) == (["settled"] * 3, [])


def test_a_summary_that_fails_rests_and_is_tried_again(mia):
    send_waiting()
    morning()
    with mock.patch.object(EmailBackend, "send_messages", side_effect=SMTPException("450 busy")):
        send_waiting()
    assert set(Notice.objects.values_list("state", "attempts", "error")) == {("digest", 1, "450 busy")}

    morning()
    send_waiting()

    assert (len(sent.outbox), states()) == (1, ["sent"] * 4)


def test_a_kind_that_hr_holds_back_is_not_in_the_summary(mia):
    send_waiting()
    Hold.objects.create(kind=TEAM.name, on=True, since=now())
    morning()

    send_waiting()

    assert "Your team" not in sent.outbox[0].body
    assert states() == ["digest"] * 2 + ["sent"] * 2


def test_the_summary_of_a_dead_worker_is_offered_again(mia):
    send_waiting()
    morning()
    assert digest.claim_people() == [mia.pk]
    assert send_waiting() == 0

    Wishes.objects.update(digest_until=now())
    send_waiting()

    assert len(sent.outbox) == 1


def test_summaries_cost_the_same_for_any_number_of_notices(mia, django_assert_num_queries):
    def send():
        send_waiting()
        morning()
        with django_assert_num_queries(9):  # claim, read, ask twice, people of deeds, names, mark, let go, claim
            digest.send_digests()

    send()
    EmployeeFactory.create_batch(20, manager=mia, hired_on=DAY)
    sweep(TEAM, DAY)
    Notice.objects.update(state="open")
    send()


def test_the_page_shows_the_summary_before_it_is_sent(client, mia):
    client.force_login(mia)

    page = client.get("/notices/summary/").text

    told = [page.index(word) for word in ("Three things wait for you", "Do</h2>", "Your team", "Bo</h2>", "Ida</h2>")]
    assert told == sorted(told)


def test_the_page_says_so_when_there_is_nothing(client, firm):
    client.force_login(firm.sam)
    assert "With nothing to say, no summary is sent." in client.get("/notices/summary/").text


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_summary_once():
    people = EmployeeFactory.create_batch(12, hired_on=DAY)
    for person in people:
        Wishes.objects.create(person=person, kinds={"tests.title": "weekly"})
    sweep(TITLE, DAY)
    send_waiting()
    morning()
    start = threading.Barrier(2, timeout=10)

    def work():
        start.wait()
        digest.send_digests()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    with mock.patch.object(digest, "PEOPLE", 2):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(mail.to[0] for mail in sent.outbox) == sorted(person.email for person in people)
    assert set(states()) == {"sent"}
