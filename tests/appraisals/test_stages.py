"""Every (stage, move, standpoint): offered moves are exactly the accepted ones, illegal ones change nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from appraisals.models import Appraisal, Changed, Passage, Rating, Signature
from appraisals.rules import signing, stages
from journal.models import Entry
from outbox.models import Notice
from people.rules.departments import found_department
from people.rules.leaving import leave
from tests.factories import EmployeeFactory
from tests.factories_appraisals import appraisal_of, criteria

pytestmark = pytest.mark.django_db
State = Appraisal.State

# who may take which move at which stage; what stands nowhere is refused
ALLOWED = {
    "begin": ({"open"}, {"manager", "hr", "partner"}),
    "hand_in": ({"self_review"}, {"self"}),
    "go_on": ({"self_review"}, {"manager", "hr", "partner"}),
    "give_back": ({"review"}, {"manager"}),
    "hand_on": ({"review"}, {"manager"}),
    "take_back": ({"calibration"}, {"manager", "above", "hr", "partner"}),
    "share": ({"calibration"}, {"manager", "hr", "partner"}),
    "recall": ({"shared"}, {"hr", "partner"}),
    "sign": ({"shared"}, {"self"}),
    "close": ({"shared"}, {"hr", "partner"}),
    "lock": ({"signed"}, {"hr", "partner"}),
    "reopen": ({"signed", "locked"}, {"hr", "partner"}),
}
DAY = timedelta(days=1)
READERS = ("self", "manager", "above", "hr", "partner", "peer", "other_partner")


@pytest.fixture
def readers(firm, round_):
    partner = EmployeeFactory(name="Hanna", hr_role="partner")
    other = EmployeeFactory(name="Hugo", hr_role="partner")
    near = found_department("Library", "LIB", by=None, hr_partner=partner)
    found_department("Physics", "PHY", by=None, hr_partner=other)
    type(firm.eve).objects.filter(pk=firm.eve.pk).update(department=near)
    return {
        "self": firm.eve, "manager": firm.mia, "above": firm.ada, "hr": firm.hedda, "partner": partner,
        "peer": firm.sam, "other_partner": other,
    }  # fmt: skip


def step(appraisal, name, by):
    if name == "sign":
        return signing.sign(appraisal, by=by)
    if name == "close":
        return signing.close(appraisal, "Has left the country.", by=by)
    if name == "reopen":
        return signing.reopen(appraisal, "A figure was wrong.", by=by)
    return stages.move(appraisal, name, by=by, words="Because of the move of offices.")


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", stages.MOVES)
def test_move(firm, round_, readers, on, state, name):
    appraisal = appraisal_of(round_, firm.eve)
    Passage.objects.create(appraisal=appraisal, side="self", words="My year.", by=firm.eve)
    Rating.objects.create(appraisal=appraisal, criterion=criteria(round_)[0], points=300, by=firm.mia)
    sources, by = ALLOWED[name]
    found = {}

    for who in READERS:
        with transaction.atomic():
            found[who] = attempt(appraisal_of(round_, firm.eve, state), name, readers[who], on(round_.sign_by_on + DAY))
            transaction.set_rollback(True)

    legal = {who: state in sources and who in by for who in READERS}
    assert found == {who: (yes, yes) for who, yes in legal.items()}


def attempt(appraisal, name, reader, later):
    """Whether the move was offered and whether it was accepted; a refused one must have changed nothing."""
    version, state = appraisal.version, appraisal.state
    with later:
        offered = name in stages.moves_open_to(reader, appraisal)
        try:
            step(appraisal, name, reader)
            accepted = True
        except (PermissionDenied, ValidationError):
            accepted = False
    stored = Appraisal.objects.get(pk=appraisal.pk)
    noted = Entry.objects.filter(verb=f"appraisal.{name}", actor=reader).count()
    if not accepted:
        assert (stored.state, stored.replaced_at, stored.version, noted) == (state, None, version, 0)
    else:
        assert noted == 1
        assert name == "reopen" or stored.state == stages.MOVES[name].target
    return offered, accepted


def test_moves_of_the_table_are_all_of_them():
    assert set(ALLOWED) == set(stages.MOVES)
    assert {name: set(move.sources) for name, move in stages.MOVES.items()} == {n: s for n, (s, _) in ALLOWED.items()}


def test_manager_shares_only_from_the_day_on(firm, round_, on):
    appraisal = appraisal_of(round_, firm.eve, "calibration")

    with on(round_.share_on - timedelta(days=1)):
        assert "share" not in stages.moves_open_to(firm.mia, appraisal)
        assert "share" in stages.moves_open_to(firm.hedda, appraisal)
        with pytest.raises(PermissionDenied):
            stages.move(appraisal, "share", by=firm.mia)
    with on(round_.share_on):
        assert "share" in stages.moves_open_to(firm.mia, appraisal)


def test_going_on_without_them_waits_for_the_day_or_a_leaver(firm, round_, on):
    appraisal = appraisal_of(round_, firm.eve, "self_review")

    with on(round_.review_on - timedelta(days=1)):
        assert "go_on" not in stages.moves_open_to(firm.mia, appraisal)
        leave(firm.eve, round_.review_on + timedelta(days=3), by=firm.hedda)
        appraisal.employee.refresh_from_db()
        assert "go_on" in stages.moves_open_to(firm.mia, appraisal)


def test_closing_waits_for_the_last_day_for_signing(firm, round_, on):
    appraisal = appraisal_of(round_, firm.eve, "shared")

    with on(round_.sign_by_on):
        assert "close" not in stages.moves_open_to(firm.hedda, appraisal)


@pytest.mark.parametrize(
    ("name", "state", "words"), [("hand_in", "self_review", "written"), ("hand_on", "review", "rated")]
)
def test_handing_over_wants_something(firm, round_, name, state, words):
    appraisal = appraisal_of(round_, firm.eve, state)
    by = firm.eve if name == "hand_in" else firm.mia

    with pytest.raises(ValidationError, match=words):
        stages.move(appraisal, name, by=by)

    assert Appraisal.objects.get(pk=appraisal.pk).state == state


def test_step_that_wants_words_is_refused_without(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "calibration")

    with pytest.raises(ValidationError) as refused:
        stages.move(appraisal, "take_back", by=firm.mia, words="  ")

    assert list(refused.value.message_dict) == ["words"]


def test_form_opened_before_a_step_is_told(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "calibration")
    seen = Appraisal.objects.get(pk=appraisal.pk)
    stages.move(appraisal, "share", by=firm.hedda)

    with pytest.raises(ValidationError) as refused:
        stages.move(seen, "share", by=firm.hedda)

    assert refused.value.code == "moved_on"
    assert Entry.objects.filter(verb="appraisal.share").count() == 1


def test_given_back_is_told(firm, round_):
    appraisal = appraisal_of(round_, firm.eve, "review")

    stages.move(appraisal, "give_back", by=firm.mia, words="Say more about the rally.")

    told = Notice.objects.get(kind="appraisals.given_back")
    assert told.recipient == firm.eve
    assert "rally" not in str(told.context)
    assert Changed.objects.filter(appraisal=appraisal).exists()


def test_self_reviews_begin_on_their_day_and_signed_ones_are_locked(firm, round_, on):
    everybody = Appraisal.objects.filter(scheme=round_).count()

    assert stages.begin_due(round_.self_review_on - timedelta(days=1)) == 0
    assert stages.begin_due(round_.self_review_on) == everybody
    assert stages.begin_due(round_.self_review_on) == 0
    signed = appraisal_of(round_, firm.eve, "shared")
    with on(round_.share_on):
        signing.sign(signed, by=firm.eve)
    assert stages.lock_due(round_.lock_on - timedelta(days=1)) == 0
    assert stages.lock_due(round_.lock_on) == 1
    assert stages.lock_due(round_.lock_on) == 0
    assert Appraisal.objects.get(pk=signed.pk).state == "locked"


def test_share_all_shares_what_waits_and_is_ones_own_to_share(firm, round_):
    appraisal_of(round_, firm.eve, "calibration")
    appraisal_of(round_, firm.hedda, "calibration")
    appraisal_of(round_, firm.sam, "review")

    shared = stages.share_all(Appraisal.objects.filter(scheme=round_), by=firm.hedda)

    assert shared == 1
    assert [a.employee for a in Appraisal.objects.filter(state="shared")] == [firm.eve]
    assert not Signature.objects.exists()
