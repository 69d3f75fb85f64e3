"""What is told to whom by when; settled means gone; and no mail holds a word of the two."""

from datetime import date, time, timedelta

import pytest
from django.template.loader import render_to_string

from conversations import due
from conversations.rules import new_dates, promises, series
from journal import clock
from outbox.rules.sweep import sweep
from people.rules.line import assign_manager
from tests.factories_conversations import MONDAY_MORNING, promise, series_of, sheet_of, topic

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


def told(kind, day):
    return [(row.recipient_id, row.occasion) for row in kind.due(day)]


def test_tomorrow_is_told_to_both_once_per_date(firm):
    one = sheet_of(firm.mia, firm.eve)
    assert told(due.TOMORROW, MONDAY - timedelta(days=1)) == []
    assert told(due.TOMORROW, MONDAY) == [(firm.eve.pk, "2026-03-03")]
    assert told(due.TOMORROW_MANAGER, MONDAY) == [(firm.mia.pk, "2026-03-03")]
    assert [sweep(due.TOMORROW, MONDAY) for _ in range(2)] == [1, 0]
    series.move(one, date(2026, 3, 5), time(9), by=firm.mia)
    assert told(due.TOMORROW, MONDAY) == []
    assert told(due.TOMORROW, date(2026, 3, 4)) == [(firm.eve.pk, "2026-03-05")]


def test_an_empty_sheet_is_told_until_a_line_stands_on_it(firm):
    one = sheet_of(firm.mia, firm.eve)
    assert told(due.SHEET_EMPTY, MONDAY) == [(firm.eve.pk, "2026-03-03")]
    topic(one, firm.mia)
    assert told(due.SHEET_EMPTY, MONDAY) == [(firm.eve.pk, "2026-03-03")]
    topic(one, firm.eve)
    assert told(due.SHEET_EMPTY, MONDAY) == []


def test_what_has_passed_is_to_be_said_by_the_manager(firm):
    one = sheet_of(firm.mia, firm.eve)
    assert told(due.TO_SAY, TUESDAY) == []
    assert told(due.TO_SAY, date(2026, 3, 4)) == [(firm.mia.pk, "2026-03-03")]
    with clock.at(one.ends_at + timedelta(days=1)):
        series.say(one, "hold", by=firm.eve)
    assert told(due.TO_SAY, date(2026, 3, 4)) == []


def test_a_promise_is_due_on_its_day_until_it_is_kept_and_not_for_a_former_pair(firm):
    made = promise(sheet_of(firm.mia, firm.eve), due_on=TUESDAY)
    assert told(due.PROMISE_DUE, MONDAY) == []
    assert told(due.PROMISE_DUE, TUESDAY) == [(firm.mia.pk, "2026-03-03")]
    assign_manager(firm.eve, firm.sam, by=None)
    assert told(due.PROMISE_DUE, TUESDAY) == []
    assign_manager(firm.eve, firm.mia, by=None)
    promises.done(made, by=firm.mia)
    assert told(due.PROMISE_DUE, TUESDAY) == []


@pytest.mark.parametrize("suffix", ["subject.txt", "txt", "line.html"])
def test_no_mail_holds_a_word_of_the_two(firm, suffix):
    one = sheet_of(firm.mia, firm.eve)
    made = promise(one, "Quittenmarmelade", due_on=TUESDAY)
    asked = topic(one, firm.eve, "Quittenmarmelade", kind="suggestion")
    known = {"thing": one, "sheet": one, "series": one.series, "by": firm.mia, "promise": made, "topic": asked}
    moved = new_dates.ask(made, date(2026, 3, 9), "Quittenmarmelade", by=firm.mia)
    known |= {"asked": moved, "recipient": firm.eve, "site": "https://example.org", "feedback": {"giver": firm.mia}}
    for kind in due.KINDS:
        if kind is due.FEEDBACK_GIVEN:
            continue
        things = {due.PROMISE_DUE: made, due.NEW_DATE_ASKED: moved}
        context = known | {"thing": things.get(kind, one)}
        engine = "text" if suffix.endswith("txt") else None
        text = render_to_string(f"{kind.template}.{suffix}", context, using=engine)
        assert text.strip()
        assert "Quitten" not in text


@pytest.mark.parametrize("kind", [kind for kind in due.KINDS if kind.due], ids=lambda kind: kind.name)
def test_few_and_many_cost_one_query(firm, kind, django_assert_num_queries):
    series_of(firm.mia, firm.eve)
    series_of(firm.ada, firm.mia)
    with django_assert_num_queries(1):
        list(kind.due(MONDAY))
