from datetime import timedelta

import pytest

from goals import due
from goals.models import Goal, Offer, Year
from goals.rules import agreeing, offering, revising
from journal import clock
from outbox.models import Notice
from outbox.rules import sweep
from people.models import Employee
from people.rules.leaving import leave
from tests.factories_goals import agreed, offered, proposed, year


def told(kind, today=None):
    """(recipient, occasion's last word) of everything of a kind that is due."""
    rows = kind.due(today or clock.today())
    return sorted((Employee.objects.get(pk=row.recipient_id).name, row.occasion) for row in rows)


def names(kind, today=None):
    return [name for name, _ in told(kind, today)]


def test_whoever_has_fewer_goals_than_asked_is_told_before_and_after_the_day(firm):
    this_year = year()
    by = this_year.agree_by_on

    assert names(due.NOT_CHOSEN, by - timedelta(days=15)) == []
    assert told(due.NOT_CHOSEN, by) == [("Eve", f"{this_year.pk} soon"), ("Mia", f"{this_year.pk} soon")]
    assert told(due.NOT_CHOSEN, by + timedelta(days=1))[0] == ("Eve", f"{this_year.pk} late")
    agreed(firm.eve)
    assert names(due.NOT_CHOSEN, by) == ["Mia"]
    Year.objects.update(minimum=2)
    assert names(due.NOT_CHOSEN, by) == ["Eve", "Mia"]
    Year.objects.update(minimum=0)
    assert names(due.NOT_CHOSEN, by) == []


def test_offer_waits_until_it_is_answered_or_another_is_asked_for(firm):
    goal = offered(firm.eve)

    assert names(due.OFFER_WAITS) == ["Eve"]
    offering.ask_other(Offer.objects.get(), by=firm.eve)
    assert (names(due.OFFER_WAITS), names(due.OTHER_WANTED)) == ([], ["Mia"])
    agreeing.move(goal, "pick", by=firm.eve)
    assert (names(due.OFFER_WAITS), names(due.OTHER_WANTED)) == ([], [])


def test_proposal_waits_for_the_manager_and_comes_back_to_the_owner(firm):
    goal = proposed(firm.eve)

    assert names(due.TO_AGREE) == ["Mia"]
    agreeing.move(goal, "send_back", by=firm.mia, words="How many?")
    assert (names(due.TO_AGREE), names(due.SENT_BACK)) == ([], ["Eve"])


@pytest.mark.parametrize(("asker", "other"), [("eve", "Mia"), ("mia", "Eve")])
def test_change_waits_for_the_other_one(firm, asker, other):
    goal = agreed(firm.eve)
    turn = revising.ask_change(goal, {"behaviour": "Meet three"}, by=getattr(firm, asker))

    assert names(due.CHANGE_WAITS) == [other]
    revising.answer_change(turn, "taken_back", by=getattr(firm, asker))
    assert names(due.CHANGE_WAITS) == []


@pytest.mark.parametrize(
    ("days", "stage"), [(31, None), (30, " 30"), (8, " 30"), (7, " 7"), (2, " 7"), (1, " 1"), (0, " 1"), (-1, None)]
)
def test_goal_is_spoken_of_thirty_seven_and_one_day_before_its_date(firm, days, stage):
    goal = agreed(firm.eve)
    on = clock.today() + timedelta(days=days)
    Goal.objects.filter(pk=goal.pk).update(due_on=on)

    assert told(due.COMING) == ([("Eve", f"{on}{stage}")] if stage else [])
    assert names(due.OVERDUE) == (["Eve"] if days < 0 else [])
    assert names(due.OVERDUE_IN_TEAM) == (["Mia"] if days < 0 else [])


def test_each_stage_is_told_once_and_a_moved_date_anew(firm):
    goal = agreed(firm.eve)
    today = clock.today()
    Goal.objects.filter(pk=goal.pk).update(due_on=today + timedelta(days=7))

    raised = [sweep.sweep(due.COMING, today + timedelta(days=n)) for n in (0, 0, 1, 6, 7)]
    Goal.objects.filter(pk=goal.pk).update(due_on=today + timedelta(days=20))
    raised.append(sweep.sweep(due.COMING, today + timedelta(days=7)))

    assert raised == [1, 0, 0, 1, 0, 1]
    assert Notice.objects.filter(kind="goals.coming").count() == 3


def test_nobody_who_has_left_is_told(firm):
    agreed(firm.eve)
    Goal.objects.update(due_on=clock.today())
    leave(firm.eve, clock.today() - timedelta(days=3), by=firm.hedda)

    assert names(due.COMING) == []


def test_what_is_done_is_not_spoken_of(firm):
    goal = agreed(firm.eve)
    Goal.objects.filter(pk=goal.pk).update(due_on=clock.today() - timedelta(days=1), state="reported", counted=2)

    assert names(due.OVERDUE) == []


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("kind", [due.OVERDUE, due.OVERDUE_IN_TEAM])
def test_nothing_is_told_of_a_year_that_is_over(firm, kind, over):
    this_year = agreed(firm.eve).year
    Goal.objects.update(due_on=this_year.last_on)
    last = max(this_year.last_on, this_year.answer_by_on)

    assert len(names(kind, last + timedelta(days=over))) == (not over)


@pytest.mark.parametrize(
    ("made", "kind"),
    [(proposed, due.TO_AGREE), (agreed, due.OVERDUE), (agreed, due.OVERDUE_IN_TEAM), (offered, due.OFFER_WAITS)],
)
def test_goals_of_whoever_has_left_are_not_told(firm, made, kind):
    made(firm.eve)
    Goal.objects.update(due_on=clock.today() - timedelta(days=9))
    before = len(names(kind))
    leave(firm.eve, clock.today() - timedelta(days=3), by=firm.hedda)

    assert (before, names(kind)) == (1, [])
