"""What the tour finds of job descriptions on the day the demo is loaded."""

from datetime import date

from jobs.models import Assignment, Clause, Comment, Reading, Version
from relgoals import demo

TODAY = date(2026, 11, 24)


def almost_everybody_has_one_in_force(world):
    covered = Assignment.objects.held_on(TODAY).values("employee").distinct().count()

    assert covered >= 0.95 * len(world.people)
    assert Assignment.objects.held_on(TODAY).count() == covered


def the_three_statements_are_in_force_in_earth_sciences_and_missing_in_finance(world):
    leila = Clause.objects.covering(world.people["Leila Benali"], TODAY)
    clerk = next(person for person in world.in_department("FIN") if not person.reports.exists())

    assert {"relationships", "improvement", "other_duties"} <= set(leila.values_list("topic", flat=True))
    assert not Clause.objects.covering(clerk, TODAY).filter(topic="relationships").exists()


def the_third_was_refused_answered_and_approved(world):
    clause = Clause.objects.covering(world.people["Leila Benali"], TODAY).get(topic="relationships")
    thread = Clause.objects.filter(identity=clause.identity, rulings__verdict="refused").get()

    assert [ruling.verdict for ruling in thread.rulings.order_by("at")] == ["refused", "approved"]
    assert thread.objections.count() == 1


def every_desk_has_something_on_it(world):
    people = world.people
    hr = Clause.objects.waiting()

    assert Reading.objects.unread().filter(employee=people["Leila Benali"]).count() == 1
    assert {said.author.name for said in Comment.objects.unanswered().filter(author__manager=people["Ana Duarte"])} == {
        "Marcus Oyelaran",
        "Priya Raman",
    }
    assert hr.ruled_by(people["Samir Haddad"]).count() >= 3
    assert hr.ruled_by(people["Ruth Okafor"]).count() >= 15
    assert Version.objects.filter(state="offered", author=people["Ana Duarte"]).count() == 1


def test_the_demo_shows_every_step_of_the_route(db):
    world = demo.build(TODAY)  # once for all four: it takes its seconds

    almost_everybody_has_one_in_force(world)
    the_three_statements_are_in_force_in_earth_sciences_and_missing_in_finance(world)
    the_third_was_refused_answered_and_approved(world)
    every_desk_has_something_on_it(world)
