from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError

from goals.models import Idea
from goals.rules import catalogue as rules
from journal.models import Entry
from people.models import Employee
from people.rules.departments import found_department
from people.rules.joining import revise
from tests.factories import EmployeeFactory


@pytest.fixture
def places(firm):
    """Mia and Eve work in the library, Sam in physics; Hanna is the library's HR partner. The eleven are there."""
    import_module("goals.migrations.0003_eleven_ideas").put(apps, None)
    firm.hanna = EmployeeFactory(name="Hanna", hr_role="partner")
    firm.library = found_department("Library", "LIB", by=None, hr_partner=firm.hanna)
    firm.physics = found_department("Physics", "PHY", by=None)
    for person, place in [("mia", "library"), ("eve", "library"), ("sam", "physics")]:
        setattr(firm, person, revise(getattr(firm, person), {"department": getattr(firm, place)}, by=None))
    return firm


def typed(**changed):
    fields = {
        "uuid": str(uuid4()),
        "title": "Walk the stacks",
        "behaviour": "Walk the stacks with two clerks by 1 May",
        "effort": "one",
        "way": "writing",
        "measure-count": "2",
        "budget": "12.50",
    }
    return fields | changed


def fields_for(place, **changed):
    return {"title": "Walk", "behaviour": "Walk", "measure": "once", "effort": "one", "department": place} | changed


@pytest.mark.parametrize(
    ("reader", "place", "may"),
    [
        ("mia", "library", True),
        ("mia", "physics", False),
        ("mia", None, False),
        ("hanna", "library", True),
        ("hanna", None, False),
        ("ada", "library", True),
        ("hedda", "physics", True),
        ("hedda", None, True),
    ],
)
def test_add_is_open_to_hr_and_managers_for_their_part(places, reader, place, may):
    where = getattr(places, place) if place else None
    who = getattr(places, reader)

    if may:
        idea = rules.add(fields_for(where), {}, uuid4(), by=who)
        assert (idea.author, idea.department) == (who, where)
        assert Entry.objects.of(idea).get().verb == "idea.add"
    else:
        with pytest.raises(ValidationError) as refused:
            rules.add(fields_for(where), {}, uuid4(), by=who)
        assert set(refused.value.message_dict) == {"department"}
        assert not Idea.objects.filter(key=None).exists()


@pytest.mark.parametrize("reader", ["eve", "sam"])
def test_add_is_not_for_those_who_lead_nobody(places, reader):
    with pytest.raises(PermissionDenied):
        rules.add(fields_for(places.library), {}, uuid4(), by=getattr(places, reader))


def test_add_twice_finds_the_first_and_nobody_elses(places):
    key = uuid4()
    first = rules.add(fields_for(places.library), {}, key, by=places.mia)

    assert rules.add(fields_for(places.library), {}, key, by=places.mia) == first
    with pytest.raises(PermissionDenied):
        rules.add(fields_for(places.library), {}, key, by=places.hanna)
    assert Entry.objects.of(first).count() == 1


@pytest.mark.parametrize(
    ("reader", "sees"), [("mia", True), ("eve", True), ("ada", True), ("hanna", True), ("hedda", True), ("sam", False)]
)
def test_idea_of_a_department_is_seen_there_above_and_by_hr(places, client, reader, sees):
    idea = rules.add(fields_for(places.library), {}, uuid4(), by=places.mia)
    client.force_login(getattr(places, reader))

    shown = [one.idea for one in client.get("/goals/ideas/").context["shown"]]

    assert (idea in shown) is sees
    assert len(shown) == 11 + sees
    assert client.get(f"/goals/ideas/{idea.uuid}/").status_code == (200 if sees else 404)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=lunch", {"Have lunch with a counterpart", "Join the appreciation committee"}),
        ("q=STUDENTS+needs", {"Join the student group"}),
        ("effort=host", {"Put on a staff event", "Your own idea"}),
        (
            "effort=host&effort=one&cost=paid",
            {"Have lunch with a counterpart", "Put on a staff event", "Your own idea"},
        ),
        ("time=hour", {"Have lunch with a counterpart", "Meet two people in the new building", "Your own idea"}),
        ("way=writing", {"Your own idea"}),
        ("q=nothing+fits+this", set()),
    ],
)
def test_catalogue_narrows(places, client, query, titles):
    client.force_login(places.eve)

    page = client.get(f"/goals/ideas/?{query}")

    assert {one.words["title"] for one in page.context["shown"]} == titles


