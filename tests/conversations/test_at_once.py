"""Two people, or one person twice, at the same moment: one row, and nobody's words are lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from conversations.models import Action, Series, SharedNote, Topic
from conversations.rules import coaching, notes, promises, series, sheet
from journal.models import Entry
from tests.factories_conversations import promise, sheet_of, times, topic

KEY = "5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11"
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """What each gave back or raised."""

    def work(deed):
        try:
            return deed()
        except ValidationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(work, deeds))


def test_eight_identical_forms_make_one_line(firm):
    one = sheet_of(firm.mia, firm.eve)

    made = at_once(*[lambda: sheet.write(one, "direct", "topic", "The audit.", by=firm.eve, uuid=KEY)] * 8)

    assert set(made) == {Topic.objects.get()}
    assert Entry.objects.filter(verb="topic.write").count() == 1


def test_two_series_of_one_pair_at_once_become_one(firm):
    made = at_once(*[lambda: series.start(firm.mia, firm.eve, times(), by=firm.mia)] * 4)

    assert [type(each).__name__ for each in made].count("Series") == 1
    assert Series.objects.count() == 1


def test_six_who_save_the_shared_notes_at_once_lose_nothing(firm):
    one = sheet_of(firm.mia, firm.eve)
    words = [f"word{number}" for number in range(6)]

    at_once(*[lambda word=word: notes.share(one, "", word, by=firm.eve) for word in words])

    assert sorted(SharedNote.objects.get().text.split()) == words


def test_a_promise_is_kept_or_repaired_never_both(firm):
    made = promise(sheet_of(firm.mia, firm.eve))
    boxes = ("I own it.", "I learned.", "I mean to.")

    at_once(lambda: promises.done(made, by=firm.mia), lambda: promises.repair(made, *boxes, by=firm.mia))

    made.refresh_from_db()
    assert (made.state == "broken") == hasattr(made, "repair")
    assert Entry.objects.of(made).count() == 2  # agreed, and one of the two


def test_a_key_of_somebody_elses_line_is_refused_in_words(firm):
    one, other = sheet_of(firm.mia, firm.eve), sheet_of(firm.ada, firm.mia)
    theirs = topic(other, firm.ada)
    with pytest.raises(ValidationError, match="used for something else"):
        sheet.write(one, "direct", "topic", "The audit.", by=firm.eve, uuid=theirs.uuid)
    kept = coaching.aspire("Payroll.", by=firm.eve)
    with pytest.raises(ValidationError):
        coaching.aspire("Mine.", by=firm.mia, uuid=kept.uuid)
    assert not Action.objects.exists()
