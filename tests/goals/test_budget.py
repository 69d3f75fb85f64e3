from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from goals.models import Claim, Goal
from goals.money import parts_of, teams_of
from goals.rules import budget
from journal.models import Entry
from outbox.models import Notice
from people.rules.departments import found_department
from tests.factories import EmployeeFactory
from tests.goals.reported import agreed, university

pytestmark = pytest.mark.django_db
State = Claim.State


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def uni():
    return university()


@pytest.fixture
def lunch(uni):
    return agreed(uni.eve, parameters={"count": 1, "elsewhere": True, "peers": True}, budget=2000)


def ask(goal, cents=2000, by=None, key=None):
    return budget.claim(goal, cents, SimpleUploadedFile("r.jpg", b"receipt"), by=by or goal.owner, key=key or uuid4())


def refusal(deed, *args, **fields):
    with pytest.raises(ValidationError) as refused:
        deed(*args, **fields)
    return refused.value


def test_twenty_are_claimed_approved_and_paid_with_all_their_traces(uni, lunch):
    claim = ask(lunch)
    budget.approve(claim, by=uni.mia)
    budget.mark_paid(claim, by=uni.mia)

    assert (claim.state, str(claim), claim.decided_by, claim.paid_by) == (State.PAID, "20.00", uni.mia, uni.mia)
    assert [entry.verb for entry in Entry.objects.of(lunch)] == ["claim.paid", "claim.approved", "claim.claimed"]
    assert list(Notice.objects.values_list("kind", "recipient")) == [("goals.claim_decided", uni.eve.pk)]


def test_one_cent_more_is_refused_with_the_reason(lunch):
    error = refusal(ask, lunch, 2001)

    assert error.messages == ["20.01 is 0.01 over the 20.00 for this goal. Claim 20.00, or ask Mia."]
    assert not Claim.objects.exists()


@pytest.mark.parametrize(("cents", "code"), [(0, "nothing"), (-1, "nothing"), (2001, "too_much"), (10**9, "too_much")])
def test_amounts_that_cannot_be_claimed(lunch, cents, code):
    assert refusal(ask, lunch, cents).code == code


def test_a_goal_without_budget_or_agreement_pays_nothing(uni, lunch):
    assert refusal(ask, agreed(uni.pia)).code == "no_budget"
    Goal.objects.filter(pk=lunch.pk).update(state=Goal.State.WITHDRAWN)
    assert refusal(ask, lunch).code == "not_agreed"


def test_the_same_claim_twice_is_one_and_a_second_one_is_refused(lunch):
    key = uuid4()

    assert ask(lunch, key=key) == ask(lunch, key=key)
    assert refusal(ask, lunch).code == "claimed_already"
    assert Claim.objects.count() == 1


def test_after_a_refusal_it_may_be_claimed_anew(uni, lunch):
    claim = ask(lunch)
    assert refusal(budget.refuse, claim, " ", by=uni.mia).code == "no_reason"

    budget.refuse(claim, "The receipt cannot be read.", by=uni.mia)

    assert ask(lunch, 1850).state == State.CLAIMED


@pytest.mark.parametrize("who", ["eve", "ada", "pia", "otto", "hedda"])
def test_only_the_manager_decides(uni, lunch, who):
    claim = ask(lunch)

    for deed in (budget.approve, budget.mark_paid, lambda claim, by: budget.refuse(claim, "No.", by=by)):
        with pytest.raises(PermissionDenied):
            deed(claim, by=getattr(uni, who))


def test_steps_out_of_order_are_refused(uni, lunch):
    claim = ask(lunch)

    assert refusal(budget.mark_paid, claim, by=uni.mia).code == "moved_on"
    budget.approve(claim, by=uni.mia)
    assert refusal(budget.approve, claim, by=uni.mia).code == "moved_on"
    assert refusal(budget.refuse, claim, "No.", by=uni.mia).code == "moved_on"


def test_only_the_owner_claims(uni, lunch):
    for somebody in (uni.mia, uni.pia, uni.hedda):
        with pytest.raises(PermissionDenied):
            ask(lunch, by=somebody)


def test_totals_by_year_and_team_for_whoever_leads(uni, lunch, django_assert_num_queries):
    second = agreed(uni.pia, parameters={"count": 1}, budget=2000)
    budget.refuse(ask(second), "Too late.", by=uni.mia)
    budget.approve(ask(second, 1250), by=uni.mia)
    ask(lunch, 1999)
    ask(agreed(uni.mia, parameters={"count": 1}, budget=2000), 700)

    with django_assert_num_queries(1):
        seen = teams_of(uni.mia)
    sums = seen[1].sums

    assert [(team.year, team.name, team.people) for team in seen] == [
        (uni.year.name, "You", 1),
        (uni.year.name, "Your team", 2),
    ]
    assert (sums.claimed, sums.approved, sums.paid, sums.together) == (1999, 1250, 0, 3249)
    assert [(team.name, team.sums.together) for team in teams_of(uni.ada)] == [
        ("Your team", 700),
        ("Team of Mia Sand", 3249),
    ]
    assert teams_of(uni.otto) == teams_of(uni.hedda) == []


def a_team(uni, place, leader, size, cents):
    """`size` people of a department under a leader; the first of them has asked `cents` back."""
    team = [EmployeeFactory(department=place, manager=leader) for _ in range(size)]
    if cents:
        ask(agreed(team[0], parameters={"count": 1}, budget=2000), cents)
    return team


def test_hr_reads_sums_by_department_and_team_but_of_fewer_than_five_none(uni, client, django_assert_num_queries):
    big, small, quiet = (EmployeeFactory(name=name, department=None) for name in ("Bea Big", "Sid Small", "Una"))
    library = found_department("Library", "LIB", by=None)
    for leader, size, cents in ((big, 6, 1100), (small, 3, 1300), (quiet, 5, 0)):
        a_team(uni, library, leader, size, cents)

    (part,) = parts_of(uni.hedda, uni.year, [library])

    assert (part.department.people, part.department.sums.together, part.department.hidden) == (14, 2400, "")
    assert [(team.name, team.hidden) for team in part.teams] == [
        ("Team of Bea Big", ""),
        ("Team of Sid Small", "few"),
        ("Team of Una", "beside"),  # or the sum of the department would give the three away
    ]
    client.force_login(uni.hedda)
    page = client.get("/goals/claims/part/").content.decode()
    assert "11.00" in page
    assert "24.00" in page
    assert "13.00" not in page
    for private in ("Lunch", "records clerk", "Records clerk", "rally"):
        assert private not in page
    with django_assert_num_queries(3):
        parts_of(uni.hedda, uni.year, [library, uni.earth])


def test_an_hr_partner_reads_the_sums_of_their_part_alone(uni, client):
    a_team(uni, uni.office, EmployeeFactory(name="Bea Big"), 6, 1100)
    a_team(uni, uni.earth, uni.ada, 6, 1700)
    samir = EmployeeFactory(name="Samir", hr_role="partner")
    uni.office.partner = samir
    uni.office.save()
    client.force_login(samir)

    page = client.get("/goals/claims/part/").content.decode()

    assert "11.00" in page
    assert "17.00" not in page
    assert "28.00" not in page
    client.force_login(uni.mia)
    assert client.get("/goals/claims/part/").status_code == 404
