"""Held, moved, missed: a manager's own, and HR's counts without small cells."""

from datetime import date, time, timedelta

import pytest

from conversations.models import OneOnOne
from conversations.rules import rhythms, series
from journal import clock
from tests.factories import EmployeeFactory
from tests.factories_conversations import MONDAY_MORNING, series_of, when
from tests.factories_jobs import department


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


def held(made, number, name="hold"):
    one = made.one_on_ones.get(number=number)
    with when(one, one.minutes + 1):
        series.say(one, name, by=made.manager)
    return one


def test_own_report_counts_and_moved_is_not_missed(firm):
    made = series_of(firm.mia, firm.eve, minutes=45)
    series.move(made.one_on_ones.get(number=1), date(2026, 3, 4), time(10), by=firm.mia)
    for number, name in ((1, "hold"), (2, "hold"), (3, "miss")):
        held(made, number, name)

    total, rows = rhythms.own_report(firm.mia, 2026)

    assert (total.held, total.moved, total.missed, total.hours) == (2, 1, 1, "1.5")
    assert [(row.direct.name, row.counts.held) for row in rows] == [("Eve", 2)]
    assert rhythms.own_report(firm.ada, 2026)[1] == []


def test_two_missed_in_a_row_are_told_to_the_manager_alone(firm, client):
    made = series_of(firm.mia, firm.eve)
    held(made, 1, "miss")
    assert rhythms.missed_twice(firm.mia) == []
    held(made, 2, "miss")
    assert rhythms.missed_twice(firm.mia) == [made]
    with when(made.one_on_ones.get(number=3)):
        for reader, told in ((firm.mia, True), (firm.eve, False)):
            client.force_login(reader)
            page = client.get(made.one_on_ones.get(number=3).get_absolute_url()).content.decode()
            assert ("Two in a row" in page) == told
    held(made, 3)
    assert rhythms.missed_twice(firm.mia) == []


def pairs(code, number, firm):
    place = department(code)
    for _ in range(number):
        direct = EmployeeFactory(manager=firm.mia, department=place)
        held(series_of(firm.mia, direct), 1)


def test_hr_sees_no_cell_of_fewer_than_four_pairs_nor_one_that_gives_it_away(firm, client):
    for code, number in (("Physics", 3), ("Library", 4), ("Finance", 6)):
        pairs(code, number, firm)

    total, cells = rhythms.per_department(firm.hedda, date(2026, 1, 1), date(2027, 1, 1))

    shown = {cell.name: cell.counts and cell.counts.held for cell in cells}
    assert shown == {"Physics": None, "Library": None, "Finance": 6}
    assert total.held == 13
    client.force_login(firm.hedda)
    page = client.get("/one-on-ones/rhythm/departments/?year=2026").content.decode()
    assert "Person " not in page.split("</header>", 2)[-1]


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 4, "b": 5}, set()),
        ({"a": 3, "b": 5, "c": 9}, {"a", "b"}),
        ({"a": 3, "b": 2, "c": 9}, {"a", "b"}),
        ({"a": 1}, {"a"}),
        ({}, set()),
    ],
)
def test_withheld_cells(sizes, hidden):
    assert rhythms.withheld_of(sizes) == hidden


def test_a_partner_counts_their_part_and_few_pairs_give_no_sum(firm):
    partner = EmployeeFactory(hr_role="partner")
    place = department("Physics", partner=partner)
    held(series_of(firm.mia, EmployeeFactory(manager=firm.mia, department=place)), 1)
    pairs("Library", 5, firm)

    total, cells = rhythms.per_department(partner, date(2026, 1, 1), date(2027, 1, 1))

    assert (total, [(cell.name, cell.counts) for cell in cells]) == (None, [("Physics", None)])
    assert rhythms.per_department(firm.eve, date(2026, 1, 1), date(2027, 1, 1)) == (None, [])
    assert OneOnOne.objects.filter(starts_at__lt=clock.now() + timedelta(days=7)).count() == 6
