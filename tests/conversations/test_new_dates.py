"""The day of a promise moves when both agree, and not before; the day that was said first stays to be read."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conversations import due
from conversations.models import Action, NewDate
from conversations.rules import new_dates, promises
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from people.rules.line import assign_manager
from tests.conversations.test_at_once import at_once
from tests.factories_conversations import MONDAY_MORNING, promise, sheet_of

FIRST, LATER = date(2026, 3, 9), date(2026, 3, 20)
KEY = "5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11"


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


@pytest.fixture
def made(firm):
    return promise(sheet_of(firm.mia, firm.eve), due_on=FIRST)


def ask(made, by, on=LATER, words="Facilities needs a week more."):
    return new_dates.ask(made, on, words, by=by)


def day_of(made):
    return Action.objects.get(pk=made.pk).due_on


@pytest.mark.parametrize(("asker", "other"), [("mia", "eve"), ("eve", "mia")])
def test_a_day_asked_for_moves_nothing_until_the_other_agrees(firm, made, asker, other):
    asker, other = getattr(firm, asker), getattr(firm, other)
    asked = ask(made, asker)
    assert day_of(made) == FIRST
    assert [(row.recipient_id, row.pk) for row in due.NEW_DATE_ASKED.due(clock.today())] == [(other.pk, asked.pk)]
    with pytest.raises(PermissionDenied):
        new_dates.answer(asked, "agree", by=asker)

    new_dates.answer(asked, "agree", by=other)

    assert day_of(made) == LATER
    assert (asked.state, asked.from_on) == ("agreed", FIRST)
    assert not due.NEW_DATE_ASKED.due(clock.today()).exists()
    assert list(Entry.objects.of(made).values_list("verb", "actor__name")[:2]) == [
        ("promise.agreed_date", other.name),
        ("promise.ask_date", asker.name),
    ]
    told = Notice.objects.get(kind="conversations.new_date_answered")
    assert told.recipient == asker
    assert "Facilities" not in str(list(Entry.objects.values("data"))) + str(told.context)


def test_what_is_not_agreed_leaves_the_day_and_another_can_be_asked_for(firm, made):
    new_dates.answer(ask(made, firm.mia), "decline", by=firm.eve)
    assert day_of(made) == FIRST
    new_dates.answer(ask(made, firm.mia), "take-back", by=firm.mia)
    assert day_of(made) == FIRST

    new_dates.answer(ask(made, firm.mia, on=date(2026, 3, 12)), "agree", by=firm.eve)

    assert day_of(made) == date(2026, 3, 12)
    assert list(made.new_dates.values_list("state", flat=True)) == ["declined", "gone", "agreed"]


@pytest.mark.parametrize("name", list(new_dates.MOVES))
@pytest.mark.parametrize("who", ["mia", "eve", "ada", "sam", "hedda"])
@pytest.mark.parametrize("state", NewDate.State.values)
def test_moves_offered_are_the_moves_accepted(firm, made, name, who, state):
    asked = ask(made, firm.mia)
    moment = None if state == "asked" else clock.now()
    NewDate.objects.filter(pk=asked.pk).update(state=state, answered_at=moment)
    asked.refresh_from_db()
    reader = getattr(firm, who)
    offered = who in ("mia", "eve") and name in new_dates.moves_open_to(reader, asked)

    if offered:
        new_dates.answer(asked, name, by=reader)
    else:
        with pytest.raises((PermissionDenied, ValidationError)):
            new_dates.answer(asked, name, by=reader)

    asked.refresh_from_db()
    assert asked.state == (new_dates.MOVES[name].target if offered else state)
    assert (day_of(made) == LATER) == (offered and name == "agree")


@pytest.mark.parametrize(
    ("on", "words", "field"),
    [
        (LATER, "  ", "words"),
        (LATER, "x" * 1_001, "words"),
        (date(2026, 3, 1), "Sick.", "due_on"),
        (date(2036, 3, 1), "Sick.", "due_on"),
        (FIRST, "Sick.", "due_on"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(firm, made, on, words, field):
    with pytest.raises(ValidationError) as refused:
        ask(made, firm.mia, on, words)

    assert list(refused.value.message_dict) == [field]


def test_only_the_pair_asks_and_only_for_an_open_promise(firm, made):
    action = promise(made.sheet, "A list.", kind="action", owner=firm.eve)
    for who, what in ((firm.ada, made), (firm.hedda, made), (firm.mia, action)):
        with pytest.raises(PermissionDenied):
            ask(what, who)
    ask(made, firm.mia)
    with pytest.raises(ValidationError):
        ask(made, firm.eve)  # one at a time
    assign_manager(firm.eve, firm.sam, by=None)
    with pytest.raises(PermissionDenied):
        ask(made, firm.mia)
    with pytest.raises(PermissionDenied):
        new_dates.answer(NewDate.objects.get(), "agree", by=firm.eve)
    assert not due.NEW_DATE_ASKED.due(clock.today()).exists()


@pytest.mark.parametrize("settled", ["kept", "repaired"])
def test_a_settled_promise_asks_for_no_day_any_more(firm, made, settled):
    asked = ask(made, firm.mia)
    if settled == "kept":
        promises.done(made, by=firm.mia)
    else:
        promises.repair(made, "I own it.", "I learned.", "I mean to.", by=firm.mia)

    with pytest.raises(ValidationError):
        new_dates.answer(asked, "agree", by=firm.eve)
    asked.refresh_from_db()
    assert (asked.state, day_of(made)) == ("gone", FIRST)
    with pytest.raises(ValidationError):
        ask(made, firm.mia)


def test_on_the_pages_both_read_the_words_and_the_old_day_and_a_refused_form_keeps_them(firm, made, client):
    client.force_login(firm.mia)
    address = f"{made.get_absolute_url()}new-date/"
    refused = client.post(address, {"due_on": "2026-02-01", "words": "Facilities needs a week."})
    assert refused.status_code == 422
    assert "Facilities needs a week." in refused.content.decode()
    sent = {"due_on": str(LATER), "words": "Facilities needs a week.", "key": KEY}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert NewDate.objects.count() == 1

    client.force_login(firm.eve)
    sheet = client.get(made.sheet.get_absolute_url()).content.decode()
    assert "Mia asks for 20 March instead of 9 March" in sheet
    client.post(f"/one-on-ones/new-dates/{KEY}/agree/")
    page = client.get(made.get_absolute_url()).content.decode()
    for words in ("Mia promised it by Monday 9 March 2026.", "Facilities needs a week.", "Agreed by both", "20 March"):
        assert words in page
    for stranger in (firm.ada, firm.hedda, firm.sam):
        client.force_login(stranger)
        assert client.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_agreed_and_kept_at_once_is_one_of_both(firm):
    with clock.at(MONDAY_MORNING):
        made = promise(sheet_of(firm.mia, firm.eve), due_on=clock.today() + timedelta(days=7))
        asked = ask(made, firm.mia)

        at_once(
            lambda: new_dates.answer(NewDate.objects.get(pk=asked.pk), "agree", by=firm.eve),
            lambda: promises.done(Action.objects.get(pk=made.pk), by=firm.mia),
        )

    asked.refresh_from_db()
    made.refresh_from_db()
    assert made.state == "done"
    assert (asked.state == "agreed") == (made.due_on == LATER)


def test_a_late_promise_says_so_on_its_page_and_in_the_list(firm, made, client):
    client.force_login(firm.mia)
    with clock.at(MONDAY_MORNING + timedelta(days=10)):
        for address in (made.get_absolute_url(), made.series.get_absolute_url()):
            assert "3 days late" in client.get(address).text
        promises.done(made, by=firm.mia)
        assert "late" not in client.get(made.get_absolute_url()).text
