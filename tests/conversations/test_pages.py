"""What the pages do with what is sent: kept, refused in words, and never somebody else's."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations.models import Action, PrivateNote, SharedNote, Topic
from conversations.rules import series
from journal import clock
from journal.models import Entry
from tests.factories_conversations import MONDAY_MORNING, promise, series_of, sheet_of, topic, when

HOSTILE = ["\x00", "x" * 30_000, "<b>&\"'", "\u202e", "‮" * 9, "👩‍👩‍👧", "9" * 400]


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


@pytest.fixture
def one(firm):
    return sheet_of(firm.mia, firm.eve)


def test_the_managers_topics_are_not_in_the_directs_page_before_their_part(firm, one, client):
    topic(one, firm.mia, "Say thank you for the orders.")
    client.force_login(firm.eve)
    assert b"thank you" not in client.get(one.get_absolute_url()).content
    assert b"thank you" not in client.get(one.get_absolute_url() + "paper/").content

    series.begin_part(one, by=firm.mia)

    assert b"thank you" in client.get(one.get_absolute_url()).content


def test_three_prompts_make_three_lines_once(firm, one, client):
    client.force_login(firm.eve)
    key = "5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11"
    sent = {"key": key, "idea": "A list at the door.", "concern": "The audit.", "aspiration": "Payroll.", "topic": " "}
    for _ in range(2):
        assert client.post(f"{one.get_absolute_url()}write/direct/", sent).status_code == 302

    assert sorted(Topic.objects.values_list("kind", flat=True)) == ["aspiration", "concern", "idea"]


def test_an_empty_line_is_refused_beside_its_box_and_what_was_typed_stays(firm, one, client):
    client.force_login(firm.eve)
    page = client.post(f"{one.get_absolute_url()}write/direct/", {"idea": "x" * 2_001, "concern": "The audit."})

    assert page.status_code == 422
    assert b"The audit." in page.content
    assert not Topic.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_typed_breaks_a_page(firm, one, client, text):
    made, action = promise(one), promise(one, "A list.", kind="action", owner=firm.eve)
    client.force_login(firm.mia)
    base = one.get_absolute_url()
    sent = dict.fromkeys(
        [
            "key",
            "words",
            "topic",
            "text",
            "base",
            "owner",
            "due_on",
            "is_promise",
            "reply",
            "on",
            "at",
            "version",
            "direct",
            "weekday",
            "minutes",
            "rhythm",
            "place",
            "first_on",
            "last_on",
            "owned",
            "learned",
            "amends",
            "situation",
            "choice",
            "result",
            "behaviour",
            "effect",
            "next_time",
            "answer",
        ],
        text,
    )
    addresses = [
        "/one-on-ones/new/",
        f"{one.series.get_absolute_url()}edit/",
        f"{one.series.get_absolute_url()}coaching/new/",
        f"{one.series.get_absolute_url()}feedback/new/",
        f"{base}move/",
        f"{base}write/manager/",
        f"{base}write/ahead/",
        f"{base}shared-note/",
        f"{base}private-note/",
        f"{base}actions/new/",
        f"{base}actions/new/?topic=%00",
        f"{base}lines/comment/5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11/answer/",
        f"{base}lines/report/5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11/confirm/",
        action.get_absolute_url(),
        f"{made.get_absolute_url()}repair/",
        "/one-on-ones/aspirations/",
        "/one-on-ones/reflection/2026/10/",
        "/one-on-ones/rhythm/?year=9999999999999999999",
    ]
    for address in addresses:
        page = client.post(address, sent)
        assert page.status_code in (302, 405, 422), address
        assert client.get(base).status_code == 200
        assert client.get(one.series.get_absolute_url()).status_code == 200
    assert client.get("/one-on-ones/rhythm/?year=" + "9" * 5000).status_code in (200, 414)


def test_two_at_once_in_the_shared_notes_keep_both_texts(firm, one, client):
    address = f"{one.get_absolute_url()}shared-note/"
    SharedNote.objects.create(sheet=one, text="Lunch: two people are fine.")
    base = "Lunch: two people are fine."
    client.force_login(firm.eve)
    client.post(address, {"base": base, "text": base + " Eve writes it down."})
    client.force_login(firm.mia)
    saved = client.post(address, {"base": base, "text": "Suppliers: yes.\r\n" + base}, headers={"X-Autosave": "yes"})

    both = "Suppliers: yes.\nLunch: two people are fine. Eve writes it down."
    assert saved.json()["fields"] == {"text": both, "base": both}
    assert SharedNote.objects.get().text == both


def test_the_later_saver_is_told_that_both_texts_stand_there(firm, one, client):
    address = f"{one.get_absolute_url()}shared-note/"
    client.force_login(firm.eve)
    client.post(address, {"base": "", "text": "Eve's."})
    client.force_login(firm.mia)
    page = client.post(address, {"base": "", "text": "Mia's."}, follow=True)

    assert "hold both texts" in page.content.decode()
    assert SharedNote.objects.get().text.split() == ["Eve's.", "Mia's."]


def test_a_private_note_is_its_authors_and_whoever_tries_the_address_is_noted(firm, one, client):
    client.force_login(firm.mia)
    client.post(f"{one.get_absolute_url()}private-note/", {"base": "", "text": "Ask about the audit first."})
    note = PrivateNote.objects.get()
    assert b"audit first" in client.get(note.get_absolute_url()).content
    assert b"audit first" in client.get("/one-on-ones/private-notes/").content
    assert b"audit first" not in client.get(f"{one.get_absolute_url()}paper/").content

    for stranger in (firm.eve, firm.ada, firm.hedda, firm.sam):
        client.force_login(stranger)
        assert client.get(note.get_absolute_url()).status_code == 404
        assert b"audit first" not in client.get(one.get_absolute_url()).content
        assert b"audit first" not in client.get("/one-on-ones/private-notes/").content
    tried = Entry.objects.filter(verb="sight.refused", subject=f"conversations.privatenote:{note.pk}")
    assert set(tried.values_list("actor__name", flat=True)) == {"Eve", "Ada", "Hedda", "Sam"}
    assert "audit" not in str(list(Entry.objects.values_list("data", "verb")))


def test_a_promise_that_cannot_be_kept_needs_all_three_boxes_and_asks_for_no_remedy(firm, one, client):
    made = promise(one)
    client.force_login(firm.mia)
    address = f"{made.get_absolute_url()}repair/"
    page = client.get(address).content.decode()
    assert re.findall(r'<textarea name="(\w+)"', page) == ["owned", "learned", "amends"]

    refused = client.post(address, {"owned": "I said so.", "learned": " ", "amends": ""})
    assert refused.status_code == 422
    assert "Say what you do differently" in refused.content.decode()
    assert "I said so." in refused.content.decode()
    made.refresh_from_db()
    assert made.is_open

    sent = {
        "owned": "I said so.",
        "learned": "I ask first.",
        "amends": "Monday.",
        "key": "5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11",
    }
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert made.state == "broken"

    client.force_login(firm.eve)
    assert "I ask first." in client.get(made.get_absolute_url()).content.decode()
    client.post(f"/one-on-ones/repairs/{made.repair.uuid}/answer/", {"answer": "Thank you."})
    made.repair.refresh_from_db()
    assert made.repair.answer == "Thank you."


def test_a_suggestion_is_answered_yes_by_a_date_which_becomes_a_promise(firm, one, client):
    asked = topic(one, firm.eve, "A shared calendar.", kind="suggestion")
    client.force_login(firm.mia)
    assert client.post(asked.get_absolute_url(), {"reply": "yes"}).status_code == 422
    assert client.post(asked.get_absolute_url(), {"reply": "no"}).status_code == 422
    assert client.post(asked.get_absolute_url(), {"reply": "later"}).status_code == 302
    asked.refresh_from_db()
    assert asked.is_open  # "later" stays on the sheet

    on = clock.today() + timedelta(days=9)
    assert client.post(asked.get_absolute_url(), {"reply": "yes", "on": on}).status_code == 302
    asked.refresh_from_db()
    assert (asked.reply, asked.is_open) == ("yes", False)
    made = Action.objects.get()
    assert (made.kind, made.owner, made.due_on, made.words) == ("promise", firm.mia, on, "A shared calendar.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"minutes": "0"}, "Between 10 and 120 minutes."),
        ({"minutes": "600"}, "Between 10 and 120 minutes."),
        ({"first_on": "2020-01-01"}, "That day has passed."),
        ({"first_on": "2026-02-30"}, "Enter a valid date."),
        ({"last_on": "2217-11-01"}, "That would make 10001 one-on-ones."),
        ({"direct": "mia"}, "Choose one of your own directs"),
        ({"direct": "sam"}, "Choose one of your own directs"),
        ({"rhythm": "daily"}, "Choose one of the rhythms."),
    ],
)
def test_a_series_that_cannot_be_is_refused_in_words(firm, client, fields, sentence):
    client.force_login(firm.mia)
    usual = {"direct": "eve", "weekday": "1", "at": "10:00", "minutes": "30", "rhythm": "1", "first_on": "2026-03-02"}
    sent = usual | fields
    sent["direct"] = getattr(firm, sent["direct"]).pk
    page = client.post("/one-on-ones/new/", sent)

    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_a_helping_step_that_is_late_stands_on_the_next_sheet(firm, one, client):
    client.force_login(firm.eve)
    client.post("/one-on-ones/aspirations/", {"words": "The payroll certificate."})
    hope = firm.eve.aspirations.get()
    client.force_login(firm.mia)
    assert client.get(hope.get_absolute_url()).status_code == 404
    client.force_login(firm.eve)
    client.post(f"{hope.get_absolute_url()}share/")
    client.force_login(firm.mia)
    client.post(hope.get_absolute_url(), {"words": "Ask Finance for a shadowing day.", "due_on": "2026-03-04"})
    with when(one, 20):
        series.say(one, "hold", by=firm.mia)
    with clock.at(MONDAY_MORNING + timedelta(days=6)):
        page = client.get(one.series.one_on_ones.get(number=2).get_absolute_url()).content.decode()

    assert "Ask Finance for a shadowing day." in page
    assert "4 days late" in page


def test_coaching_stands_in_the_appraisal_only_if_both_choose(firm, one, client):
    client.force_login(firm.mia)
    client.post(f"{one.series.get_absolute_url()}coaching/new/", {"situation": "A stuck order.", "choice": "A call."})
    note = one.series.coaching_notes.get()
    span = (clock.today() - timedelta(days=1), clock.today() + timedelta(days=1))
    rows = type(note).objects
    for who, both in ((firm.mia, False), (firm.eve, True)):
        client.force_login(who)
        client.post(f"{note.get_absolute_url()}choose/", {"wants": "yes"})
        assert rows.for_appraisal(firm.eve, *span).exists() == both
    client.post(f"{note.get_absolute_url()}choose/", {"wants": "no"})
    assert not rows.for_appraisal(firm.eve, *span).exists()


def test_feedback_goes_to_the_other_and_is_answered_once(firm, one, client):
    client.force_login(firm.eve)
    client.post(f"{one.series.get_absolute_url()}feedback/new/", {"behaviour": "rang first", "effect": "an hour saved"})
    given = one.series.feedback.get()
    assert (given.giver, given.receiver) == (firm.eve, firm.mia)
    client.force_login(firm.mia)
    assert "rang first" in client.get(one.get_absolute_url()).content.decode()
    assert client.post(given.get_absolute_url(), {"answer": ""}).status_code == 422
    assert client.post(given.get_absolute_url(), {"answer": "Thank you."}).status_code == 302
    assert client.post(given.get_absolute_url(), {"answer": "Again."}).status_code == 403


def test_few_and_many_lines_cost_the_same_queries(firm, one, client, django_assert_max_num_queries):
    client.force_login(firm.mia)
    for number in range(30):
        topic(one, firm.eve, f"Line {number}")
        promise(one, f"Promise {number}")
    with django_assert_max_num_queries(20):
        page = client.get(one.get_absolute_url())
    assert page.content.count(b"<li>") > 60
    series_of(firm.ada, firm.mia)
    with django_assert_max_num_queries(12):
        client.get("/one-on-ones/")


def test_an_action_gets_another_date_and_a_promise_does_not(firm, one, client):
    action, made = promise(one, "A list.", kind="action", owner=firm.eve), promise(one)
    client.force_login(firm.mia)
    sent = {"due_on": "2026-04-01", "version": "0"}

    assert client.post(action.get_absolute_url(), sent).status_code == 302
    assert client.post(action.get_absolute_url(), sent | {"due_on": "2026-04-02"}).status_code == 409  # an old page
    assert client.post(action.get_absolute_url(), {"due_on": "2026-02-01", "version": "1"}).status_code == 422
    assert client.post(made.get_absolute_url(), sent).status_code == 403
    action.refresh_from_db()
    assert str(action.due_on) == "2026-04-01"


def test_the_directs_open_page_gets_the_managers_part_once_it_began_and_nothing_before(firm, one, client):
    topic(one, firm.mia, "Say thank you for the orders.")
    client.force_login(firm.eve)
    page, news = client.get(one.get_absolute_url()).content.decode(), f"{one.get_absolute_url()}news/"
    assert page.count(f'hx-get="{news}" hx-trigger="every 60s"') == 1
    assert client.get(news).status_code == 204
    with when(one, -30):
        assert 'hx-trigger="every 10s"' in client.get(one.get_absolute_url()).content.decode()

    series.begin_part(one, by=firm.mia)

    part = client.get(news).content.decode()
    assert "Say thank you" in part
    assert "Mia has begun this part." in part
    assert ("hx-trigger" in part, "<html" in part, "<textarea" in part) == (False, False, False)
    client.logout()
    signed_out = client.get(news, headers={"HX-Request": "true", "X-Autosave": "yes"})
    assert (signed_out.status_code, "HX-Redirect" in signed_out.headers) == (401, False)


def test_only_the_directs_page_looks_and_one_look_asks_one_thing_of_the_sheet(firm, one, client):
    client.force_login(firm.mia)
    assert "/news/" not in client.get(one.get_absolute_url()).content.decode()
    client.force_login(firm.eve)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{one.get_absolute_url()}news/")
    assert len([each for each in asked if "conversations_" in each["sql"]]) == 1
