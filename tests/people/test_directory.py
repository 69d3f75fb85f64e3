import pytest

from people.rules.departments import found_department
from tests.factories import EmployeeFactory


@pytest.fixture
def eve(firm, client):
    client.force_login(firm.eve)
    return client


def names(answer):
    return [person.name for person in answer.context["page"].rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mia", ["Mia"]),
        ("q=LIBRAR", ["Zoe"]),
        ("q=zoe+library", ["Zoe"]),
        ("q=zizi", ["Zoe"]),
        ("q=nobody", []),
        ("q=%00", []),
        ("department=abc&site=9999999999999999999999", ["Ada", "Eve", "Hedda", "Mia", "Sam", "Zoe"]),
        ("after=nonsense", ["Ada", "Eve", "Hedda", "Mia", "Sam", "Zoe"]),
        ("after=WyJcdTAwMDAiLCAxXQ==", ["Ada", "Eve", "Hedda", "Mia", "Sam", "Zoe"]),
    ],
)
def test_directory_finds(eve, query, found):
    EmployeeFactory(
        name="Zoe", preferred_name="Zizi", job_title="Librarian", department=found_department("Library", "L", by=None)
    )

    answer = eve.get(f"/people/?{query}")

    assert (answer.status_code, names(answer)) == (200, found)


def test_directory_of_a_department_has_those_inside_too(eve):
    top = found_department("Faculty", "F", by=None)
    EmployeeFactory(name="Ida", department=found_department("Lab", "L", by=None, parent=top))

    assert names(eve.get(f"/people/?department={top.pk}")) == ["Ida"]


def test_pages_by_key_show_everybody_once_at_constant_cost_and_size(eve, django_assert_num_queries):
    EmployeeFactory.create_batch(120, name="Same Name", job_title="x" * 60)
    seen, address = [], "/people/?"
    while address:
        with django_assert_num_queries(5):  # session, reader, page, departments and sites of the filter
            answer = eve.get(address)
        assert len(answer.content) < 60_000
        seen += [person.pk for person in answer.context["page"].rows]
        after = answer.context["page"].after
        address = after and f"/people/?after={after}"

    assert len(seen) == len(set(seen)) == 125


@pytest.mark.parametrize("more", [1, 12])
def test_person_and_chart_cost_the_same_for_any_number_of_people(firm, eve, more, django_assert_max_num_queries):
    EmployeeFactory.create_batch(more, manager=firm.mia)

    with django_assert_max_num_queries(9):
        assert eve.get(f"/people/{firm.mia.pk}/").status_code == 200
    with django_assert_max_num_queries(6):
        assert eve.get("/people/chart/").status_code == 200
    with django_assert_max_num_queries(4):
        assert eve.get(f"/people/chart/{firm.mia.pk}/branch/").status_code == 200


def test_history_is_for_oneself_the_line_above_and_hr(firm, client):
    readers = {}
    for who in ("ada", "mia", "eve", "sam", "hedda"):
        client.force_login(getattr(firm, who))
        readers[who] = bool(client.get(f"/people/{firm.eve.pk}/").context["history"])

    assert readers == {"ada": True, "mia": True, "eve": True, "sam": False, "hedda": True}


def test_the_finder_offers_ten_at_most_and_text_stays_text(eve):
    EmployeeFactory.create_batch(12, name="<b>Bold</b>")

    page = eve.get("/people/find/?q=bold").content.decode()

    assert page.count('role="option"') == 10
    assert "<b>" not in page
