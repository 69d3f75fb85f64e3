from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from goals.models import Goal, Named, Story, TeamCase
from goals.rules import case as rules
from goals.rules import stories
from goals.rules.case_facts import facts_of
from journal.models import Entry
from outbox.models import Notice
from tests.factories import EmployeeFactory
from tests.factories_goals import BECAUSE, agreed, year
from tests.goals import reported

WORDS = {"words": "We walk instead of writing.", "reasons": [BECAUSE]}
STUCK = {"words": "An order was stuck for a week; one call freed it.", "department": None, "shows_names": False}


@pytest.fixture
def team(firm):
    """Mia leads Eve, Tom, Uta, Vic and Wim; Eve and Tom have agreed goals, Eve's is met. Sam stands in a story."""
    for name in ("tom", "uta", "vic", "wim"):
        setattr(firm, name, EmployeeFactory(name=f"{name.title()} Lorenz", manager=firm.mia))
    goal = agreed(firm.eve)
    agreed(firm.tom)
    Goal.objects.filter(pk=goal.pk).update(state="confirmed", counted=2, confirmed=2)
    firm.year = year()
    return firm


@pytest.fixture
def case(team):
    return rules.write(team.mia, team.year, WORDS, by=team.mia)


def test_facts_count_goals_of_the_team_alone(team, case):
    agreed(team.mia)
    facts = facts_of(case).off_house()

    assert (facts.people, facts.with_goal, facts.with_met, facts.goals, facts.met) == (5, 2, 1, 2, 1)
    assert facts.contacts_in_all == 0
    assert not facts.few


def test_small_team_is_not_counted_out_where_it_leaves_the_house(team, case):
    team.wim.left_on = "2020-01-01"
    team.wim.save()
    assert facts_of(case).off_house().few
    assert not facts_of(case).few


def test_contacts_are_counted_by_department_and_small_ones_put_together_off_house(db):
    uni = reported.university()
    case = rules.write(uni.mia, uni.year, WORDS, by=uni.mia)
    goal = reported.agreed(uni.eve, parameters={"count": 1}, year=uni.year)
    for number in range(6):
        reported.log(goal, reported.Met(name=f"Somebody {number}", department=uni.office))
    reported.log(goal, reported.Met(name="Somebody 0", department=uni.office), uni.pia)

    full = facts_of(case)
    off_house = full.off_house()

    assert [(one.department, one.number) for one in full.contacts] == [("Registrar’s office", 6)]
    assert (full.contacts_in_all, full.departments_in_all) == (6, 1)
    assert full.contacts == off_house.contacts


def test_reasons_are_those_of_agreed_goals_once(team):
    assert rules.reasons_of(team.mia, team.year) == [BECAUSE]


@pytest.mark.parametrize("reader", ["eve", "ada", "sam", "hedda"])
def test_write_is_the_managers_alone(team, reader):
    who = getattr(team, reader)
    with pytest.raises(PermissionDenied):
        rules.write(team.mia, team.year, WORDS, by=who)
    assert not TeamCase.objects.exists()


def test_write_with_an_old_version_changes_nothing(team, case):
    rules.write(team.mia, team.year, WORDS | {"words": "Second"}, case.version, by=team.mia)
    with pytest.raises(ValidationError) as refused:
        rules.write(team.mia, team.year, WORDS | {"words": "Third"}, case.version, by=team.mia)
    assert refused.value.code == "changed_meanwhile"
    assert TeamCase.objects.get().words == "Second"


@pytest.mark.parametrize(
    ("reader", "before", "after"),
    [("mia", True, True), ("ada", False, True), ("hedda", False, True), ("eve", False, False), ("sam", False, False)],
)
def test_case_is_seen_above_and_by_hr_once_handed_on(team, case, client, reader, before, after):
    client.force_login(getattr(team, reader))
    addresses = [f"/goals/case/{case.uuid}/", f"/goals/case/{case.uuid}/pdf/"]

    seen_before = [client.get(address).status_code == 200 for address in addresses]
    rules.hand_on(case, by=team.mia)
    seen_after = [client.get(address).status_code == 200 for address in addresses]

    assert (seen_before, seen_after) == ([before, before], [after, after])
    assert (case in client.get("/goals/case/all/").context["cases"]) is after


def test_hand_on_twice_tells_the_manager_above_once_and_take_back_hides_it(team, case):
    rules.hand_on(case, by=team.mia)
    rules.hand_on(case, by=team.mia)

    assert Notice.objects.filter(kind="goals.case_handed_on").values_list("recipient", flat=True).get() == team.ada.pk
    assert Entry.objects.filter(verb="case.hand_on").count() == 1
    rules.take_back(case, by=team.mia)
    assert not TeamCase.objects.visible_to(team.ada).exists()


def test_story_is_told_once_everybody_in_it_agrees(team, case):
    story = stories.tell(case, STUCK, [team.eve, team.sam], uuid4(), by=team.mia)
    asked = {one.employee: one for one in story.named.all()}
    told = [facts_of(case).stories]

    for person in (team.eve, team.sam):
        stories.answer(asked[person], True, by=person)
        told.append(facts_of(case).stories)
    stories.answer(asked[team.sam], False, by=team.sam)
    told.append(facts_of(case).stories)

    assert told == [[], [], [story], []]


