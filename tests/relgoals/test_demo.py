from collections import Counter
from datetime import date

import pytest

from people.models import Employee
from relgoals import demo
from relgoals.demo.organisation import SIGN_INS, UNITS

TODAY = date(2026, 11, 24)


def picture():
    return list(
        Employee.objects.order_by("name").values_list("name", "email", "job_title", "department__code", "manager__name")
    )


def test_the_demo_is_a_university_of_some_300_with_everybody_of_the_tour(db, northgate):
    sizes = Counter(Employee.objects.values_list("department__code", flat=True))
    assert 295 <= len(northgate.people) <= 310
    assert sizes == {unit.code: unit.people + (unit.code == "LIB") for unit in UNITS}
    assert set(SIGN_INS.values()) <= set(northgate.people)
    assert len(northgate.team_of(northgate.people["Ana Duarte"])) == 8


def test_the_demo_loads_once(db, northgate):
    before = picture()

    with pytest.raises(ValueError, match="already"):
        demo.build(TODAY)

    assert picture() == before


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_present_year_is_about_half_done_on_any_day(day):
    world = demo.World(day)
    assert world.first().day == 1
    assert 140 <= (day - world.first()).days <= 190
    assert 364 <= (world.last() - world.first()).days <= 365
    assert world.last(1) < world.first()
