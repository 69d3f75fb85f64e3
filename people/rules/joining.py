"""Who works here: people come, and their record and their part in HR change. Leaving is people.rules.leaving."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from journal.rules import record
from journal.versions import save_unchanged
from people.models import Employee, Line
from people.rules.leaving import another_administrator_stays
from people.rules.line import assign_manager

OWN = frozenset({"preferred_name", "time_zone", "language", "theme"})
Role = Employee.HRRole


def join(name: str, email: str, manager: Employee | None = None, *, by: Employee | None, **fields: Any) -> Employee:
    """Welcome somebody: the only code that makes an Employee. They cannot sign in before they set a password.

    fields: any other field of Employee's record (department, job_title, hired_on …). Raises ValidationError("taken")
    if the e-mail or the staff number is somebody's already.
    """
    with transaction.atomic():
        employee = Employee(name=name, email=email.lower(), **fields)
        employee.set_unusable_password()
        _save_if_free(employee)
        Line.objects.create(above=employee, below=employee, depth=0)
        record("employee.join", employee, by=by)
        return assign_manager(employee, manager, by=by) if manager else employee


def revise(employee: Employee, fields: dict[str, Any], version: int | None = None, *, by: Employee | None) -> Employee:
    """Change somebody's record as HR keeps it. Returns them, refreshed.

    fields: columns of the record; not the manager, the last day, nor the role in HR, which have rules of their own.
    Raises ValidationError: "changed_meanwhile" (see journal.versions) or "taken".
    """
    if "email" in fields:
        fields = fields | {"email": fields["email"].lower()}
    with transaction.atomic():
        before = Employee.objects.get(pk=employee.pk)  # `employee` may hold what a form has already put into it
        changed = sorted(name for name, value in fields.items() if getattr(before, name) != value)
        try:
            with transaction.atomic():
                save_unchanged(employee, fields, version)
        except IntegrityError as error:
            raise _taken() from error
        record("employee.revise", employee, by=by, fields=changed)
    return employee


def settle_in(employee: Employee, fields: dict[str, Any]) -> Employee:
    """One's own wishes: what one is called, the time zone, the language, light or dark. Returns them, refreshed."""
    if not fields.keys() <= OWN:
        raise PermissionDenied
    with transaction.atomic():
        Employee.objects.filter(pk=employee.pk).update(**fields)
        record("employee.settle_in", employee, by=employee, fields=sorted(fields))
    employee.refresh_from_db()
    return employee


def give_role(employee: Employee, role: str, *, by: Employee) -> Employee:
    """Say what part somebody has in HR. Returns them, refreshed.

    Only an HR administrator does it, nobody for themselves. Raises PermissionDenied, ValidationError("last") if nobody
    would be left to administer HR, and ValidationError("still_partner") while they are the partner of departments.
    """
    if not by.is_hr_administrator or by.pk == employee.pk:
        raise PermissionDenied
    with transaction.atomic():
        if employee.is_hr_administrator and role != Role.ADMINISTRATOR:
            another_administrator_stays(employee)
        if not role and employee.partner_named_in.exists():
            raise ValidationError(_("Name another HR partner for their departments first."), "still_partner")
        Employee.objects.filter(pk=employee.pk).update(hr_role=role)
        record("employee.give_role", employee, by=by, role=role)
    employee.refresh_from_db()
    return employee


def _save_if_free(employee: Employee) -> None:
    try:
        with transaction.atomic():
            employee.save()
    except IntegrityError as error:
        raise _taken() from error


def _taken() -> ValidationError:
    return ValidationError(_("Somebody here has this e-mail address or staff number already."), "taken")
