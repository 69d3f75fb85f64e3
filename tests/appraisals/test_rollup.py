"""The SQL says what scoring.py says, for ten thousand people at once; and it is safe to run again."""

import random
from datetime import timedelta

import pytest

from appraisals import rollup
from appraisals.models import Appraisal, Changed, Criterion, Rating, Score, Section, SectionScore
from appraisals.rules import rolling
from appraisals.rules import schemes as rules
from appraisals.scoring import Goals, Rated, minimum_for, overall, relationship, section
from goals.models import Changed as ChangedCount
from goals.models import Goal
from journal import clock
from people.models import Employee
from tests.factories import EmployeeFactory
from tests.factories_appraisals import a_goal, a_scheme, a_year, appraisal_of, criteria, goal_criterion
from tests.factories_jobs import clause_in_force

pytestmark = pytest.mark.django_db


def people(count, first=1):
    rows = [Employee(name=f"Person {n}", email=f"p{n}@many.example") for n in range(first, first + count)]
    Employee.objects.bulk_create(rows, batch_size=1000)
    return list(Employee.objects.filter(email__endswith="@many.example").order_by("pk"))


def by_hand(appraisal, sections, ratings, goals, today):
    """What scoring.py makes of one appraisal: ({section: (weight, score, facts)}, Total)."""
    year, found = appraisal.scheme.year, {}
    for part in sections:
        listed = part.criteria_list
        mine = {c.pk: ratings.get((appraisal.pk, c.pk)) for c in listed}
        if part.kind == Section.Kind.RELATIONSHIP:
            override = mine[listed[0].pk]
            points = override.points if override else None
            facts = False
            if points is None:
                points, facts = _from_goals(appraisal, goals.get(appraisal.employee_id, []), today), True
            result = section([Rated(100, points, facts)])
        else:
            rows = [(c, mine[c.pk]) for c in listed]
            result = section(Rated(c.weight, r and r.points, bool(r and r.on_facts)) for c, r in rows)
        weight = part.weight_for(appraisal.leads, year.share_percent)
        found[part.pk] = (weight, result.score, result.facts)
    return found, overall(found.values())


def _from_goals(appraisal, goals, today):
    year = appraisal.scheme.year
    agreed = [g for g in goals if g.state in Goal.AGREED]
    count = (lambda g: g.counted) if today > year.answer_by_on else (lambda g: g.confirmed)
    offered = any(g.handed_on_at and g.state != "withdrawn" for g in goals)
    met = sum(count(g) >= g.target for g in agreed)
    counts = Goals(offered, len(agreed), any(count(g) for g in agreed), met)
    minimum = minimum_for(year.minimum, appraisal.part)
    return relationship(counts, minimum, today > year.agree_by_on, appraisal.scheme.ladder)


def fill(scheme, dice, goal_clause):
    """Random ratings and goals for every appraisal of the scheme, written in bulk."""
    year = scheme.year
    appraisals = list(Appraisal.objects.filter(scheme=scheme).order_by("pk"))
    for appraisal in appraisals:
        appraisal.leads, appraisal.part = dice.random() < 0.2, dice.choice([10_000, 10_000, 5_000, 4_999, 3_333])
        appraisal.state = dice.choice(["open", "self_review", "review", "calibration", "shared"])
    Appraisal.objects.bulk_update(appraisals, ["leads", "part", "state"], batch_size=500)
    listed = list(Criterion.objects.filter(section__scheme=scheme).select_related("section"))
    ratings, goals, by = [], [], appraisals[0].employee
    for appraisal in appraisals:
        chance = dice.choice([0, 0.1, 0.5, 0.9, 1])
        for criterion in listed:
            if dice.random() < (0.1 if criterion.source == "goals" else chance):
                points = dice.choice([None, 100, 150, 200, 250, 300, 350, 400, 450, 500])
                ratings.append(
                    Rating(appraisal=appraisal, criterion=criterion, points=points, on_facts=dice.random() < 0.5, by=by)
                )
        for _ in range(dice.choice([0, 0, 1, 1, 2, 4])):
            state = dice.choice(["draft", "offered", "active", "reported", "confirmed", "withdrawn"])
            target = dice.randint(1, 3)
            counted = dice.randint(0, 4)
            agreed = state in Goal.AGREED
            goals.append(
                Goal(
                    owner_id=appraisal.employee_id, year=year, author_id=appraisal.employee_id, behaviour="Meets two",
                    because="They answer.", measure="people", clause=goal_clause, state=state, target=target,
                    counted=counted, confirmed=dice.randint(0, counted), due_on=year.last_on,
                    handed_on_at=None if state == "draft" else clock.now(), agreed_at=clock.now() if agreed else None,
                )
            )  # fmt: skip
    Rating.objects.bulk_create(ratings, batch_size=1000)
    Goal.objects.bulk_create(goals, batch_size=1000)


def expected(scheme, today):
    sections = list(scheme.sections.prefetch_related("criteria"))
    for part in sections:
        part.criteria_list = list(part.criteria.all())
    ratings = {(r.appraisal_id, r.criterion_id): r for r in Rating.objects.all()}
    goals = {}
    for goal in Goal.objects.filter(year=scheme.year):
        goals.setdefault(goal.owner_id, []).append(goal)
    rows = Appraisal.objects.filter(scheme=scheme).select_related("scheme__year").order_by("pk")
    return {a.pk: by_hand(a, sections, ratings, goals, today) for a in rows}


def stored(scheme):
    sections = SectionScore.objects.filter(appraisal__scheme=scheme)
    parts = {(s.appraisal_id, s.section_id): (s.weight, s.score, s.facts) for s in sections}
    totals = {s.pk: (s.total, s.facts, s.weight) for s in Score.objects.filter(appraisal__scheme=scheme)}
    return parts, totals


