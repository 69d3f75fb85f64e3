from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from goals.models import Changed, Goal, Turn
from goals.rules import agreeing, revising
from goals.rules.agreeing import MOVES, move, moves_open_to
from journal.models import Entry
from outbox.models import Notice
from tests.factories_goals import RALLY, agreed, at_state, drafted, offered, proposed
from tests.factories_jobs import move as hand_over

State = Goal.State
READERS = ["ada", "mia", "eve", "sam", "hedda"]


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("reader", READERS)
def test_offered_moves_are_the_accepted_moves(firm, state, reader):
    user = getattr(firm, reader)
    for name in MOVES:
        goal = at_state(state, firm.eve)
        open_now = name in moves_open_to(user, goal)
        try:
            move(goal, name, by=user, words="Because.")
            accepted = True
        except (PermissionDenied, ValidationError):
            accepted = False
        assert accepted == open_now, name
        Goal.objects.filter(pk=goal.pk).update(state=State.WITHDRAWN)
        goal.offer and type(goal.offer).objects.filter(pk=goal.offer_id).update(answered_at=goal.begun_at)


EXPECTED = {
    ("eve", "draft"): {"propose", "withdraw"},
    ("eve", "offered"): {"pick"},
    ("eve", "proposed"): {"take_back", "withdraw"},
    ("eve", "sent_back"): {"propose", "withdraw"},
    ("mia", "offered"): {"take_off"},
    ("mia", "proposed"): {"agree", "send_back"},
}


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("reader", READERS)
def test_moves_open_in_each_state(firm, state, reader):
    goal = at_state(state, firm.eve)

    assert set(moves_open_to(getattr(firm, reader), goal)) == EXPECTED.get((reader, state), set())


def test_agree_leaves_all_its_traces(firm):
    goal = proposed(firm.eve)

    move(goal, "agree", by=firm.mia)

    turn = Turn.objects.get(goal=goal, move="agree")
    entry = Entry.objects.of(goal).first()
    notice = Notice.objects.get(kind="goals.moved", recipient=firm.eve)
    assert (goal.state, goal.agreed_at is not None) == (State.ACTIVE, True)
    assert (entry.verb, entry.actor, entry.data) == ("goal.agree", firm.mia, {"turn": turn.pk})
    assert notice.about == entry.pk
    assert list(Changed.objects.values_list("owner", "year")) == [(firm.eve.pk, goal.year_id)]


def test_pick_answers_the_shortlist_and_withdraws_the_others(firm):
    first, second, third = offered(firm.eve, "One", "Two", "Three")

    move(second, "pick", by=firm.eve)

    states = {goal.pk: goal.state for goal in Goal.objects.all()}
    assert states == {first.pk: State.WITHDRAWN, second.pk: State.ACTIVE, third.pk: State.WITHDRAWN}
    assert second.offer.__class__.objects.get().answered_at


def test_goal_without_reason_is_not_agreed_and_says_so(firm):
    goal = proposed(firm.eve, because="")

    with pytest.raises(ValidationError, match="business reason") as refused:
        move(goal, "agree", by=firm.mia)

    assert refused.value.code == "missing"
    assert goal.state == State.PROPOSED
    assert "agree" not in moves_open_to(firm.mia, goal)
    revising.complete(goal, by=firm.mia, because="Orders get stuck.")
    assert move(goal, "agree", by=firm.mia).state == State.ACTIVE


def test_goal_without_clause_stays_a_draft_that_both_see_until_there_is_one(firm):
    goal = revising.draft(firm.eve, at_state("draft", firm.eve).year, dict(RALLY), by=firm.eve)

    move(goal, "propose", by=firm.eve)

    assert goal.state == State.DRAFT
    assert goal in Goal.objects.visible_to(firm.mia)
    assert agreeing.missing(goal) == {"clause": "No clause yet: this goal stays a draft."}
    clause = revising.covering([firm.eve])[firm.eve.pk][0]
    assert revising.complete(goal, by=firm.mia, clause=clause).state == State.PROPOSED


def test_send_back_keeps_the_reason_and_the_old_words(firm):
    goal = proposed(firm.eve)

    with pytest.raises(ValidationError) as refused:
        move(goal, "send_back", by=firm.mia, words="  ")
    move(goal, "send_back", by=firm.mia, words="Say how many.")
    revising.revise(goal, {"behaviour": "Meet three people"}, by=firm.eve)
    move(goal, "propose", by=firm.eve)

    turn = Turn.objects.get(move="send_back")
    assert list(refused.value.message_dict) == ["words"]
    assert (turn.words, turn.before["behaviour"]) == ("Say how many.", RALLY["behaviour"])
    assert goal.state == State.PROPOSED
    assert goal.behaviour == "Meet three people"


def test_owner_who_changes_what_was_offered_proposes_it(firm):
    first, second = offered(firm.eve, "One", "Two")

    revising.revise(first, {"behaviour": "One, by May"}, by=firm.eve)

    second.refresh_from_db()
    turn = Turn.objects.get(move="revise")
    assert (first.state, first.author, second.state) == (State.PROPOSED, firm.eve, State.WITHDRAWN)
    assert (turn.before, turn.after) == ({"behaviour": "One"}, {"behaviour": "One, by May"})
    assert set(moves_open_to(firm.mia, first)) == {"agree", "send_back"}


