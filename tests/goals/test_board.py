import re
import uuid
from datetime import timedelta

import pytest

from conversations.coming import coming_with
from goals import due
from goals.board import board_of
from goals.board_lines import GAP, ON_THEIR_WAY, WAITS
from goals.models import Goal, Offer, Report, Year
from goals.rules import agreeing, offering, reasons, reporting, revising
from journal import clock
from journal.models import Entry
from people.models import Employee
from tests.factories import EmployeeFactory
from tests.factories_conversations import sheet_of
from tests.factories_goals import agreed, at_state, clause, drafted, idea, offered, proposed, year

ONCE = {"measure": "once", "parameters": {}}


def lines(manager):
    """(name, group, word of the state) for each line of the board, in its order."""
    board = board_of(manager, Year.objects.current(), clock.today())
    return [(line.name, group.place, line.badge[2]) for group in board.groups for line in group.lines]


def reported(goal, what="Met somebody.", **fields):
    return reporting.log(goal, clock.today(), what, by=goal.owner, key=uuid.uuid4(), **fields)


@pytest.mark.parametrize(
    ("state", "group", "word"),
    [
        ("offered", GAP, "Waits for Eve"),
        ("proposed", WAITS, "Waits for you"),
        ("sent_back", GAP, "Waits for Eve"),
        ("active", ON_THEIR_WAY, "Agreed"),
        ("reported", ON_THEIR_WAY, "Agreed"),
        ("confirmed", ON_THEIR_WAY, "Confirmed"),
        ("draft", GAP, "Nothing offered"),
        ("withdrawn", GAP, "Nothing offered"),
    ],
)
def test_line_of_each_state(firm, state, group, word):
    at_state(state, firm.eve)

    assert lines(firm.mia) == [("Eve", group, word)]


def test_unread_step_waits_and_names_what_was_reported(firm):
    goal = agreed(firm.eve, **ONCE)
    reported(goal, "Carried boxes.")

    board = board_of(firm.mia, goal.year, clock.today())

    line = board.groups[0].lines[0]
    assert (board.waiting, line.badge[2], line.boxes) == (1, "1 new", ["new"])
    assert line.sentence.endswith(": Carried boxes.")
    assert [act.label for act in line.acts] == ["Confirm", "Tell me more"]


def test_doubt_change_and_other_wanted_wait_for_the_manager(firm):
    tom, ben = (EmployeeFactory(name=name, manager=firm.mia) for name in ("Tom", "Ben"))
    reasons.doubt(agreed(firm.eve), by=firm.eve)
    revising.ask_change(agreed(tom), {"behaviour": "Meet three"}, by=tom)
    offered(ben)
    offering.ask_other(Offer.objects.get(owner=ben), by=ben)

    assert lines(firm.mia) == [(name, WAITS, "Waits for you") for name in ("Tom", "Eve", "Ben")]


def test_gap_comes_two_weeks_before_the_date_and_overdue_by_the_clock_alone(firm):
    goal = agreed(firm.eve)
    day = clock.today()
    for due_on, word in ((day + timedelta(days=14), "Agreed"), (day + timedelta(days=13), "13 days left")):
        Goal.objects.filter(pk=goal.pk).update(due_on=due_on)
        assert lines(firm.mia)[0][2] == word
    Goal.objects.filter(pk=goal.pk).update(due_on=day - timedelta(days=1))
    assert lines(firm.mia) == [("Eve", GAP, "Overdue 1 day")]


def test_board_shows_no_draft_of_somebody_else_and_no_other_team(firm):
    drafted(firm.eve, behaviour="A secret of Eve's")
    agreed(EmployeeFactory(name="Otto", manager=firm.sam), behaviour="Elsewhere")

    board = board_of(firm.mia, year(), clock.today())

    assert [line.title for group in board.groups for line in group.lines] == ["No goal yet"]


