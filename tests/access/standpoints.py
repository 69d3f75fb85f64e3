"""One company with everybody who could ask: `company.direct` is Eve, and everything in the matrix is hers."""

from datetime import timedelta
from types import SimpleNamespace

from journal import clock
from people.models import Employee
from people.rules.departments import found_department
from people.rules.leaving import leave
from people.rules.line import assign_manager
from tests.factories import EmployeeFactory

STANDPOINTS = (
    "signed_out",
    "direct",
    "peer",
    "manager",
    "managers_manager",
    "other_manager",
    "former_manager",
    "hr_in_scope",
    "hr_out_of_scope",
    "hr_administrator",
    "machine_administrator",
    "leaver",
)


def found_company():
    """Ada leads Mia, Mia leads Eve (direct) and Pia (peer); Frida led Eve until now; Omar leads Otto, elsewhere.

    Hanna is the HR partner of Eve's department, Hugo that of Otto's, Hedda administers HR, Max runs the machine and has
    no part in HR. Lea worked beside Eve and left yesterday; her session is still there.
    """
    hanna = EmployeeFactory(name="Hanna Ritter", email="hanna@example.org", hr_role="partner")
    hugo = EmployeeFactory(name="Hugo Lang", email="hugo@example.org", hr_role="partner")
    near = found_department("Library", "LIB", by=None, hr_partner=hanna)
    far = found_department("Physics", "PHY", by=None, hr_partner=hugo)
    ada = EmployeeFactory(name="Ada Berg", email="ada@example.org", department=near)
    frida = EmployeeFactory(name="Frida Holm", email="frida@example.org", department=near, manager=ada)
    mia = EmployeeFactory(name="Mia Sand", email="mia@example.org", department=near, manager=ada)
    eve = EmployeeFactory(name="Eve Lind", email="eve@example.org", department=near, manager=frida)
    company = SimpleNamespace(
        near=near,
        far=far,
        signed_out=None,
        direct=eve,
        peer=EmployeeFactory(name="Pia Moor", email="pia@example.org", department=near, manager=mia),
        manager=mia,
        managers_manager=ada,
        other_manager=EmployeeFactory(name="Omar Haidar", email="omar@example.org", department=far),
        former_manager=frida,
        hr_in_scope=hanna,
        hr_out_of_scope=hugo,
        hr_administrator=EmployeeFactory(name="Hedda Quist", email="hedda@example.org", hr_role="administrator"),
        machine_administrator=EmployeeFactory(name="Max Roth", email="max@example.org", is_superuser=True),
        leaver=EmployeeFactory(name="Lea Wirth", email="lea@example.org", department=near, manager=mia),
    )
    company.elsewhere = EmployeeFactory(
        name="Otto Vogel", email="otto@example.org", department=far, manager=company.other_manager
    )
    return company


def change_manager(company):
    """Frida hands Eve over to Mia. Rows of the two from before are made in an app's build_before()."""
    company.direct = assign_manager(company.direct, company.manager, by=company.hr_administrator)


def part(company):
    """Once every app has built its rows: Lea's last day passes, and everybody is as a request finds them."""
    leave(company.leaver, clock.today() - timedelta(days=2), by=company.hr_administrator)
    for standpoint in STANDPOINTS:
        if reader := getattr(company, standpoint):
            setattr(company, standpoint, Employee.objects.for_reader().get(pk=reader.pk))
