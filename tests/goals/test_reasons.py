import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from goals.models import Reason
from goals.rules.reasons import add_reason, doubt, may_doubt, read_reasons, say, see
from journal.models import Entry
from outbox.models import Notice
from tests.factories_goals import agreed, drafted, offered


def test_reason_added_later_is_dated_and_new_until_the_other_has_read_it(firm):
    goal = agreed(firm.eve)

    reason = add_reason(goal, "Finance moves in January.", by=firm.mia, uuid=uuid.uuid4())
    again = add_reason(goal, "Finance moves in January.", by=firm.mia, uuid=reason.uuid)

    assert again == reason
    assert list(Reason.objects.editable_by(firm.eve)) == [reason]
    assert list(Reason.objects.editable_by(firm.mia)) == []
    assert Notice.objects.filter(kind="goals.moved", recipient=firm.eve).count() == 2  # agreed, and the reason
    assert read_reasons(goal, by=firm.mia) == 0
    assert read_reasons(goal, by=firm.eve) == 1
    reason.refresh_from_db()
    assert reason.read_at


@pytest.mark.parametrize("reader", ["ada", "sam", "hedda"])
def test_nobody_but_the_two_adds_reasons(firm, reader):
    goal = agreed(firm.eve)

    with pytest.raises(PermissionDenied):
        add_reason(goal, "Because I say so.", by=getattr(firm, reader))
    with pytest.raises(PermissionDenied):
        read_reasons(goal, by=getattr(firm, reader))
    assert not Reason.objects.exists()


def test_reason_without_words_is_refused(firm):
    with pytest.raises(ValidationError) as refused:
        add_reason(agreed(firm.eve), " \n ", by=firm.mia)

    assert list(refused.value.message_dict) == ["words"]


def test_owner_who_does_not_see_the_reason_tells_the_manager_once(firm):
    goal = offered(firm.eve)

    for _ in range(2):
        doubt(goal, by=firm.eve)

    assert goal.doubted_at
    assert Notice.objects.filter(kind="goals.moved", recipient=firm.mia).count() == 1
    assert see(goal, by=firm.eve).doubted_at is None


@pytest.mark.parametrize("reader", ["ada", "mia", "sam", "hedda"])
def test_only_the_owner_says_whether_they_see_it(firm, reader):
    goal = offered(firm.eve)

    assert not may_doubt(getattr(firm, reader), goal)
    with pytest.raises(PermissionDenied):
        doubt(goal, by=getattr(firm, reader))


def test_there_is_nothing_to_doubt_before_there_is_a_reason(firm):
    assert not may_doubt(firm.eve, drafted(firm.eve, because=""))


def test_what_is_said_between_the_two_is_not_in_the_history_that_hr_finds(firm):
    goal = agreed(firm.eve)
    before = Entry.objects.of(goal).count()

    add_reason(goal, "Finance moves in January.", by=firm.mia)
    doubt(goal, by=firm.eve)
    say(goal, "ask", "How is it going?", by=firm.mia)

    assert Entry.objects.of(goal).count() == before
    assert goal.turns.filter(move__in=["reason", "doubt", "ask"]).count() == 3