def test_own_goals_of_the_manager_are_counted_and_shown_to_the_team(client, firm):
    goal = agreed(firm.mia, behaviour="Lead by example")
    reasons.add_reason(goal, "A reason between Mia and Ada.", by=firm.ada)
    client.force_login(firm.eve)

    page = client.get("/goals/example/").content.decode()

    assert board_of(firm.mia, goal.year, clock.today()).own == (1, 0)
    assert "Lead by example" in page
    assert "between Mia and Ada" not in page
    assert client.get(goal.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("size", [1, 8])
def test_board_is_one_statement_for_any_team(firm, size, django_assert_num_queries):
    for _ in range(size):
        reported(agreed(EmployeeFactory(manager=firm.mia), **ONCE))
    this_year = year()

    with django_assert_num_queries(1):
        board_of(firm.mia, this_year, clock.today())


def read(manager):
    return Employee.objects.for_reader().get(pk=manager.pk)


def press(client, label, words=None, day=None, idea=None):
    """Press a button of the board by its label; returns the answer."""
    html = client.get("/goals/team/").content.decode()
    do = re.search(rf'name="do" value="([^"]+)">{re.escape(label)}<', html)[1]
    said = {f"words:{do}": words or "", f"day:{do}": day or "", f"idea:{do}": idea or ""}
    return client.post("/goals/team/act/", {"do": do} | said)


def test_every_deed_of_the_board_happens_in_place(client, firm):
    client.force_login(firm.mia)
    goal = proposed(firm.eve, because="", **ONCE)

    assert press(client, "Say why", "Orders get stuck.").status_code == 302
    assert press(client, "Send it back", "").status_code == 422
    assert press(client, "Agree").status_code == 302
    assert press(client, "Ask", "How is it going?").status_code == 302
    step = reported(Goal.objects.get(pk=goal.pk))
    assert press(client, "Tell me more", "With whom?").status_code == 302
    assert Report.objects.get(pk=step.pk).question == "With whom?"
    reporting.reply(Report.objects.with_goal().get(pk=step.pk), "With Otto.", by=firm.eve)
    assert press(client, "Confirm").status_code == 302
    goal.refresh_from_db()
    assert (goal.state, goal.because) == ("confirmed", "Orders get stuck.")
    assert press(client, "Say thank you", "Well done.").status_code == 302
    assert [turn.move for turn in goal.turns.all()][-3:] == ["agree", "ask", "thank"]


def test_date_moves_once_both_agreed(client, firm):
    goal = agreed(firm.eve)
    Goal.objects.filter(pk=goal.pk).update(due_on=clock.today() + timedelta(days=3))
    client.force_login(firm.mia)
    later = clock.today() + timedelta(days=30)

    assert press(client, "Move the date", day="2026-02-30").status_code == 422
    assert press(client, "Move the date", day=later.isoformat()).status_code == 302
    goal.refresh_from_db()
    assert goal.due_on != later
    revising.answer_change(goal.turns.get(move="change"), "agreed", by=firm.eve)
    goal.refresh_from_db()
    assert goal.due_on == later


def test_change_asked_by_the_direct_is_answered_on_the_board(client, firm):
    goal = agreed(firm.eve)
    revising.ask_change(goal, {"behaviour": "Meet three"}, by=firm.eve)
    client.force_login(firm.mia)

    press(client, "Agree")

    goal.refresh_from_db()
    assert goal.behaviour == "Meet three"


def test_confirming_when_one_more_step_came_meanwhile_is_refused(client, firm):
    goal = agreed(firm.eve, measure="dates", parameters={"count": 3})
    reported(goal)
    client.force_login(firm.mia)
    html = client.get("/goals/team/").content.decode()
    do = re.search(r'value="(confirm:[^"]+)"', html)[1]
    reporting.log(goal, clock.today() - timedelta(days=1), "Once more", by=firm.eve, key=uuid.uuid4())

    answer = client.post("/goals/team/act/", {"do": do})

    assert answer.status_code == 409
    assert not Report.objects.filter(state="confirmed").exists()


@pytest.mark.parametrize(
    "do",
    [
        "",
        "agree",
        f"agree:{'-' * 36}:1",
        f"offer:{uuid.UUID(int=7)}:1",
        "agree:x:1",
        "nothing:00000000-0000-0000-0000-000000000000:1",
        "agree:\x00:1",
    ],
)
def test_nonsense_on_the_board_is_no_error_of_ours(client, firm, do):
    client.force_login(firm.mia)

    assert client.post("/goals/team/act/", {"do": do}).status_code in (404, 422)


def test_refused_words_stay_in_their_place(client, firm):
    goal = proposed(firm.eve)
    client.force_login(firm.mia)
    do = f"send_back:{goal.uuid}:{goal.version}"

    answer = client.post("/goals/team/act/", {"do": do, f"words:{do}": "x" * 2001})

    assert answer.status_code == 422
    assert b"x" * 2001 in answer.content
    assert Goal.objects.get(pk=goal.pk).state == "proposed"


def test_manager_of_another_team_cannot_act(client, firm):
    goal = proposed(firm.eve)
    EmployeeFactory(manager=firm.sam)
    client.force_login(firm.sam)

    answer = client.post("/goals/team/act/", {"do": f"agree:{goal.uuid}:{goal.version}"})

    assert answer.status_code == 404
    assert Goal.objects.get(pk=goal.pk).state == "proposed"


def test_offering_page_offers_to_the_whole_team_and_keeps_what_was_typed(client, firm):
    team = [firm.eve, *(EmployeeFactory(manager=firm.mia) for _ in range(2))]
    for direct in team:
        agreed(direct)
    Goal.objects.update(state="withdrawn")
    ideas = [idea("lunch"), idea("rally")]
    client.force_login(firm.mia)
    form = {"uuid": str(uuid.uuid4()), "people": [one.pk for one in team], "ideas": [one.pk for one in ideas]}

    refused = client.post("/goals/team/offer/", form | {"due_on": "2026-02-30", "because": "Kept words"})
    done = [client.post("/goals/team/offer/", form | {"starter": "1"}).status_code for _ in range(2)]

    assert refused.status_code == 422
    assert b"Kept words" in refused.content
    assert done == [302, 302]
    assert Goal.objects.filter(state="offered").count() == 6
    assert {goal.because for goal in Goal.objects.filter(state="offered")} == {
        "Work moves faster between people who know each other: a question is answered, and a favour done, sooner."
    }


def test_nobody_outside_the_team_can_be_chosen(client, firm):
    client.force_login(firm.mia)
    form = {"uuid": str(uuid.uuid4()), "people": [firm.sam.pk], "ideas": [idea("lunch").pk]}
    year()

    assert client.post("/goals/team/offer/", form).status_code == 422
    assert not Goal.objects.exists()


def test_shortlist_is_read_picked_and_asked_to_be_another(client, firm):
    first, second = offered(firm.eve, "One", "Two")
    laid = Offer.objects.get()
    client.force_login(firm.eve)

    page = client.get(f"/goals/shortlist/{laid.uuid}/").content.decode()
    client.post(f"/goals/shortlist/{laid.uuid}/other/")
    client.post(f"/goals/{second.uuid}/move/pick/", {"version": second.version})

    assert "One" in page
    assert "Two" in page
    laid.refresh_from_db()
    assert (laid.other_wanted_at is not None, laid.answered_at is not None) == (True, True)
    assert agreeing.State(Goal.objects.get(pk=second.pk).state) == "active"
    assert Goal.objects.get(pk=first.pk).state == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("people", "x"),
        ("people", "9" * 40),
        ("ideas", "x\x00"),
        ("behaviour", "x" * 301),
        ("behaviour", "a\x00b"),
        ("because", "x" * 4_001),
        ("count", "0"),
        ("count", "two"),
        ("starter", "9"),
        ("measure", "nothing"),
        ("due_on", "1999-01-01"),
        ("uuid", "x"),
    ],
)
def test_offer_that_cannot_be_is_refused(client, firm, field, value):
    client.force_login(firm.mia)
    year()
    form = {"uuid": str(uuid.uuid4()), "people": [firm.eve.pk], "ideas": [idea("lunch").pk]}

    answer = client.post("/goals/team/offer/", form | {field: value})

    assert answer.status_code == 422
    assert not Goal.objects.exists()


