import contextlib
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Department, DepartmentLine
from people.rules.departments import found_department, revise_department
from tests.factories import EmployeeFactory


def stored():
    return set(DepartmentLine.objects.values_list("above", "below", "depth"))


def recomputed():
    parent = dict(Department.objects.values_list("pk", "parent"))
    lines = set()
    for below in parent:
        above, depth = below, 0
        while above:
            lines.add((above, below, depth))
            above, depth = parent[above], depth + 1
    return lines


def partners_recomputed():
    rows = {row.pk: row for row in Department.objects.all()}

    def named(row):
        return row.hr_partner_id or (named(rows[row.parent_id]) if row.parent_id else None)

    return {pk: named(row) for pk, row in rows.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 4), st.none() | st.integers(0, 4), st.none() | st.integers(0, 1)), max_size=10
    )
)
def test_any_changes_keep_tree_and_partners_equal_to_recomputed_ones(db, changes):
    with transaction.atomic():
        partners = EmployeeFactory.create_batch(2, hr_role="partner")
        parts = [found_department(f"D{n}", f"D{n}", by=None) for n in range(5)]
        for which, parent, partner in changes:
            fields = {
                "parent": None if parent is None else parts[parent],
                "hr_partner": None if partner is None else partners[partner],
            }
            with contextlib.suppress(ValidationError):  # a circle
                revise_department(Department.objects.get(pk=parts[which].pk), fields, by=None)
            assert stored() == recomputed()
            assert dict(Department.objects.values_list("pk", "partner")) == partners_recomputed()
        transaction.set_rollback(True)


def test_a_partner_works_in_hr(firm):
    with pytest.raises(ValidationError, match="does not work in HR"):
        found_department("Library", "L", by=None, hr_partner=firm.sam)


def test_an_old_version_is_refused(firm):
    part = found_department("Library", "L", by=None)
    revise_department(part, {"name": "Books"}, 0, by=firm.hedda)

    with pytest.raises(ValidationError) as refused:
        revise_department(part, {"name": "Reading"}, 0, by=firm.hedda)

    assert refused.value.code == "changed_meanwhile"
    assert Department.objects.get().name == "Books"


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_never_close_a_circle():
    start, outcomes = threading.Barrier(2, timeout=10), []

    def hang(part, parent):
        start.wait()
        try:
            revise_department(part, {"parent": parent}, by=None)
            outcomes.append("moved")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    for turn in range(5):
        one, two = (found_department(f"{turn}{n}", f"{turn}{n}", by=None) for n in "ab")
        threads = [threading.Thread(target=hang, args=pair) for pair in [(one, two), (two, one)]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(outcomes) == ["moved"] * 5 + ["refused"] * 5
    assert stored() == recomputed()


def test_history_of_a_department_is_for_hr_of_the_part(client, firm):
    hugo = EmployeeFactory(name="Hugo", hr_role="partner")
    place = found_department("Library", "LIB", by=firm.hedda, hr_partner=firm.hedda)
    shown = {}
    for reader in (firm.hedda, hugo, firm.eve):
        client.force_login(reader)
        shown[reader.name] = "What happened" in client.get(place.get_absolute_url()).content.decode()

    assert shown == {"Hedda": True, "Hugo": False, "Eve": False}
