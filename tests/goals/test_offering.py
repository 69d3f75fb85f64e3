import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from goals.models import Goal, Offer
from goals.rules import agreeing, offering
from goals.rules.offering import ask_other, of_idea, offer
from journal.models import Entry
from tests.factories import EmployeeFactory
from tests.factories_goals import BECAUSE, clause, idea, year

State = Goal.State
KEYS = ["lunch", "rally", "building", "students", "deliveries", "charity"]


@pytest.fixture
def team(firm):
    """Mia leads Eve and Tom; a clause covers both."""
    tom = EmployeeFactory(name="Tom", manager=firm.mia)
    clause(firm.eve)
    clause(tom)
    return [firm.eve, tom]


def ideas(*keys):
    return [of_idea(idea(key, title=f"Do {key}"), BECAUSE) for key in keys]


def test_shortlist_is_offered_to_each_of_many_at_once(firm, team):
    done = offer(team, ideas("lunch", "rally"), year(), by=firm.mia)

    found = Goal.objects.order_by("owner", "pk").values_list("owner", "behaviour", "state", "author")
    each = [("Do lunch", "offered", firm.mia.pk), ("Do rally", "offered", firm.mia.pk)]
    assert list(found) == [(direct.pk, *goal) for direct in team for goal in each]
    assert (done.offered, done.drafts) == (team, [])
    assert Offer.objects.open().count() == 2
    assert all(goal.clause.topic == "relationships" for goal in Goal.objects.all())
    assert Entry.objects.filter(verb="goal.offer").count() == 4


def test_the_same_form_sent_twice_offers_once(firm, team):
    form = uuid.uuid4()

    for _ in range(2):
        offer(team, ideas("lunch", "rally"), year(), by=firm.mia, uuid=form)

    assert Goal.objects.count() == 4


def test_what_is_offered_already_is_not_offered_again(firm, team):
    offer(team, ideas("lunch"), year(), by=firm.mia)

    offer(team, ideas("lunch", "rally"), year(), by=firm.mia)

    assert Goal.objects.filter(owner=firm.eve).count() == 2


def test_more_than_five_are_refused_for_everybody(firm, team):
    offer(team[:1], ideas(*KEYS[:3]), year(), by=firm.mia)

    with pytest.raises(ValidationError, match="Eve has 3 already"):
        offer(team, ideas(*KEYS[3:], "other"), year(), by=firm.mia)
    with pytest.raises(ValidationError):
        offer(team[1:], ideas(*KEYS), year(), by=firm.mia)

    assert Goal.objects.count() == 3


def test_changed_shortlist_takes_the_place_of_the_old_one(firm, team):
    offer(team[:1], ideas("lunch", "rally"), year(), by=firm.mia)
    ask_other(Offer.objects.get(), by=firm.eve)

    offer(team[:1], ideas("rally", "charity"), year(), by=firm.mia, instead=True)

    standing = Goal.objects.filter(state=State.OFFERED).values_list("behaviour", flat=True)
    assert sorted(standing) == ["Do charity", "Do rally"]
    assert Offer.objects.get().other_wanted_at is None


def test_without_a_clause_it_stays_a_draft_that_both_see(firm):
    done = offer([firm.eve], ideas("lunch"), year(), by=firm.mia)

    goal = Goal.objects.get()
    assert (done.drafts, goal.state) == ([firm.eve], State.DRAFT)
    assert goal in Goal.objects.visible_to(firm.eve)
    assert "pick" not in agreeing.moves_open_to(firm.eve, goal)


@pytest.mark.parametrize("reader", ["ada", "eve", "sam", "hedda"])
def test_only_the_manager_of_all_of_them_offers(firm, team, reader):
    with pytest.raises(PermissionDenied):
        offer(team, ideas("lunch"), year(), by=getattr(firm, reader))

    assert not Goal.objects.exists()


def test_nobody_or_nothing_is_refused(firm, team):
    for directs, goals in (([], ideas("lunch")), (team, [])):
        with pytest.raises(ValidationError) as refused:
            offer(directs, goals, year(), by=firm.mia)
        assert refused.value.code == "none"


def test_another_of_equal_weight_is_asked_for_without_a_word_in_the_goal(firm, team):
    offer(team[:1], ideas("lunch"), year(), by=firm.mia)
    laid, goal = Offer.objects.get(), Goal.objects.get()
    before = Entry.objects.of(goal).count(), goal.turns.count()

    for _ in range(2):
        ask_other(laid, by=firm.eve)

    assert laid.other_wanted_at
    assert (Entry.objects.of(goal).count(), goal.turns.count()) == before
    assert Entry.objects.filter(verb="offer.ask_other").count() == 1
    with pytest.raises(PermissionDenied):
        ask_other(laid, by=firm.mia)


def test_asking_for_another_once_one_was_picked_is_too_late(firm, team):
    offer(team[:1], ideas("lunch"), year(), by=firm.mia)
    agreeing.move(Goal.objects.get(), "pick", by=firm.eve)

    with pytest.raises(ValidationError) as refused:
        ask_other(Offer.objects.get(), by=firm.eve)

    assert refused.value.code == "moved_on"


@pytest.mark.parametrize("size", [1, 8])
def test_offering_asks_as_much_of_the_database_per_person_for_any_team(firm, size, django_assert_max_num_queries):
    team = [EmployeeFactory(manager=firm.mia) for _ in range(size)]
    goals = ideas("lunch")
    this_year = year()

    with django_assert_max_num_queries(12 + 14 * size):
        offering.offer(team, goals, this_year, by=firm.mia)
