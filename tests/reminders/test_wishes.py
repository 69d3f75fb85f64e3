from datetime import UTC, date, datetime, timedelta
from unittest import mock

import pytest
from django.core import mail as sent
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils.timezone import now

from journal import clock
from journal.models import Entry
from outbox.mail import EVERYTHING, SALT, stop_address
from outbox.models import Notice
from outbox.rules.sweep import sweep
from reminders.models import Wishes
from reminders.rules import wishes
from reminders.rules.sweep import send_waiting
from tests.factories import EmployeeFactory
from tests.outbox.kinds import LINK, MOVED, TITLE
from tests.outbox.test_deliver import tell

DAY = date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
NIGHT = datetime(2026, 3, 4, 22, tzinfo=UTC)


@pytest.fixture
def eve(firm):
    firm.eve.hired_on = DAY
    firm.eve.save()
    return firm.eve


def wish(person, **kinds):
    return wishes.revise(person, {"kinds": {f"tests.{name}": how for name, how in kinds.items()}}, by=person)


@pytest.mark.parametrize(
    ("how", "moment", "state", "mails"),
    [
        ("", NOON, "sent", 1),
        ("", NIGHT, "open", 0),
        ("daily", NOON, "digest", 0),
        ("weekly", NOON, "digest", 0),
        ("off", NOON, "kept", 0),
        ("off", NIGHT, "kept", 0),
    ],
)
def test_a_wish_decides_when_the_mail_leaves(eve, how, moment, state, mails):
    wish(eve, title=how)
    sweep(TITLE, DAY)

    with clock.at(moment):
        send_waiting()

    assert (Notice.objects.get().state, len(sent.outbox)) == (state, mails)


def test_what_waits_for_the_morning_leaves_in_the_morning(eve):
    sweep(TITLE, DAY)
    with clock.at(NIGHT):
        send_waiting()

    rest = Notice.objects.get().not_before - now()

    assert abs(rest - timedelta(hours=9)) < timedelta(minutes=1)  # 7:00


def test_a_link_to_sign_in_leaves_at_night_and_cannot_be_switched_off(firm):
    with pytest.raises(ValidationError, match="could not sign in"):
        wish(firm.eve, link="off")
    tell(firm, kind=LINK)

    with clock.at(NIGHT):
        send_waiting()

    assert len(sent.outbox) == 1


def test_nobody_writes_the_wishes_of_somebody_else(firm):
    with pytest.raises(PermissionDenied):
        wishes.revise(firm.eve, {"quiet_from": 1}, by=firm.mia)


def test_new_wishes_plan_anew_what_rests_and_leave_alone_what_is_being_sent(eve):
    sweep(TITLE, DAY)
    with clock.at(NIGHT):
        send_waiting()
    wish(eve, title="off")
    with clock.at(NIGHT):
        send_waiting()
    assert Notice.objects.get().state == "kept"

    leased = now() + timedelta(seconds=50)
    Notice.objects.update(state="open", not_before=leased)
    wish(eve, title="")

    assert Notice.objects.get().not_before == leased


def test_revise_writes_one_line_of_history_without_words(eve):
    wish(eve, title="daily")

    entry = Entry.objects.get(verb="wishes.revise")
    assert (entry.actor, entry.data) == (eve, {"fields": ["kinds"]})


FORM = {
    "quiet_from": "20",
    "quiet_until": "6",
    "working_days": ["1", "2", "6"],
    "digest_hour": "9",
    "digest_day": "6",
    "tests.title": "weekly",
    "tests.moved": "",
}


def test_the_page_keeps_wishes(client, eve):
    client.force_login(eve)
    assert client.get("/notices/wishes/").status_code == 200

    answer = client.post("/notices/wishes/", FORM)

    assert (answer.status_code, answer["Location"]) == (302, "/notices/wishes/")
    kept = Wishes.objects.get(person=eve)
    assert (kept.quiet_from, kept.quiet_until, kept.working_days, kept.digest_hour) == (20, 6, "126", 9)
    assert kept.kinds == {"tests.title": "weekly"}
    assert "selected" in client.get("/notices/wishes/").text


@pytest.mark.parametrize(
    "wrong",
    [{"quiet_from": "24"}, {"working_days": []}, {"tests.title": "hourly"}, {"digest_day": "x"}, {"quiet_until": ""}],
)
def test_the_page_refuses_what_is_not_offered(client, eve, wrong):
    client.force_login(eve)

    assert client.post("/notices/wishes/", FORM | wrong).status_code == 422
    assert not Wishes.objects.exists()


def path_of(address):
    return address.removeprefix("http://localhost:8000")


def test_one_click_stops_a_kind_without_signing_in_and_only_by_post(client, eve):
    address = path_of(stop_address(eve, TITLE.name))

    shown = client.get(address)
    assert "Your job title is missing" in shown.text
    assert not Wishes.objects.exists()
    for _ in range(2):
        assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert Wishes.objects.get(person=eve).kinds == {"tests.title": "off"}


def test_one_click_on_a_summary_stops_everything_that_can_be_stopped(client, eve):
    client.post(path_of(stop_address(eve, EVERYTHING)))

    assert Wishes.objects.get(person=eve).kinds == {"tests.title": "off", "tests.moved": "off"}


def test_one_click_works_for_a_strict_client_without_a_csrf_token(eve):
    assert Client(enforce_csrf_checks=True).post(path_of(stop_address(eve, MOVED.name))).status_code == 200


def old_link(person):
    with mock.patch("time.time", return_value=0):
        return path_of(stop_address(person, TITLE.name))


@pytest.mark.parametrize("how", ["old", "forged", "nobody", "other salt"])
def test_links_that_are_not_good_change_nothing(client, eve, how):
    links = {
        "old": old_link(eve),
        "forged": path_of(stop_address(eve, TITLE.name))[:-5] + "AAAA/",
        "nobody": "/notices/stop/" + signing.dumps([10**6, TITLE.name], salt=SALT) + "/",
        "other salt": "/notices/stop/" + signing.dumps([eve.pk, TITLE.name], salt="else") + "/",
    }

    for ask in (client.get, client.post):
        answer = ask(links[how])
        assert (answer.status_code, "run out" in answer.text) == (404, True)
    assert not Wishes.objects.exists()


@pytest.mark.parametrize(("kind", "can_stop"), [(TITLE, True), (LINK, False)])
def test_mails_of_kinds_that_can_be_off_say_how(firm, eve, kind, can_stop):
    sweep(TITLE, DAY) if kind is TITLE else tell(firm, kind=LINK)
    with clock.at(NOON):
        send_waiting()

    headers = sent.outbox[0].extra_headers
    assert ("List-Unsubscribe" in headers) is can_stop
    assert headers.get("List-Unsubscribe-Post", "") == ("List-Unsubscribe=One-Click" if can_stop else "")
    assert headers["Message-ID"] == f"<notice.{Notice.objects.get().pk}@localhost>"


def test_a_mail_speaks_its_readers_language_and_time(firm):
    jo = EmployeeFactory(name="Jo", hired_on=DAY, language="de", time_zone="Asia/Kolkata")
    sweep(TITLE, DAY)
    with clock.at(NOON):
        send_waiting()

    mail = next(mail for mail in sent.outbox if mail.to == [jo.email])
    assert "4. März 2026" in mail.body
