import random
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.models import Entry
from people.models import Employee, Line
from people.rules.line import assign_manager
from tests.factories import EmployeeFactory


def stored():
    return set(Line.objects.values_list("above", "below", "depth"))


def recomputed():
    """Every line, walked upwards from each person by `manager` alone."""
    manager = dict(Employee.objects.values_list("pk", "manager"))
    lines = set()
    for below in manager:
        above, depth = below, 0
        while above:
            lines.add((above, below, depth))
            above, depth = manager[above], depth + 1
    return lines


def test_assign_manager_takes_everybody_below_along(firm):
    assign_manager(firm.mia, firm.sam, by=firm.hedda)

    firm.mia.refresh_from_db()
    assert firm.mia.manager == firm.sam
    assert stored() == recomputed()
    assert set(firm.sam.lines_down.values_list("below__name", "depth")) == {("Sam", 0), ("Mia", 1), ("Eve", 2)}
    entry = Entry.objects.get(verb="employee.assign_manager", actor=firm.hedda)
    assert entry.data == {"manager": firm.sam.pk}


@pytest.mark.parametrize("people", [1, 6])
def test_assign_manager_costs_the_same_for_any_number_of_people(firm, people, django_assert_num_queries):
    EmployeeFactory.create_batch(people, manager=firm.eve)

    with django_assert_num_queries(9):  # savepoint and its end, lock, circle?, cut, hang, write, history, refresh
        assign_manager(firm.mia, firm.sam, by=firm.hedda)

    assert stored() == recomputed()


@pytest.mark.parametrize("who", ["mia", "eve"])
def test_assign_manager_refuses_a_circle(firm, who):
    before = stored()

    with pytest.raises(ValidationError, match="other way round"):
        assign_manager(firm.mia, getattr(firm, who), by=firm.hedda)

    assert stored() == before


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6)), max_size=15))
def test_any_moves_keep_the_lines_equal_to_recomputed_ones(db, moves):
    with transaction.atomic():
        people = EmployeeFactory.create_batch(7)

        for mover, manager in moves:
            circle = manager is not None and (people[manager].pk, people[mover].pk) in {
                (below, above) for above, below, _ in recomputed()
            }
            try:
                assign_manager(people[mover], None if manager is None else people[manager], by=None)
            except ValidationError:
                assert circle
            else:
                assert not circle
            assert stored() == recomputed()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_never_close_a_circle():
    start, outcomes = threading.Barrier(2, timeout=10), []

    def put(employee, manager):
        start.wait()
        try:
            assign_manager(employee, manager, by=None)
            outcomes.append("moved")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    for _ in range(10):
        one, two = EmployeeFactory.create_batch(2)
        threads = [threading.Thread(target=put, args=pair) for pair in [(one, two), (two, one)]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(outcomes) == ["moved"] * 10 + ["refused"] * 10
    assert stored() == recomputed()


@pytest.mark.django_db(transaction=True)
def test_many_moves_at_once_keep_a_forest_whose_stored_lines_equal_recomputed_ones():
    people = EmployeeFactory.create_batch(8)
    start = threading.Barrier(4, timeout=10)
    broken = []

    def stir(seed):
        moves = random.Random(seed)
        start.wait()
        try:
            for _ in range(8):
                one, other = moves.sample(people, 2)
                try:
                    assign_manager(Employee.objects.get(pk=one.pk), moves.choice([other, other, None]), by=None)
                except ValidationError:
                    continue  # a circle
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=stir, args=[seed]) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert broken == []
    assert stored() == recomputed()  # recomputed() would not end in a circle