def assert_equal(scheme, today):
    parts, totals = stored(scheme)
    for pk, (sections, total) in expected(scheme, today).items():
        for number, cell in sections.items():
            assert parts.get((pk, number), (cell[0], None, None)) == cell, (pk, number)
        assert totals.get(pk, (None, None, 0)) == (total.total, total.facts, total.weight), pk


@pytest.fixture
def clause(firm):
    firm.eve.department = None
    return clause_in_force(firm.mia, firm.eve)


@pytest.fixture
def scheme(clause):
    return a_scheme(a_year(minimum=1))


@pytest.mark.parametrize("days", [-300, 10], ids=["within the year", "after all its days"])
def test_ten_thousand_random_cases_equal_scoring(scheme, clause, days, monkeypatch):
    people(5_000)
    started = type(scheme).objects.get(pk=scheme.pk)
    started = rules.start(started, by=None)
    dice = random.Random(days)
    fill(started, dice, clause)
    monkeypatch.setattr(rolling, "SLICE", 1_500)
    today = started.year.last_on + timedelta(days=days)

    rolling.work_on(rolling.ask(started, by=None), today)

    assert Score.objects.count() == Appraisal.objects.count() > 5_000
    assert_equal(started, today)


def test_second_run_changes_nothing_and_only_what_changed_is_scored(firm, scheme, clause):
    scheme = rules.start(scheme, by=None)
    fill(scheme, random.Random(1), clause)
    today = clock.today()
    scope = rollup.Scope(scheme, 0, 10**9)
    rollup.roll(scope, today)

    again = rollup.roll(scope, today)

    assert again == 0
    appraisal = appraisal_of(scheme, firm.eve)
    criterion = criteria(scheme)[0]
    Rating.objects.update_or_create(
        appraisal=appraisal, criterion=criterion, defaults={"points": 100, "by": firm.mia, "on_facts": True}
    )
    Changed.objects.create(appraisal=appraisal)
    assert rolling.roll_changed(scheme, today) == 1
    assert Changed.objects.count() == 0
    assert_equal(scheme, today)


def test_changed_count_of_a_goal_is_scored(firm, scheme, clause):
    scheme = rules.start(scheme, by=None)
    today = clock.today()
    goal = a_goal(firm.eve, scheme.year, clause, target=2)
    rollup.roll(rollup.Scope(scheme, 0, 10**9), today)
    Goal.objects.filter(pk=goal.pk).update(counted=2, confirmed=2)
    ChangedCount.objects.create(owner=firm.eve, year=scheme.year)

    rolling.roll_changed(scheme, today)

    appraisal = appraisal_of(scheme, firm.eve)
    assert Score.objects.get(pk=appraisal.pk).total == 300
    assert ChangedCount.objects.count() == 0
    assert_equal(scheme, today)


def test_signed_scores_stay(firm, scheme, clause):
    scheme = rules.start(scheme, by=None)
    appraisal = appraisal_of(scheme, firm.eve, "signed")
    Score.objects.create(appraisal=appraisal, total=444, facts=0, weight=5, frozen=True)
    a_goal(firm.eve, scheme.year, clause, counted=1, confirmed=1)

    rolling.work_on(rolling.ask(scheme, by=None), clock.today())
    rolling.roll_one(appraisal, clock.today())

    assert Score.objects.get(pk=appraisal.pk).total == 444
    assert not SectionScore.objects.filter(appraisal=appraisal).exists()


def test_roll_asked_twice_is_one_and_a_killed_one_goes_on(firm, scheme, monkeypatch):
    people(20)
    scheme = rules.start(scheme, by=None)
    monkeypatch.setattr(rolling, "SLICE", 7)
    first = rolling.ask(scheme, by=firm.hedda)

    assert rolling.ask(scheme, by=firm.hedda) == first
    assert rolling._one_slice(first, clock.today())  # and then the worker is gone
    first.refresh_from_db()
    assert (first.done, first.finished_at) == (7, None)

    rolling.tick()

    first.refresh_from_db()
    scheme.refresh_from_db()
    assert first.done == first.people == Score.objects.count() == Appraisal.objects.count()
    assert first.finished_at
    assert scheme.rolled_on == clock.today()
    assert scheme.aggregated_at


def test_statements_do_not_grow_with_people(scheme, django_assert_num_queries):
    people(5)
    scheme = rules.start(scheme, by=None)
    today = clock.today()
    with django_assert_num_queries(4):
        rollup.roll(rollup.Scope(scheme, 0, 10**9), today)
    people(50, first=6)
    rules.coverage.cover(scheme)
    with django_assert_num_queries(4):
        rollup.roll(rollup.Scope(scheme, 0, 10**9), today)


def test_override_of_the_relationship_section_wins_and_is_judgement(firm, scheme, clause):
    scheme = rules.start(scheme, by=None)
    a_goal(firm.eve, scheme.year, clause, counted=1, confirmed=1)
    appraisal = appraisal_of(scheme, firm.eve)
    Rating.objects.create(
        appraisal=appraisal, criterion=goal_criterion(scheme), points=500, words="Much more", by=firm.mia
    )

    rollup.roll(rollup.Scope(scheme, ids=(appraisal.pk,)), clock.today())

    row = SectionScore.objects.get(appraisal=appraisal, section__kind="relationship")
    assert (row.computed, row.score, row.facts, row.weight) == (300, 50_000, 0, 5)


def test_everybody_covered_once(firm, scheme):
    scheme = rules.start(scheme, by=None)
    EmployeeFactory(name="Nora")

    assert rules.coverage.cover(scheme) == 1
    assert rules.coverage.cover(scheme) == 0