def test_six_ideas_at_once_are_one_too_many(client, firm):
    client.force_login(firm.mia)
    year()
    ideas = [idea(key).pk for key in ("lunch", "rally", "deliveries", "charity", "student-group", "own-thing")]

    answer = client.post("/goals/team/offer/", {"uuid": str(uuid.uuid4()), "people": [firm.eve.pk], "ideas": ideas})

    assert answer.status_code == 422
    assert "at most five" in answer.content.decode()


def test_board_and_today_tell_the_same_steps_whatever_counts_and_whatever_year(firm):
    """The demo's shapes: a step that does not count, one more on a goal that is met, one of last year, one asked."""
    tom, ben, kim = (EmployeeFactory(name=name, manager=firm.mia) for name in ("Tom", "Ben", "Kim"))
    agreed(firm.eve, **ONCE)
    met = agreed(tom, **ONCE)
    reporting.confirm(reported(met), 0, by=firm.mia)
    reported(met, "Once more.")
    reported(agreed(firm.eve), "Nobody was met.")
    asked = reported(agreed(ben, **ONCE))
    reporting.ask(asked, "Whom did you meet?", asked.version, by=firm.mia)
    reported(agreed(kim, **ONCE), "Long ago.")
    this_year = year()
    days = {"first_on": this_year.first_on - timedelta(days=365), "last_on": this_year.first_on - timedelta(days=1)}
    last = Year.objects.create(
        name="Last year", **days, agree_by_on=days["first_on"], answer_by_on=days["last_on"] + timedelta(days=14)
    )
    Goal.objects.filter(owner=kim).update(year=last)

    waits = {line for line in lines(firm.mia) if line[1] == WAITS}
    told = {(report.goal.owner.name, WAITS, "1 new") for report in due.report_to_read(clock.today())}

    assert waits == told == {(name, WAITS, "1 new") for name in ("Eve", "Tom", "Kim")}
    assert ("Ben", ON_THEIR_WAY, "Waits for Ben") in lines(firm.mia)
    assert ("Kim", GAP, "Nothing offered") in lines(firm.mia)
    board = board_of(firm.mia, this_year, clock.today())
    assert "Meet two people from other departments at the rally (year Last year)" in [
        line.title for group in board.groups for line in group.lines
    ]


