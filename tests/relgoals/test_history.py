"""HR searches the journal: the administrator everything, a partner their part, confidential kinds nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Entry
from journal.rules import record
from people.rules.departments import found_department
from people.rules.joining import join
from relgoals import denials, history
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_parts(firm):
    firm.hanna = EmployeeFactory(name="Hanna", hr_role="partner")
    near = found_department("Library", "LIB", by=None, hr_partner=firm.hanna)
    firm.nora = join("Nora Near", "nora@example.org", by=firm.hanna, department=near)
    firm.near = near
    return firm


def subjects(entries):
    return set(entries.values_list("subject", flat=True))


def test_administrator_finds_every_person(two_parts):
    found = subjects(history.found(two_parts.hedda))

    people = (
        two_parts.ada,
        two_parts.mia,
        two_parts.eve,
        two_parts.sam,
        two_parts.hedda,
        two_parts.hanna,
        two_parts.nora,
    )
    assert {f"people.employee:{person.pk}" for person in people} <= found


def test_partner_finds_their_part_only(two_parts):
    found = subjects(history.found(two_parts.hanna))

    assert found == {f"people.employee:{two_parts.nora.pk}", f"people.department:{two_parts.near.pk}"}


@pytest.mark.parametrize("reader", ["ada", "mia", "eve", "sam"])
def test_nobody_else_finds_anything(two_parts, reader):
    assert list(history.found(getattr(two_parts, reader))) == []


@pytest.mark.parametrize(
    "subject", ["conversations.oneonone:1", "goals.encounter:1", "goals.report:1", "people.line:1"]
)
def test_confidential_kinds_are_never_found(two_parts, client, subject):
    Entry.objects.create(verb="one_on_one.hold", subject=subject, actor=two_parts.hedda)
    client.force_login(two_parts.hedda)

    assert subject not in subjects(history.found(two_parts.hedda))
    assert subject not in subjects(history.found(two_parts.hedda, person=two_parts.hedda))
    assert "Hold" not in client.get("/journal/").content.decode()


def test_search_narrows_by_person_sort_and_day(two_parts, client):
    client.force_login(two_parts.hedda)

    def said(query):
        page = client.get(f"/journal/?{query}").content.decode()
        return page.count("<tr>") - 1 if "<tr>" in page else 0

    everything = said("")
    about = history.found(two_parts.hedda, person=two_parts.nora).count()
    assert 0 < said("person=Nora+Near") == about < everything
    assert said("sort=people.department") == 1
    assert said("since=2999-01-01") == 0
    assert said("until=1999-01-01") == 0
    assert said("since=1999-01-01&until=2999-12-31") == everything


@pytest.mark.parametrize(
    "query",
    [
        "person=nobody+at+all",
        "sort=conversations.oneonone",
        "since=30.02.2026",
        "until=9999-12-31",
        "after=x",
        "since=%00",
    ],
)
def test_nonsense_shows_the_page(two_parts, client, query):
    client.force_login(two_parts.hedda)
    assert client.get(f"/journal/?{query}").status_code == 200


def test_many_entries_cost_what_few_do_and_pages_follow(two_parts, client):
    client.force_login(two_parts.hedda)
    client.get("/journal/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/journal/")
    for _ in range(60):
        record("employee.revise", two_parts.eve, by=two_parts.hedda, fields=["name"])
    with CaptureQueriesContext(connection) as many:
        page = client.get("/journal/").content.decode()

    assert len(many) <= len(few) <= 7
    assert 'rel="next"' in page


def test_a_refusal_on_something_confidential_is_in_the_log(firm, client, monkeypatch):
    told = []
    monkeypatch.setattr(denials.log, "warning", lambda *args, **kwargs: told.append(kwargs))
    client.force_login(firm.eve)

    client.get("/journal/")
    client.get("/people/999999/")
    client.get("/nowhere/at/all/")
    client.logout()
    client.get("/journal/")

    assert told == [{"page": "journal", "method": "GET", "status": 404, "who": firm.eve.pk}]
