from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from goals import due
from goals.models import Introduction, Tie
from goals.rules import contacts, introductions
from goals.rules.notebook import Met
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from outbox.rules.sweep import sweep
from tests.goals.reported import agreed, log, university

pytestmark = pytest.mark.django_db


@pytest.fixture
def uni():
    """Eve has met Olga of the registrar's office; Ada looks for somebody there."""
    found = university()
    log(agreed(found.eve), Met(employee=found.olga, notes="Plays the organ"))
    return found


def address(uni, who="eve"):
    return f"/goals/who-knows/ask/{getattr(uni, who).pk}/{uni.office.pk}/"


def ask(uni, words="Who signs visa letters?", key=None):
    return introductions.ask(uni.eve, uni.office, "", words, by=uni.pia, key=key or uuid4())


def refusal(deed, *args, **fields):
    with pytest.raises(ValidationError) as refused:
        deed(*args, **fields)
    return refused.value.code


def test_the_finder_leads_to_a_question_and_names_no_address(client, uni):
    client.force_login(uni.pia)

    page = client.get(f"/goals/who-knows/?department={uni.office.pk}").content.decode()

    assert f'href="{address(uni)}"' in page
    assert "mailto:" not in page
    for private in ("Olga", "organ", uni.eve.email, uni.olga.email):
        assert private not in page.partition('id="res"')[2].partition("</section>")[0]


def test_asked_answered_and_told_without_naming_who_was_met(client, uni, mailoutbox):
    client.force_login(uni.pia)
    made = client.post(address(uni), {"uuid": uuid4(), "words": "Who signs visa letters?"})
    asked = Introduction.objects.get()
    sweep(due.INTRODUCTION_ASKED, clock.today())
    theirs = client.get(made.url).content.decode()

    client.force_login(uni.eve)
    shown = client.get("/today/").content.decode() + client.get("/notices/").content.decode()
    read = client.get(made.url).content.decode()
    client.post(f"{made.url}answer/", {"gives": "yes", "reply": "I will ask her whether she minds."})

    asked.refresh_from_db()
    assert asked.get_absolute_url() in shown
    assert "Who signs visa letters?" in read
    assert (asked.answer, asked.reply) == ("given", "I will ask her whether she minds.")
    assert list(Notice.objects.order_by("pk").values_list("kind", "recipient"))[-2:] == [
        ("goals.introduction_asked", uni.eve.pk),
        ("goals.introduction_answered", uni.pia.pk),
    ]
    assert [entry.verb for entry in Entry.objects.of(asked)] == ["introduction.answer", "introduction.ask"]
    client.force_login(uni.pia)
    for page in (theirs, shown, client.get(made.url).content.decode(), client.get("/notices/").content.decode()):
        assert "Olga" not in page
        assert "organ" not in page
    assert "I will ask her whether she minds." in client.get(made.url).content.decode()


def test_what_is_answered_waits_nowhere_and_is_not_answered_again(uni):
    asked = ask(uni)
    introductions.answer(asked, False, "", by=uni.eve)

    assert not due.introduction_asked(clock.today()).exists()
    assert asked.answer == "declined"
    assert refusal(introductions.answer, asked, True, "Yes.", by=uni.eve) == "moved_on"
    assert asked.reply == ""


def test_only_the_two_read_it_and_only_the_colleague_answers(client, uni):
    asked = ask(uni)
    for who in ("mia", "ada", "olga", "hedda"):
        client.force_login(getattr(uni, who))
        assert client.get(asked.get_absolute_url()).status_code == 404

    with pytest.raises(PermissionDenied):
        introductions.answer(asked, True, "I answer myself.", by=uni.pia)
    client.force_login(uni.eve)
    answer = client.post(f"{asked.get_absolute_url()}answer/", {"gives": "yes", "reply": " "})
    assert answer.status_code == 422


def test_whom_the_finder_does_not_name_nobody_can_ask(client, uni):
    key = uuid4()
    contacts.choose(uni.eve, False, by=uni.eve)
    client.force_login(uni.pia)

    assert client.get(address(uni)).status_code == 404
    assert client.post(address(uni), {"uuid": key, "words": "Who?"}).status_code == 409
    assert client.get(address(uni, "olga")).status_code == 404
    client.force_login(uni.eve)
    contacts.choose(uni.eve, True, by=uni.eve)
    assert client.get(address(uni)).status_code == 404  # oneself
    assert not Introduction.objects.exists()


def test_a_second_question_waits_for_the_first_and_words_are_needed(uni):
    asked = ask(uni)

    assert ask(uni, key=asked.uuid) == asked
    assert refusal(ask, uni) == "asked_already"
    assert refusal(ask, uni, " ") == "no_words"
    introductions.answer(asked, False, "", by=uni.eve)
    assert ask(uni).pk != asked.pk


def test_words_are_sealed_in_the_database(uni):
    ask(uni)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM goals_introduction")
        assert "visa" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_eight_identical_questions_at_once_are_one():
    found = university()
    log(agreed(found.eve), Met(employee=found.olga))
    key = uuid4()
    assert Tie.objects.exists()

    def once(_):
        try:
            return ask(found, key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(once, range(8)))

    assert len(made) == Introduction.objects.count() == 1
    assert [entry.verb for entry in Entry.objects.of(Introduction.objects.get())] == ["introduction.ask"]
