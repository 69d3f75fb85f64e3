"""Who opened confidential words stands in the journal: once a reader, thing and day, never with the words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conversations.models import OneOnOne, PrivateNote
from conversations.rules import coaching, notes
from journal import clock
from journal.models import Entry
from journal.rules import reads
from relgoals import history
from tests.factories_conversations import MONDAY_MORNING, promise, series_of, sheet_of, topic

LATER_THAT_DAY, THE_NEXT_DAY = timedelta(hours=5), timedelta(days=1)


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


@pytest.fixture
def one(firm):
    one = sheet_of(firm.mia, firm.eve)
    notes.share(one, "", "Quittenmarmelade for both.", by=firm.eve)
    notes.keep(one, "", "Quittenmarmelade for me.", by=firm.mia)
    return one


def read():
    """(who, what, which) of every entry about reading, the oldest first."""
    found = Entry.objects.filter(verb=reads.READ).select_related("actor").order_by("pk")
    return [(entry.actor.name, *entry.subject.split(":")) for entry in found]


def test_opening_a_sheet_is_an_entry_a_reader_and_day_and_the_private_note_is_its_authors(firm, one, client):
    sheet, own = ("conversations.oneonone", str(one.pk)), ("conversations.privatenote", str(one.private_notes.get().pk))
    for who in (firm.mia, firm.eve):
        client.force_login(who)
        for later in (timedelta(), LATER_THAT_DAY):
            with clock.at(MONDAY_MORNING + later):
                client.get(one.get_absolute_url())
                client.get(f"{one.get_absolute_url()}paper/")
    assert sorted(read()) == [("Eve", *sheet), ("Mia", *sheet), ("Mia", *own)]

    with clock.at(MONDAY_MORNING + THE_NEXT_DAY):
        client.get(one.get_absolute_url())
    assert read()[-1] == ("Eve", *sheet)
    assert len(read()) == 4
    assert "Quitten" not in str(list(Entry.objects.values_list("verb", "subject", "data", "origin")))


def test_every_page_with_words_of_a_pair_says_what_was_read(firm, one, client):
    made, line = promise(one), topic(one, firm.mia)
    note = coaching.note(one.series, {"situation": "An order.", "choice": "A call.", "result": ""}, by=firm.mia)
    given = coaching.give(one.series, {"behaviour": "rang", "effect": "an hour", "next_time": ""}, by=firm.eve)
    hope = coaching.share(coaching.aspire("Payroll.", by=firm.eve), by=firm.eve)
    answer = notes.reflect(2026, 10, "", "I listened.", by=firm.mia)
    private = one.private_notes.get()
    client.force_login(firm.mia)
    for row in (made, line, note, given, hope, answer, private, one.series):
        before = len(read())
        assert client.get(row.get_absolute_url()).status_code == 200
        assert read()[before:] == [("Mia", row._meta.label_lower, str(row.pk))]
    for address in ("/one-on-ones/private-notes/", "/one-on-ones/aspirations/"):
        client.get(address)
    assert len(read()) == 8  # all of them were opened on this day already


def test_who_is_refused_has_read_nothing(firm, one, client):
    for stranger in (firm.ada, firm.sam, firm.hedda):
        client.force_login(stranger)
        assert client.get(one.get_absolute_url()).status_code == 404
        assert client.get(one.private_notes.get().get_absolute_url()).status_code == 404

    assert read() == []


def test_no_search_of_hr_shows_that_somebody_read(firm, one, client):
    client.force_login(firm.mia)
    client.get(one.get_absolute_url())
    assert read()

    found = history.found(firm.hedda)

    assert found.exists()
    assert not found.filter(verb=reads.READ).exists()


def test_it_costs_one_look_and_on_the_first_of_a_day_one_insert(firm, one, client):
    client.force_login(firm.mia)

    first, again = (asked(client, one.get_absolute_url()) for _ in range(2))

    assert [sql.split()[0] for sql in first] == ["SELECT", "INSERT"]
    assert [sql.split()[0] for sql in again] == ["SELECT"]


def test_few_and_many_private_notes_cost_the_same(firm, one, client):
    client.force_login(firm.mia)
    few = len(asked(client, "/one-on-ones/private-notes/"))
    for sheet in series_of(firm.ada, firm.mia).one_on_ones.all():
        notes.keep(sheet, "", "About the budget.", by=firm.mia)

    assert len(asked(client, "/one-on-ones/private-notes/")) == few == 2


def test_very_many_private_notes_come_in_pages_and_only_what_is_shown_is_read(firm, one, client):
    facts = {"on": one.on, "planned_on": one.on, "starts_at": one.starts_at, "minutes": 30, "series": one.series}
    sheets = OneOnOne.objects.bulk_create(OneOnOne(number=100 + n, **facts) for n in range(60))
    PrivateNote.objects.bulk_create(PrivateNote(sheet=sheet, author=firm.mia, text="About it.") for sheet in sheets)
    client.force_login(firm.mia)

    first = client.get("/one-on-ones/private-notes/")
    assert (first.text.count("About it."), len(read())) == (50, 50)
    client.get(f"/one-on-ones/private-notes/?after={first.context['page'].after}")

    assert len(read()) == 61


def asked(client, address):
    """The statements about the journal that a page costs."""
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return [each["sql"] for each in found.captured_queries if "journal_entry" in each["sql"]]