@pytest.mark.parametrize("query", ["effort=nonsense", "q=%00", "q=" + "x" * 500, "time=hour%00&cost=", "effort=%F0%9F"])
def test_catalogue_asked_for_nonsense_answers(places, client, query):
    client.force_login(places.eve)
    assert client.get(f"/goals/ideas/?{query}").status_code == 200


def test_catalogue_answers_htmx_with_its_part(places, client):
    client.force_login(places.eve)
    part = client.get("/goals/ideas/?q=lunch", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="catalogue"')


def test_catalogue_costs_the_same_for_many_ideas(places, client, django_assert_max_num_queries):
    client.force_login(places.mia)
    for number in range(20):
        rules.add(fields_for(places.library, title=f"Idea {number}"), {}, uuid4(), by=places.mia)
    client.get("/goals/ideas/")

    with django_assert_max_num_queries(6):
        client.get("/goals/ideas/")


def test_new_idea_is_added_through_the_form_once(places, client):
    client.force_login(places.mia)
    data = typed(department=places.library.pk)
    address = "/goals/ideas/new/people/"

    first, second = client.post(address, data), client.post(address, data)

    idea = Idea.objects.get(key=None)
    assert first["Location"] == second["Location"] == f"/goals/ideas/{idea.uuid}/"
    assert (idea.budget_cents, idea.parameters, idea.way) == (1250, {"count": 2}, "writing")
    assert "12.50" in client.get(f"/goals/ideas/{idea.uuid}/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"behaviour": "x" * 301}, "behaviour"),
        ({"measure-count": "many"}, "measure-count"),
        ({"measure-count": "0"}, "measure-count"),
        ({"measure-from_on": "2026-02-30"}, "measure-from_on"),
        ({"measure-from_on": "2026-03-02", "measure-until_on": "2026-03-01"}, "measure-until_on"),
        ({"department": ""}, "department"),
        ({"department": "999999"}, "department"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "1e400"}, "budget"),
        ({"hours": "NaN"}, "hours"),
        ({"effort": "own"}, "effort"),
    ],
)
def test_new_idea_is_refused_beside_the_field_and_keeps_the_words(places, client, changed, field):
    client.force_login(places.mia)

    page = client.post("/goals/ideas/new/people/", typed(department=places.library.pk) | changed)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "Walk the stacks with two clerks" in page.content.decode() or field == "behaviour"
    assert not Idea.objects.filter(key=None).exists()


def test_idea_form_with_an_old_version_shows_what_stands_now(places, client):
    idea = rules.add(fields_for(places.library), {}, uuid4(), by=places.mia)
    client.force_login(places.mia)
    data = typed(department=places.library.pk, version=0, is_offered="on", uuid=str(idea.uuid))
    address = f"/goals/ideas/{idea.uuid}/edit/"
    client.post(address, data | {"title": "Walk first"})

    late = client.post(address, data | {"title": "Walk late"})

    assert late.status_code == 409
    assert "Walk first" in late.content.decode()
    assert Idea.objects.get(pk=idea.pk).title == "Walk first"


def test_idea_taken_out_leaves_the_catalogue_only(places, client):
    idea = rules.add(fields_for(places.library), {}, uuid4(), by=places.mia)
    rules.revise(idea, {"is_offered": False}, {}, by=places.mia)
    client.force_login(places.eve)

    assert idea not in [one.idea for one in client.get("/goals/ideas/").context["shown"]]
    assert client.get(f"/goals/ideas/{idea.uuid}/").status_code == 200


@pytest.mark.parametrize("reader", ["eve", "sam"])
def test_revise_is_not_for_others(places, reader):
    idea = rules.add(fields_for(places.library), {}, uuid4(), by=places.mia)
    with pytest.raises(PermissionDenied):
        rules.revise(idea, {"title": "Mine"}, {}, by=getattr(places, reader))


def test_every_measure_has_a_form_that_opens(places, client):
    client.force_login(places.hedda)
    for measure in ["people", "steps", "dates", "events", "role", "once"]:
        assert client.get(f"/goals/ideas/new/{measure}/").status_code == 200
    assert client.get("/goals/ideas/new/nonsense/").status_code == 404
    assert Employee.objects.count()


def test_your_own_idea_can_be_changed_and_stays_open(places, client):
    own = Idea.objects.get(key="own")
    client.force_login(places.hedda)
    data = {"uuid": str(own.uuid), "title": "Your own", "effort": "own", "way": "person", "measure-count": "1"}

    answer = client.post(f"/goals/ideas/{own.uuid}/edit/", data | {"version": own.version, "is_offered": "on"})

    assert answer.status_code == 302
    own.refresh_from_db()
    assert (own.title, own.effort, own.behaviour) == ("Your own", "own", "")