def test_other_words_ask_anew(team, case):
    story = stories.tell(case, STUCK, [team.eve], uuid4(), by=team.mia)
    stories.answer(story.named.get(), True, by=team.eve)

    stories.retell(story, STUCK | {"words": "Two orders were stuck."}, [team.eve, team.sam], by=team.mia)

    assert set(story.named.values_list("employee", "answer")) == {(team.eve.pk, "waits"), (team.sam.pk, "waits")}


@pytest.mark.parametrize(
    ("words", "shows", "people", "refused"),
    [
        ("Eve called the office.", False, [], True),
        ("Eve called the office.", True, [], True),
        ("Eve called the office.", False, ["eve"], True),
        ("Eve called the office.", True, ["eve"], False),
        ("EVE’s call freed it.", False, [], True),
        ("Lorenz called.", True, ["eve"], True),
        ("Somebody called; an evening later it was freed.", False, [], False),
    ],
)
def test_names_stand_in_the_words_only_of_those_who_are_asked_and_shown(team, case, words, shows, people, refused):
    fields = STUCK | {"words": words, "shows_names": shows}
    people = [getattr(team, name) for name in people]
    if refused:
        with pytest.raises(ValidationError) as error:
            stories.tell(case, fields, people, uuid4(), by=team.mia)
        assert set(error.value.message_dict) == {"words"}
    else:
        assert stories.tell(case, fields, people, uuid4(), by=team.mia)


def test_answer_is_the_named_persons_alone(team, case):
    story = stories.tell(case, STUCK, [team.eve], uuid4(), by=team.mia)
    for reader in (team.mia, team.sam):
        with pytest.raises(PermissionDenied):
            stories.answer(story.named.get(), True, by=reader)
    assert story.named.get().answer == Named.Answer.WAITS


def test_story_form_twice_is_one_story_and_asks_once(team, client):
    client.force_login(team.mia)
    data = {"uuid": str(uuid4()), "words": "A key was missing.", "first": "Sam", "shows_names": ""}

    answers = [client.post("/goals/stories/new/", data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Named.objects.get().employee == team.sam
    assert TeamCase.objects.get().words == ""


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "x" * 601}, "words"),
        ({"words": "a\x00b"}, "words"),
        ({"first": "Nobody Known"}, "first"),
        ({"department": "999"}, "department"),
        ({"uuid": "x"}, "uuid"),
        ({"words": "Eve called."}, "words"),
    ],
)
def test_story_form_refuses_beside_the_field(team, client, changed, field):
    client.force_login(team.mia)
    page = client.post("/goals/stories/new/", {"uuid": str(uuid4()), "words": "A key was missing."} | changed)
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Story.objects.exists()


def test_pages_show_what_is_on_the_case_and_no_names_unticked(team, case, client):
    story = stories.tell(case, STUCK, [team.sam], uuid4(), by=team.mia)
    stories.answer(story.named.get(), True, by=team.sam)
    rules.hand_on(case, by=team.mia)
    client.force_login(team.ada)

    page = client.get(f"/goals/case/{case.uuid}/").content.decode()

    assert "one call freed it" in page
    assert BECAUSE in page
    assert "People: 5. With a goal agreed: 2, with one met: 1." in page
    assert "Sam" not in page
    assert "Eve" not in page


def test_pdf_is_a_pdf(team, case, client):
    client.force_login(team.mia)
    answer = client.get(f"/goals/case/{case.uuid}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_case_needs_a_team_and_a_year(firm, client):
    client.force_login(firm.eve)
    assert client.get("/goals/case/").status_code == 404
    client.force_login(firm.mia)
    assert client.get("/goals/case/").status_code == 404
    year()
    assert client.get("/goals/case/").status_code == 200
    assert not TeamCase.objects.exists()


def test_case_form_keeps_words_and_reasons(team, client):
    client.force_login(team.mia)
    answer = client.post("/goals/case/edit/", {"words": "Ours", "reasons": [BECAUSE], "version": 0})
    assert answer.status_code == 302
    assert (TeamCase.objects.get().words, TeamCase.objects.get().reasons) == ("Ours", [BECAUSE])
    late = client.post("/goals/case/edit/", {"words": "Late", "version": 0})
    assert late.status_code == 409
    assert "Ours" in late.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_story_told_eight_times_at_once_is_one(firm):
    mine = rules.write(firm.mia, year(), WORDS, by=firm.mia)
    key = uuid4()

    def tell():
        try:
            return stories.tell(mine, STUCK, [firm.eve], key, by=firm.mia).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        told = {done.result() for done in [pool.submit(tell) for _ in range(8)]}

    assert told == {Story.objects.get().pk}
    assert Named.objects.count() == 1
    assert Entry.objects.filter(verb="story.tell").count() == 1