def test_manager_who_changes_what_was_proposed_offers_it(firm):
    goal = proposed(firm.eve)

    revising.revise(goal, {"parameters": {"count": 3}}, by=firm.mia)

    assert (goal.state, goal.author, goal.target) == (State.OFFERED, firm.mia, 3)
    assert move(goal, "pick", by=firm.eve).state == State.ACTIVE


def test_agree_to_words_that_changed_meanwhile_is_refused(firm):
    goal = proposed(firm.eve)
    seen = goal.version
    revising.revise(goal, {"behaviour": "Something else"}, by=firm.eve)

    with pytest.raises(ValidationError) as refused:
        move(goal, "agree", by=firm.mia, seen=seen)

    assert refused.value.code == "moved_on"
    assert Goal.objects.get().state == State.PROPOSED


def test_former_manager_has_no_moves(firm):
    goal = proposed(firm.eve)

    hand_over(firm.eve, firm.sam)
    goal = Goal.objects.get(pk=goal.pk)

    assert moves_open_to(firm.mia, goal) == {}
    assert set(moves_open_to(firm.sam, goal)) == {"agree", "send_back"}
    assert list(Goal.objects.visible_to(firm.mia)) == []


@pytest.mark.parametrize(("asker", "other"), [("eve", "mia"), ("mia", "eve")])
def test_change_of_an_agreed_goal_needs_both(firm, asker, other):
    goal = agreed(firm.eve)
    asker, other = getattr(firm, asker), getattr(firm, other)

    turn = revising.ask_change(goal, {"behaviour": "Meet three", "parameters": {"count": 3}}, by=asker, words="Busy.")
    goal.refresh_from_db()
    assert (goal.behaviour, goal.target) == (RALLY["behaviour"], 2)
    with pytest.raises(PermissionDenied):
        revising.answer_change(turn, "agreed", by=asker)
    with pytest.raises(ValidationError):
        revising.ask_change(goal, {"behaviour": "Another"}, by=other)
    revising.answer_change(turn, "agreed", by=other)

    goal.refresh_from_db()
    assert (goal.behaviour, goal.target, goal.state) == ("Meet three", 3, State.ACTIVE)
    assert turn.before["behaviour"] == RALLY["behaviour"]
    with pytest.raises(ValidationError):
        revising.answer_change(turn, "declined", by=other)


def test_change_that_is_declined_or_taken_back_changes_nothing(firm):
    goal = agreed(firm.eve)

    for answer, by in (("declined", firm.mia), ("taken_back", firm.eve)):
        turn = revising.ask_change(goal, {"behaviour": "Meet nobody"}, by=firm.eve)
        revising.answer_change(turn, answer, by=by, words="No.")

    goal.refresh_from_db()
    assert (goal.behaviour, goal.version) == (RALLY["behaviour"], goal.version)
    assert [turn.answer for turn in Turn.objects.filter(move="change")] == ["declined", "taken_back"]


def test_withdrawal_of_an_agreed_goal_needs_both_and_keeps_its_history(firm):
    goal = agreed(firm.eve)
    before = Turn.objects.count()

    turn = revising.ask_change(goal, {"state": "withdrawn"}, by=firm.mia, words="The rally is off.")
    goal.refresh_from_db()
    assert goal.state == State.ACTIVE
    revising.answer_change(turn, "agreed", by=firm.eve)

    goal.refresh_from_db()
    assert (goal.state, goal.withdrawn_at is not None) == (State.WITHDRAWN, True)
    assert Turn.objects.count() == before + 2
    assert goal in Goal.objects.visible_to(firm.mia)


def test_draft_is_its_authors_alone(firm):
    mine, managers = drafted(firm.eve), drafted(firm.eve, by=firm.mia)

    assert list(Goal.objects.visible_to(firm.eve)) == [mine]
    assert list(Goal.objects.visible_to(firm.mia)) == [managers]
    assert list(Goal.objects.visible_to(firm.ada)) == []
    assert moves_open_to(firm.mia, mine) == {}


def test_more_than_the_maximum_is_not_agreed(firm):
    first = agreed(firm.eve)
    first.year.__class__.objects.update(maximum=1)
    goal = proposed(firm.eve)
    goal.year.refresh_from_db()

    with pytest.raises(ValidationError, match="1 goals are the most"):
        move(goal, "agree", by=firm.mia)


def test_somebody_below_nobody_agrees_with_themselves(firm):
    clause_free = Goal(owner=firm.ada, author=firm.ada, state=State.PROPOSED, because="x", year=proposed(firm.eve).year)

    assert "agree" not in moves_open_to(firm.ada, clause_free)
    assert agreeing.OWNER_ALONE in agreeing.standpoints(firm.ada, clause_free)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_pick_different_goals_and_one_is_told(firm):
    first, second = offered(firm.eve, "One", "Two")
    refused, start = [], Barrier(2)

    def pick(pk):
        try:
            goal = Goal.objects.select_related("owner__manager", "year").get(pk=pk)
            start.wait()
            move(goal, "pick", by=firm.eve)
        except ValidationError as error:
            refused.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=pick, args=[goal.pk]) for goal in (first, second)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert refused == ["moved_on"]
    assert sorted(Goal.objects.values_list("state", flat=True)) == ["active", "withdrawn"]
