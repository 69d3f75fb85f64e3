import pytest
from django.core.management import CommandError, call_command

from people.models import Department, DepartmentLine, Employee
from tests.people.test_line import recomputed, stored


def test_a_big_organisation_has_true_lines_and_full_departments(db):
    call_command("seed_scale", people=700, verbosity=0)

    assert Employee.objects.count() == 700
    assert stored() == recomputed()
    assert not Employee.objects.filter(department=None).exists()
    assert DepartmentLine.objects.filter(depth=0).count() == Department.objects.count()
    assert Employee.objects.exclude(pk=1).filter(manager=None).count() == 0


def test_a_database_with_people_is_left_as_it_is(firm):
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_scale", people=10)

    assert Employee.objects.count() == 5
