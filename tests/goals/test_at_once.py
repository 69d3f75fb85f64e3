"""Two at once, on a real database: the same form twice, the same person from two goals, an edge from two colleagues."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from goals.models import Contact, Edge, Encounter, Goal, Report
from goals.rules import reporting
from goals.rules.notebook import Met
from journal import clock
from journal.models import Entry
from tests.goals.reported import agreed, log, university

pytestmark = pytest.mark.django_db(transaction=True)


def together(*deeds):
    """Run the deeds in threads that start as one; what they raised."""
    start, raised = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait()
            deed()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_eight_identical_posts_are_one_step():
    uni = university()
    goal, key = agreed(uni.eve), uuid4()

    raised = together(*[lambda: log(goal, uni.otto, key=key)] * 8)

    goal.refresh_from_db()
    assert raised == []
    assert (Report.objects.count(), Encounter.objects.count(), goal.counted) == (1, 1, 1)
    assert Entry.objects.of(goal).filter(verb="report.log").count() == 1


def test_steps_of_two_goals_at_once_find_one_page_of_the_notebook():
    uni = university()
    goals = [agreed(uni.eve), agreed(uni.eve, "steps", {"count": 2})]

    raised = together(*[lambda goal=goal: log(goal, Met(name="Sam Hill", department=uni.office)) for goal in goals])

    assert raised == []
    assert Contact.objects.count() == 1


def test_an_edge_that_two_colleagues_draw_at_once_counts_both():
    uni = university()
    goals = [agreed(uni.eve), agreed(uni.pia)]

    raised = together(*[lambda goal=goal: log(goal, uni.otto) for goal in goals])

    edge = Edge.objects.get()
    assert raised == []
    assert (edge.contacts, edge.people) == (2, 2)


def test_of_a_confirmation_and_a_change_at_once_one_is_told():
    uni = university()
    goal = agreed(uni.eve)
    report = Report.objects.with_goal().get(pk=log(goal, uni.otto).pk)
    same = Report.objects.with_goal().get(pk=report.pk)

    raised = together(
        lambda: reporting.confirm(report, 0, by=uni.mia),
        lambda: reporting.revise(
            same, {"happened_on": clock.today(), "what": "Lunch"}, [Met(employee=uni.olga)], 0, by=uni.eve
        ),
    )

    goal = Goal.objects.get(pk=goal.pk)
    assert [error.code for error in raised] == ["changed_meanwhile"]
    assert goal.counted == 1
