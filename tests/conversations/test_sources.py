"""What fills the sheet by itself, and that it is settled there and at its source at once."""

from datetime import UTC, datetime, timedelta

import pytest

from conversations.models import Action
from conversations.sources import SOURCES
from goals.models import Goal, Report
from goals.rules import reasons, reporting
from jobs.models import Comment
from jobs.rules import reading
from journal import clock
from tests.factories_conversations import MONDAY_MORNING, promise, sheet_of, topic
from tests.factories_goals import agreed, clause, year
from tests.factories_jobs import department

KEY = "5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11"


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


@pytest.fixture
def one(firm):
    library = department("Library")
    for person in (firm.mia, firm.eve):
        person.department = library
        person.save()
    return sheet_of(firm.mia, firm.eve)


def lines(one, reader, source):
    return list(SOURCES[source].lines(one, reader, clock.today()))


def test_a_clause_comment_is_answered_on_the_sheet_and_answered_at_its_source(firm, one, client):
    said = reading.comment(clause(firm.eve), "Does this mean suppliers too?", by=firm.eve)
    assert [line.deeds for line in lines(one, firm.eve, "comment")] == [()]
    client.force_login(firm.mia)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "suppliers too?" in page
    assert said.get_absolute_url() in page

    address = f"{one.get_absolute_url()}lines/comment/{said.uuid}/answer/"
    assert client.post(address, {"words": "  "}).status_code == 422
    refused = client.post(address, {"words": "x" * 20_000})
    assert refused.status_code in (302, 422)
    Comment.objects.filter(pk=said.pk).update(answer="", answered_at=None, answered_by=None)
    assert client.post(address, {"words": "Suppliers: yes."}).status_code == 302

    said.refresh_from_db()
    assert (said.answer, said.answered_by) == ("Suppliers: yes.", firm.mia)
    assert lines(one, firm.mia, "comment") == []
    assert client.post(address, {"words": "Again."}).status_code == 302  # nothing to answer any more
    said.refresh_from_db()
    assert said.answer == "Suppliers: yes."


def test_what_is_answered_at_its_source_leaves_the_sheet(firm, one):
    said = reading.comment(clause(firm.eve), "Suppliers too?", by=firm.eve)
    reading.answer_comment(said, "Yes.", by=firm.mia)

    assert lines(one, firm.mia, "comment") == []


def test_a_question_about_a_goal_is_answered_with_a_reason(firm, one, client):
    goal = reasons.doubt(agreed(firm.eve), by=firm.eve)
    assert [line.key for line in lines(one, firm.mia, "goal")] == [goal.uuid]
    client.force_login(firm.mia)
    address = f"{one.get_absolute_url()}lines/goal/{goal.uuid}/why/"
    assert client.post(address, {"words": ""}).status_code == 422

    client.post(address, {"words": "Orders come back faster where people know each other."})

    goal.refresh_from_db()
    assert goal.doubted_at is None
    assert goal.reasons.get().words.startswith("Orders come back faster")
    assert lines(one, firm.mia, "goal") == []


def test_a_step_is_confirmed_or_asked_about_and_the_answer_given_on_the_sheet(firm, one, client):
    goal = agreed(firm.eve)
    step = reporting.log(goal, clock.today(), "Met two people at the rally.", by=firm.eve, key=KEY)
    base = f"{one.get_absolute_url()}lines/report/{step.uuid}/"
    client.force_login(firm.mia)
    assert client.post(f"{base}ask/", {"version": step.version, "words": ""}).status_code == 422
    client.post(f"{base}ask/", {"version": step.version, "words": "Who was the second?"})
    step.refresh_from_db()
    assert (step.state, step.question) == ("more", "Who was the second?")

    client.force_login(firm.eve)
    assert "Who was the second?" in client.get(one.get_absolute_url()).content.decode()
    client.post(f"{base}reply/", {"words": "Somebody from Registry."})
    step.refresh_from_db()
    assert step.state == "new"

    client.force_login(firm.mia)
    assert client.post(f"{base}confirm/", {"version": "-7"}).status_code == 422
    client.post(f"{base}confirm/", {"version": step.version})
    assert Report.objects.get().state == "confirmed"
    assert lines(one, firm.mia, "report") == []


def test_goals_due_soon_and_overdue_stand_in_the_managers_part(firm, one):
    far = agreed(firm.eve, due_on=clock.today() + timedelta(days=60))
    near = agreed(firm.eve, due_on=clock.today() + timedelta(days=10))
    Goal.objects.filter(pk=far.pk).update(due_on=clock.today() + timedelta(days=60))
    Goal.objects.filter(pk=near.pk).update(due_on=clock.today() - timedelta(days=2))

    assert [(line.part, line.late) for line in lines(one, firm.mia, "goal")] == [("manager", "2 days late")]


def test_promises_and_actions_come_with_their_age_and_are_settled_here(firm, one, client):
    made = promise(one, due_on=clock.today() + timedelta(days=3))
    far = promise(one, due_on=clock.today() + timedelta(days=90))
    action = promise(one, "A list.", kind="action", owner=firm.eve)
    with clock.at(MONDAY_MORNING + timedelta(days=5)):
        found = lines(one, firm.mia, "agreed")
        assert [(line.part, line.late, len(line.deeds)) for line in found] == [
            ("manager", "2 days late", 3),
            ("ahead", "", 2),
        ]
        assert [len(line.deeds) for line in lines(one, firm.eve, "agreed")] == [0, 2]
        assert "5 days old" in str(found[1].note)

    client.force_login(firm.eve)
    client.post(f"{action.get_absolute_url()}deed/done/")
    assert client.post(f"{made.get_absolute_url()}deed/done/").status_code == 403
    assert set(Action.objects.open()) == {made, far}


def test_only_the_next_sheet_fills_itself_and_nothing_of_the_managers_part_reaches_the_direct(firm, one, client):
    promise(one, "A decision on Friday hours.", due_on=clock.today())
    later = one.series.one_on_ones.get(number=2)
    client.force_login(firm.mia)
    assert "Friday hours" in client.get(one.get_absolute_url()).content.decode()
    assert "Friday hours" not in client.get(later.get_absolute_url()).content.decode()
    client.force_login(firm.eve)
    assert "Friday hours" not in client.get(one.get_absolute_url()).content.decode()


def test_every_source_has_lines_of_its_own_and_unknown_ones_are_not_there(firm, one, client):
    client.force_login(firm.mia)
    for source in ("agreed", "feedback", "none"):
        assert client.post(f"{one.get_absolute_url()}lines/{source}/{KEY}/answer/").status_code == 404


def test_a_past_year_end_sheet_keeps_its_lines(firm, one, client):
    topic(one, firm.eve, "Before the year ends.")
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        client.force_login(firm.eve)
        assert "Before the year ends." in client.get(one.get_absolute_url()).content.decode()
    assert year().name == "This year"