def test_shortlist_beside_a_goal_of_ones_own_is_no_gap(firm):
    offered(firm.eve)
    own = proposed(firm.eve)
    assert lines(firm.mia) == [("Eve", WAITS, "Waits for you"), ("Eve", ON_THEIR_WAY, "Waits for Eve")]
    agreeing.move(own, "agree", by=firm.mia)

    board = board_of(firm.mia, Year.objects.current(), clock.today())

    assert [group.place for group in board.groups] == [ON_THEIR_WAY]
    assert {line.title for line in board.groups[0].lines} == {own.behaviour, "One more goal, if wanted"}


def test_a_goal_is_offered_in_place_and_once_however_often_it_is_sent(client, firm):
    year()
    lunch = idea("lunch")
    clause(firm.eve)
    client.force_login(firm.mia)
    html = client.get("/goals/team/").content.decode()
    do = re.search(r'name="do" value="(offer:[^"]+)"', html)[1]
    said = {"do": do, f"idea:{do}": lunch.pk, f"words:{do}": "Orders get stuck."}

    answers = [client.post("/goals/team/act/", said) for _ in range(8)]

    goal = Goal.objects.get(owner=firm.eve)
    assert {answer.status_code for answer in answers} == {302}
    assert (goal.state, goal.idea, goal.because) == ("offered", lunch, "Orders get stuck.")
    assert [turn.move for turn in goal.turns.all()] == ["offer"]
    assert [entry.verb for entry in Entry.objects.of(goal)] == ["goal.offer"]


def test_offering_in_place_needs_an_idea_and_somebody_of_ones_own(client, firm):
    year()
    lunch = idea("lunch")
    client.force_login(firm.mia)
    strange = f"offer:{uuid.uuid4()}:{firm.sam.pk}"

    assert press(client, "Offer a goal").status_code == 422
    assert press(client, "Offer a goal", idea="999999").status_code == 422
    assert press(client, "Offer a goal", idea="9" * 30).status_code == 422
    assert client.post("/goals/team/act/", {"do": strange, f"idea:{strange}": lunch.pk}).status_code == 404
    assert not Goal.objects.exists()


def test_the_board_names_each_directs_next_one_on_one(client, firm):
    tom = EmployeeFactory(name="Tom", manager=firm.mia)
    sheet = sheet_of(firm.mia, firm.eve)
    client.force_login(firm.mia)

    html = client.get("/goals/team/").content.decode()

    assert html.count(f'href="{sheet.get_absolute_url()}"') == 1
    assert html.count("No one-on-one planned") == 1
    assert coming_with(firm.ada) == coming_with(tom) == {}
    firm.eve.manager = firm.ada  # no longer a pair: nothing of it is said
    firm.eve.save()
    assert coming_with(firm.mia) == {}


@pytest.mark.parametrize("size", [1, 8])
def test_the_next_one_on_ones_are_one_statement_for_any_team(firm, size, django_assert_num_queries):
    for _ in range(size):
        sheet_of(firm.mia, EmployeeFactory(manager=firm.mia))

    with django_assert_num_queries(1):
        coming_with(firm.mia)
