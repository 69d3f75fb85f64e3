"""Two at once, on a real database: the same form twice, the same person from two goals, an edge from two colleagues."""

import threading
from uuid import uuid4, uuid5

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from goals.models import Contact, Edge, Encounter, Goal, Idea, Reason, Report, Turn
from goals.rules import budget, offering, reasons, reporting, revising
from goals.rules.notebook import Met
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from tests.factories_goals import clause
from tests.goals.reported import agreed, log, this_year, university

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


def test_eight_identical_posts_of_each_form_are_one_row_one_notice_and_one_entry():
    uni, key = university(), uuid4()
    goal, lunch = agreed(uni.eve), agreed(uni.pia, budget=2000)
    words = {"behaviour": "Carry six parcels to other offices", "measure": "steps", "parameters": {"count": 6}}
    receipt = SimpleUploadedFile("r.jpg", b"receipt")

    for deed, rows, verb in (
        (
            lambda: revising.draft(uni.eve, goal.year, words, by=uni.eve, uuid=key),
            Goal.objects.filter(uuid=key),
            "goal.draft",
        ),
        (
            lambda: reasons.add_reason(goal, "Orders get stuck.", by=uni.mia, uuid=key),
            Reason.objects.all(),
            "goal.reason",
        ),
        (
            lambda: reasons.say(goal, "ask", "How is it?", by=uni.mia, uuid=key),
            Turn.objects.filter(move="ask"),
            "goal.ask",
        ),
        (
            lambda: revising.ask_change(goal, {"behaviour": "Meet three"}, by=uni.eve, uuid=uuid5(key, "change")),
            Turn.objects.filter(move="change"),
            "goal.change",
        ),
        (lambda: budget.claim(lunch, 1500, receipt, by=uni.pia, key=key), lunch.claims.all(), "claim.claimed"),
        (
            lambda: offering.offer([uni.eve], [words], goal.year, by=uni.mia, uuid=key),
            Goal.objects.filter(owner=uni.eve, offer__isnull=False),
            "goal.offer",
        ),
    ):
        told, entries = Notice.objects.count(), Entry.objects.filter(verb=verb)

        assert together(*[deed] * 8) == [], verb
        assert (rows.count(), entries.count()) == (1, 1), verb
        assert Notice.objects.count() <= told + 1, verb


def test_of_two_who_change_one_shortlist_at_once_the_later_is_told_and_nothing_is_lost():
    uni = university()
    shapes = [
        {
            "behaviour": f"Meet {n} people",
            "because": "Why",
            "measure": "people",
            "parameters": {"count": n},
            "idea": one,
        }
        for n, one in enumerate((Idea.objects.create(title=t, measure="people", effort="one") for t in "ABC"), 1)
    ]
    year = this_year()
    clause(uni.eve)
    offering.offer([uni.eve], shapes[:1], year, by=uni.mia)
    seen = list(Goal.objects.filter(owner=uni.eve).values_list("pk", flat=True))

    def change(shape):
        return lambda: offering.offer([uni.eve], [shape], year, by=uni.mia, uuid=uuid4(), instead=True, seen=seen)

    raised = together(change(shapes[1]), change(shapes[2]))

    standing = Goal.objects.filter(owner=uni.eve, state="offered")
    assert [error.code for error in raised] == ["changed_meanwhile"]
    assert standing.count() == 1
    assert standing.get().idea in (shapes[1]["idea"], shapes[2]["idea"])


def test_the_page_of_a_shortlist_that_was_changed_meanwhile_keeps_what_was_chosen(client):
    uni = university()
    first, second, third = (Idea.objects.create(title=t, measure="people", effort="one") for t in "ABC")
    clause(uni.eve)
    page, act = f"/goals/team/offer/?for={uni.eve.pk}", {"people": uni.eve.pk}
    this_year()
    client.force_login(uni.mia)
    client.post(page, act | {"uuid": uuid4(), "ideas": first.pk})
    seen = client.get(page).context["form"]["seen"].value()

    there = client.post(page, act | {"uuid": uuid4(), "ideas": second.pk, "seen": seen})
    late = client.post(page, act | {"uuid": uuid4(), "ideas": third.pk, "seen": seen})

    assert (there.status_code, late.status_code) == (302, 409)
    assert [row["idea"] for row in late.context["form"].rows() if row["is_ticked"]] == [third]
    assert "Meanwhile Eve was given this to choose from: B." in late.content.decode()
    assert Goal.objects.get(owner=uni.eve, state="offered").idea == second
    again = act | {"uuid": uuid4(), "ideas": third.pk, "seen": late.context["form"]["seen"].value()}
    assert client.post(page, again).status_code == 302
    assert Goal.objects.get(owner=uni.eve, state="offered").idea == third
