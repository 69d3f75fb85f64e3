from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal import clock
from journal.models import Entry
from people.models import Employee, Line
from people.rules.joining import give_role, revise
from people.rules.leaving import come_back, hand_over_due, leave, stay
from people.rules.line import assign_manager
from people.tasks import hand_over
from tests.factories import EmployeeFactory
from tests.people.test_line import recomputed, stored


def after(days):
    return clock.today() + timedelta(days=days)


def manager_of(employee):
    return Employee.objects.get(pk=employee.pk).manager


def test_leave_in_the_past_hands_over_to_the_manager_above_at_once(firm):
    leave(firm.mia, after(-2), by=firm.hedda)

    assert manager_of(firm.eve) == firm.ada
    assert not Employee.objects.get(pk=firm.mia.pk).is_active
    assert stored() == recomputed()
    assert Entry.objects.of(firm.mia).first().verb == "employee.leave"


def test_leave_to_come_hands_over_only_once_that_day_has_passed(firm):
    leave(firm.mia, after(10), firm.sam, by=firm.hedda)

    hand_over()
    assert manager_of(firm.eve) == firm.mia
    with clock.at(datetime.now(UTC) + timedelta(days=12)):
        assert hand_over_due(clock.today()) == 1
        assert hand_over_due(clock.today()) == 0
    assert manager_of(firm.eve) == firm.sam
    assert stored() == recomputed()


def test_a_successor_from_below_moves_up_into_the_place(firm):
    ida, jan = EmployeeFactory(name="Ida", manager=firm.eve), EmployeeFactory(name="Jan", manager=firm.mia)

    leave(firm.mia, after(-2), ida, by=firm.hedda)

    assert manager_of(ida) == firm.ada
    assert manager_of(firm.eve) == manager_of(jan) == ida
    assert stored() == recomputed()


def test_hand_over_passes_over_a_manager_above_who_has_left_too(firm):
    leave(firm.ada, after(-3), by=None)
    leave(firm.mia, after(-2), by=None)

    assert manager_of(firm.eve) is None


def test_stay_takes_back_a_leave_to_come_and_nothing_else(firm):
    leave(firm.mia, after(10), firm.sam, by=firm.hedda)

    stay(firm.mia, by=firm.hedda)

    mia = Employee.objects.get(pk=firm.mia.pk)
    assert (mia.left_on, mia.successor) == (None, None)
    with pytest.raises(ValidationError, match="not about to leave"):
        stay(mia, by=firm.hedda)


def test_come_back_is_the_same_person_under_another_manager(firm):
    leave(firm.mia, after(-2), by=firm.hedda)

    back = come_back(firm.mia, after(1), firm.sam, by=firm.hedda)

    assert (back.pk, back.manager, back.left_on, back.hired_on) == (firm.mia.pk, firm.sam, None, after(1))
    assert stored() == recomputed()
    with pytest.raises(ValidationError, match="has not left"):
        come_back(back, after(1), by=firm.hedda)


@pytest.mark.parametrize(
    ("who", "on", "successor", "sentence"),
    [
        ("eve", date(2020, 1, 1), None, "comes after the first"),
        ("mia", date(2030, 1, 1), "mia", "somebody else"),
        ("hedda", date(2030, 1, 1), None, "administer HR"),
    ],
)
def test_leave_is_refused(firm, who, on, successor, sentence):
    Employee.objects.filter(pk=firm.eve.pk).update(hired_on=date(2021, 1, 1))
    leaver = Employee.objects.get(pk=getattr(firm, who).pk)

    with pytest.raises(ValidationError, match=sentence):
        leave(leaver, on, successor and getattr(firm, successor), by=None)

    assert Employee.objects.get(pk=leaver.pk).left_on is None


@pytest.mark.parametrize(("by", "whom"), [("mia", "eve"), ("hedda", "hedda")])
def test_a_role_is_given_by_an_hr_administrator_and_never_to_oneself(firm, by, whom):
    with pytest.raises(PermissionDenied):
        give_role(getattr(firm, whom), "administrator", by=getattr(firm, by))


def test_give_role_keeps_one_administrator(firm):
    give_role(firm.sam, "administrator", by=firm.hedda)
    sam = Employee.objects.get(pk=firm.sam.pk)

    assert give_role(firm.hedda, "", by=sam).hr_role == ""
    with pytest.raises(ValidationError, match="administer HR"):
        leave(sam, after(1), by=None)


def test_revise_refuses_what_somebody_else_changed_meanwhile_and_an_address_in_use(firm):
    revise(firm.eve, {"job_title": "Librarian"}, 0, by=firm.hedda)

    with pytest.raises(ValidationError) as refused:
        revise(firm.eve, {"job_title": "Archivist"}, 0, by=firm.hedda)
    assert refused.value.code == "changed_meanwhile"
    with pytest.raises(ValidationError, match="already"):
        revise(firm.eve, {"email": firm.sam.email.upper()}, 1, by=firm.hedda)

    assert Employee.objects.get(pk=firm.eve.pk).job_title == "Librarian"
    assert [entry.data for entry in Entry.objects.of(firm.eve).filter(verb="employee.revise")] == [
        {"fields": ["job_title"]}
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from("mlb"), st.integers(0, 5), st.none() | st.integers(0, 5)), max_size=12))
def test_any_moves_leaves_and_returns_keep_the_lines_equal_to_recomputed_ones(db, deeds):
    with transaction.atomic():
        people = EmployeeFactory.create_batch(6)
        for deed, one, other in deeds:
            person = Employee.objects.get(pk=people[one].pk)
            second = None if other is None else Employee.objects.get(pk=people[other].pk)
            try:
                if deed == "m":
                    assign_manager(person, second, by=None)
                elif deed == "l":
                    leave(person, after(-2), second, by=None)
                    assert not Employee.objects.filter(manager=person).exists()
                else:
                    come_back(person, after(0), second, by=None)
            except ValidationError:
                pass
            assert stored() == recomputed()
        assert Line.objects.filter(depth=0).count() == Employee.objects.count()
        transaction.set_rollback(True)
