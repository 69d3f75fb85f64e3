"""People leave, hand over, and come back: the only code that writes Employee.left_on and successor."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from journal.rules import record
from people.models import Employee
from people.rules.line import assign_manager


def leave(employee: Employee, on: date, successor: Employee | None = None, *, by: Employee | None) -> Employee:
    """Note that `on` is somebody's last working day. Returns them, refreshed.

    successor: takes over the direct reports once that day has passed (until then the leaver leads them); without one
    they go to the nearest manager above who works here. Raises ValidationError: "before_joining" for a day before the
    first, "successor" for oneself or somebody who has left, "last" for the last HR administrator.
    """
    if employee.hired_on and on < employee.hired_on:
        raise ValidationError({"left_on": _("The last working day comes after the first one.")}, "before_joining")
    if successor and (successor.pk == employee.pk or not successor.is_active):
        raise ValidationError({"successor": _("Choose somebody else who stays.")}, "successor")
    with transaction.atomic():
        if employee.is_hr_administrator:
            another_administrator_stays(employee)
        Employee.objects.filter(pk=employee.pk).update(left_on=on, successor=successor)
        record("employee.leave", employee, by=by, on=on.isoformat(), successor=successor and successor.pk)
        employee.refresh_from_db()
        if not employee.is_active:
            hand_over(employee, by=by)
    return employee


def hand_over(leaver: Employee, *, by: Employee | None) -> None:
    """Give everybody who still works for `leaver` to whoever takes over. A second run finds nobody to give.

    A successor from below the leaver moves up into the leaver's place first, so that no circle closes.
    """
    above = _nearest_above(leaver)
    heir = leaver.successor if leaver.successor and leaver.successor.is_active else above
    with transaction.atomic():
        if heir and heir != above and leaver.lines_down.filter(below=heir).exists():
            assign_manager(heir, above, by=by)
        for report in leaver.reports.exclude(pk=heir.pk if heir else 0):
            assign_manager(report, heir, by=by)


def _nearest_above(leaver: Employee) -> Employee | None:
    above = Employee.objects.filter(lines_down__below=leaver, lines_down__depth__gt=0).order_by("lines_down__depth")
    return next((boss for boss in above if boss.is_active), None)


def hand_over_due(today: date) -> int:
    """Hand over for everybody whose last day has passed everywhere. Returns for how many; a second run for none."""
    gone = Employee.objects.filter(left_on__lt=today, reports__isnull=False).distinct().order_by("pk")
    leavers = [leaver for leaver in gone.select_related("successor") if not leaver.is_active]
    for leaver in leavers:
        hand_over(leaver, by=None)
    return len(leavers)


def stay(employee: Employee, *, by: Employee | None) -> Employee:
    """Take back a leave that is still to come. Raises ValidationError("moved_on") if there is none (any more)."""
    with transaction.atomic():
        if not employee.is_active or not _take_back(employee):
            raise ValidationError(_("%(name)s is not about to leave.") % {"name": employee}, "moved_on")
        record("employee.stay", employee, by=by)
    employee.refresh_from_db()
    return employee


def come_back(employee: Employee, on: date, manager: Employee | None = None, *, by: Employee | None) -> Employee:
    """Somebody who left works here again from `on`: the same person, the same history. Returns them, refreshed.

    Raises ValidationError: "moved_on" if they have not left, "circle" as assign_manager() does.
    """
    with transaction.atomic():
        if not _take_back(employee, hired_on=on):
            raise ValidationError(_("%(name)s has not left.") % {"name": employee}, "moved_on")
        record("employee.come_back", employee, by=by, on=on.isoformat())
        assign_manager(employee, manager, by=by)
    employee.refresh_from_db()
    return employee


def _take_back(employee: Employee, **fields: date) -> int:
    leavers = Employee.objects.filter(pk=employee.pk).exclude(left_on=None)
    written: int = leavers.update(left_on=None, successor=None, **fields)
    return written


def another_administrator_stays(employee: Employee) -> None:
    """Raises ValidationError("last") if nobody but `employee` administers HR. Call it inside the transaction."""
    administrators = Employee.objects.filter(hr_role=Employee.HRRole.ADMINISTRATOR).select_for_update(no_key=True)
    staying = [each for each in administrators.order_by("pk") if each.pk != employee.pk and each.left_on is None]
    if not staying:
        raise ValidationError(_("Somebody has to administer HR: name another HR administrator first."), "last")
