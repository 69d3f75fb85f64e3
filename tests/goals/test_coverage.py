from datetime import timedelta

import pytest

from goals.models import Coverage, Goal
from goals.rules import coverage
from journal import clock
from people.rules.departments import found_department
from people.rules.joining import revise
from people.rules.leaving import leave
from tests.factories import EmployeeFactory
from tests.factories_goals import agreed, clause, drafted, offered, proposed, year


@pytest.fixture
def library(firm):
    """Mia leads Eve, Tom, Uta and Vic in the library, whose HR partner is Hanna; Sam works in physics, Hugo's part."""
    firm.hanna = EmployeeFactory(name="Hanna", hr_role="partner")
    firm.hugo = EmployeeFactory(name="Hugo", hr_role="partner")
    firm.library = found_department("Library", "LIB", by=None, hr_partner=firm.hanna)
    firm.physics = found_department("Physics", "PHY", by=None, hr_partner=firm.hugo)
    for name in ("tom", "uta", "vic"):
        setattr(firm, name, EmployeeFactory(name=name.title(), manager=firm.mia, department=firm.library))
    for name, place in [("mia", firm.library), ("eve", firm.library), ("sam", firm.physics)]:
        setattr(firm, name, revise(getattr(firm, name), {"department": place}, by=None))
    return firm


def figures(place):
    row = Coverage.objects.get(department=place)
    return (row.people, row.agreed, row.confirmed, row.waiting, row.gap)


def test_count_says_who_has_agreed_who_waits_and_who_has_nothing(library):
    agreed(library.eve)
    proposed(library.tom)
    offered(library.uta)
    drafted(library.vic)

    coverage.count(year())

    assert figures(library.library) == (5, 1, 0, 2, 4)
    assert figures(library.physics) == (1, 0, 0, 0, 1)


def test_count_takes_confirmed_goals_and_leaves_those_who_left(library):
    goal = agreed(library.eve)
    Goal.objects.filter(pk=goal.pk).update(state="confirmed", counted=2, confirmed=2)
    leave(library.tom, clock.today() - timedelta(days=2), by=None)

    coverage.count_all()

    assert figures(library.library) == (4, 1, 1, 0, 3)


def test_count_twice_writes_nothing_and_follows_what_changed(library, django_assert_max_num_queries):
    clause(library.eve)
    coverage.count(year())
    before = Coverage.objects.get(department=library.library).counted_at
    with django_assert_max_num_queries(9):
        assert coverage.count(year()) == 0
    assert Coverage.objects.get(department=library.library).counted_at == before

    agreed(library.eve)
    assert coverage.count(year()) == 1
    revise(library.sam, {"department": library.library}, by=None)
    assert coverage.count(year()) == 1
    assert not Coverage.objects.filter(department=library.physics).exists()


def test_two_goals_asked_are_counted_as_two(library):
    both = year(minimum=2)
    agreed(library.eve)
    coverage.count(both)
    assert figures(library.library)[1] == 0


@pytest.mark.parametrize(
    ("reader", "departments"),
    [("hedda", {"Library", "Physics", "No department"}), ("hanna", {"Library"}), ("hugo", {"Physics"})],
)
def test_page_shows_the_readers_part(library, client, reader, departments):
    coverage.count(year())
    client.force_login(getattr(library, reader))

    page = client.get("/goals/coverage/")

    shown = {str(row.department or "No department") for row, _hidden in page.context["rows"]}
    assert shown == departments


@pytest.mark.parametrize("reader", ["eve", "mia", "ada"])
def test_page_is_for_hr_alone(library, client, reader):
    coverage.count(year())
    client.force_login(getattr(library, reader))
    for address in ("", "export/", f"{library.library.pk}/"):
        assert client.get(f"/goals/coverage/{address}").status_code == 404


def test_department_shows_states_and_no_words(library, client):
    goal = agreed(library.eve)
    drafted(library.tom)
    coverage.count(year())
    client.force_login(library.hanna)

    page = client.get(f"/goals/coverage/{library.library.pk}/").content.decode()

    assert "0 of 2 reported" in page
    assert goal.behaviour not in page
    assert goal.because not in page
    assert "Draft" not in page
    assert client.get(f"/goals/coverage/{library.physics.pk}/").status_code == 404


def test_export_leaves_out_small_departments_and_the_one_beside(library, client):
    for number in range(6):
        EmployeeFactory(department=library.physics, name=f"P{number}")
    revise(library.vic, {"department": None}, by=None)
    coverage.count(year())
    client.force_login(library.hedda)

    lines = b"".join(client.get("/goals/coverage/export/")).decode().splitlines()

    by_name = {line.split(",")[0]: line for line in lines}
    assert "Fewer than five" in by_name["Library"]
    assert "Withheld" in by_name["No department"] or "Withheld" in by_name["Physics"]


@pytest.mark.parametrize("query", ["year=x", "year=999999", "year=²", "after=nonsense", "year=99999999999999999999"])
def test_page_asked_for_nonsense_answers(library, client, query):
    coverage.count(year())
    client.force_login(library.hedda)
    assert client.get(f"/goals/coverage/?{query}").status_code == 200


def test_page_without_a_year_says_so(firm, client):
    client.force_login(firm.hedda)
    assert "No year is open yet" in client.get("/goals/coverage/").content.decode()
    assert client.get("/goals/coverage/export/").status_code == 404


def test_page_costs_the_same_for_many_departments(library, client, django_assert_max_num_queries):
    for number in range(30):
        EmployeeFactory(department=found_department(f"D{number}", f"D{number}", by=None))
    coverage.count(year())
    client.force_login(library.hedda)
    client.get("/goals/coverage/")

    with django_assert_max_num_queries(6):
        client.get("/goals/coverage/")
