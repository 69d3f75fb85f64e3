from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as sent
from django.db.models import CharField, IntegerField, Value
from django.utils.timezone import now

from journal import clock
from outbox.models import Notice
from outbox.rules.sweep import settle, sweep
from people.models import Employee
from reminders.models import Wishes
from reminders.rules.sweep import days_on_earth, raise_due, send_waiting, settle_over
from reminders.tasks import raise_reminders, send_notices, settle_notices
from tests.factories import EmployeeFactory
from tests.outbox.kinds import TITLE
from tests.reminders.test_hours import ZONES

DAY = date(2026, 3, 4)
NOBODY = Value(None, output_field=IntegerField())
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def row():
    return Notice.objects.values("state", "over_at", "ended_at").get()


@pytest.mark.parametrize("people", [1, 50])
def test_a_sweep_is_one_statement_for_any_number_of_people(db, people, django_assert_num_queries):
    EmployeeFactory.create_batch(people, hired_on=DAY)

    with django_assert_num_queries(1):
        assert sweep(TITLE, DAY) == people
    with django_assert_num_queries(1):
        assert sweep(TITLE, DAY + timedelta(days=1)) == 0


def test_the_tasks_may_run_twice(db):
    EmployeeFactory.create_batch(3, hired_on=DAY)
    with clock.at(NOON):
        for task in (raise_reminders, raise_reminders, send_notices, send_notices, settle_notices, settle_notices):
            task()

    assert len(sent.outbox) == 3
    assert set(Notice.objects.values_list("state", "over_at")) == {("sent", None)}


def test_what_was_done_after_its_mail_is_over_and_stays_sent(db):
    eve = EmployeeFactory(hired_on=DAY)
    with clock.at(NOON):
        raise_due()
        send_waiting()
        Employee.objects.filter(pk=eve.pk).update(job_title="Clerk")

        assert (settle_over(), settle_over()) == (1, 0)

    assert (row()["state"], row()["over_at"]) == ("sent", NOON)


def test_what_is_due_again_after_its_mail_comes_back_without_a_second_mail(db):
    eve = EmployeeFactory(hired_on=DAY)
    with clock.at(NOON):
        raise_due()
        send_waiting()
        for title in ("Clerk", ""):
            Employee.objects.filter(pk=eve.pk).update(job_title=title)
            raise_due()
            settle_over()
        send_waiting()

    assert (row()["state"], row()["over_at"]) == ("sent", None)
    assert len(sent.outbox) == 1


def test_what_was_settled_unsent_and_is_due_again_is_told_once(db):
    eve = EmployeeFactory(hired_on=DAY)
    with clock.at(NOON):
        for title in ("", "Clerk", ""):
            Employee.objects.filter(pk=eve.pk).update(job_title=title)
            raise_due()
            settle_over()
        send_waiting()

    assert sorted(Notice.objects.values_list("state", flat=True)) == ["sent", "settled"]
    assert len(sent.outbox) == 1


def test_a_notice_that_is_just_being_sent_is_left_to_its_worker(db):
    EmployeeFactory(hired_on=DAY)
    sweep(TITLE, DAY)
    Notice.objects.update(not_before=now() + timedelta(seconds=30))

    assert settle(TITLE, DAY - timedelta(days=1)) == 0

    Notice.objects.update(not_before=now() + timedelta(hours=9))  # rests for the morning
    assert settle(TITLE, DAY - timedelta(days=1)) == 1
    assert row()["state"] == "settled"


def test_settle_costs_the_same_for_any_number_of_people(db, django_assert_num_queries):
    for people in (1, 40):
        EmployeeFactory.create_batch(people, hired_on=DAY)
        sweep(TITLE, DAY)
        with django_assert_num_queries(2):
            settle(TITLE, DAY)


def test_days_on_earth_are_two_or_three(db):
    for zone in ("Pacific/Kiritimati", "UTC", "Etc/GMT+12"):
        EmployeeFactory(time_zone=zone)

    with clock.at(datetime(2026, 12, 31, 10, 30, tzinfo=UTC)):
        assert days_on_earth() == {
            date(2027, 1, 1): ["Pacific/Kiritimati"],
            date(2026, 12, 31): ["UTC"],
            date(2026, 12, 30): ["Etc/GMT+12"],
        }


def test_everybody_on_one_date_is_asked_without_zones(db):
    EmployeeFactory(time_zone="UTC")
    EmployeeFactory(time_zone="Europe/Berlin")

    with clock.at(NOON):
        assert days_on_earth() == {DAY: None}


DAYS = [
    date(2026, 3, 29),  # clocks go forward in Berlin
    date(2026, 10, 25),  # and back
    date(2026, 10, 4),  # forward on Lord Howe, by half an hour
    date(2026, 4, 5),  # and back
    date(2026, 11, 1),  # back in St John's, a half-hour zone
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2027, 1, 3),  # the last day of week 53
    date(2026, 3, 7),  # a Saturday
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_reminder_comes_exactly_once_on_the_right_day_at_a_good_hour(db, day):
    """Half-hour ticks through four days, for one person per zone; half of them work and read on every day."""
    people = [EmployeeFactory(hired_on=day, time_zone=zone) for zone in ZONES]
    for person in people[::2]:
        Wishes.objects.create(person=person, working_days="1234567")
    raised, told = {}, {}
    moment = datetime.combine(day, datetime.min.time(), UTC) - timedelta(hours=15)
    while moment < datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=4):
        Notice.objects.filter(state="open").update(not_before=now())  # the real clock does not move: look each time
        with clock.at(moment):
            raise_due()
            settle_over()
            send_waiting()
        for notice in Notice.objects.all():
            raised.setdefault(notice.recipient_id, moment)
            if notice.state == "sent":
                told.setdefault(notice.recipient_id, moment)
        moment += timedelta(minutes=30)

    assert len(sent.outbox) == Notice.objects.count() == len(told) == len(people)
    for person in people:
        zone = ZoneInfo(person.time_zone)
        first = raised[person.pk].astimezone(zone)
        assert (first.date(), first.hour) == (day, 0)
        arrived = told[person.pk].astimezone(zone)
        opens = day
        while not Wishes.objects.filter(person=person).exists() and opens.isoweekday() > 5:
            opens += timedelta(days=1)
        assert (arrived.date(), arrived.hour) == (opens, 7)


def test_a_kind_that_fails_stops_no_other(db, monkeypatch, caplog):
    EmployeeFactory(hired_on=DAY)
    nobody = replace(TITLE, name="tests.nobody", due=lambda today: TITLE.due(today).annotate(recipient_id=NOBODY))
    monkeypatch.setattr("reminders.rules.sweep.KINDS", {"tests.nobody": nobody, TITLE.name: TITLE})

    with clock.at(NOON):
        assert (raise_due(), raise_due()) == (1, 0)
        assert settle_over() == 0

    assert list(Notice.objects.values_list("kind", flat=True)) == [TITLE.name]
    assert {record.getMessage().partition(";")[0] for record in caplog.records} == {"sweep of tests.nobody failed"}


def test_what_has_no_occasion_is_told_once_and_settled(db):
    eve = EmployeeFactory(hired_on=DAY)
    bare = replace(TITLE, due=lambda today: TITLE.due(today).annotate(occasion=Value(None, output_field=CharField())))

    assert (sweep(bare, DAY), sweep(bare, DAY), settle(bare, DAY)) == (1, 0, 0)
    Employee.objects.filter(pk=eve.pk).update(job_title="Clerk")
    assert settle(bare, DAY) == 1
