from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from goals.models import Claim, Goal
from goals.rules import budget
from journal.models import Entry
from outbox.models import Notice
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


def test_totals_per_team_and_year(uni, lunch):
    second = agreed(uni.pia, parameters={"count": 1}, budget=2000)
    budget.refuse(ask(second), "Too late.", by=uni.mia)
    budget.approve(ask(second, 1250), by=uni.mia)
    ask(lunch, 1999)

    sums = budget.totals(Claim.objects.visible_to(uni.mia), uni.year)

    assert (sums.claimed, sums.approved, sums.paid, sums.together) == (1999, 1250, 0, 3249)
    assert budget.totals(Claim.objects.visible_to(uni.otto), uni.year).together == 0
    assert budget.totals(Claim.objects.visible_to(uni.hedda), uni.year).together == 0
