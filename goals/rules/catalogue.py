"""The catalogue: ideas that HR and managers add for their part of the organisation."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from goals.measures import MEASURES
from goals.models import Idea
from journal.rules import record
from journal.versions import save_unchanged
from people.models import Department, Employee


def may_add(user: Employee) -> bool:
    """HR, and whoever leads somebody who works here."""
    return user.is_hr or Employee.objects.working().filter(manager=user).exists()


def places_for(user: Employee, besides: Department | None = None) -> QuerySet[Department]:
    """Departments whose catalogue `user` may add to: all for an HR administrator, those of a partner's part, and those
    in which somebody of one's line works. besides: the one an idea is for already."""
    if user.is_hr_administrator:
        return Department.objects.all()
    part = Q(partner=user) if user.is_hr else Q(pk=None)
    led = Q(people__in=user.lines_down.filter(depth__gt=0).values("below"))
    open_to = Department.objects.filter(part | led).order_by()
    return Department.objects.filter(Q(pk__in=open_to.values("pk")) | Q(pk=besides.pk if besides else None))


def add(fields: dict[str, Any], parameters: dict[str, Any], uuid: UUID, *, by: Employee | None) -> Idea:
    """Put an idea into the catalogue; a second call with the same `uuid` finds the first one's.

    fields: of Idea, with `measure`. parameters: as typed. by: None for the demo. Raises PermissionDenied for whoever
    leads nobody and is not in HR, ValidationError for parameters that the measure does not take, or "not_yours" for a
    department outside one's part.
    """
    if by is not None and not may_add(by):
        raise PermissionDenied
    _is_open_to(by, fields.get("department"))
    found = Idea.objects.filter(uuid=uuid).first()
    if found is not None:
        return _own(found, by)
    clean = MEASURES[fields["measure"]].clean(parameters)
    try:
        with transaction.atomic():
            idea: Idea = Idea.objects.create(uuid=uuid, author=by, parameters=clean, **fields)
            record("idea.add", idea, by=by)
    except IntegrityError:  # the same form, a moment earlier
        return _own(Idea.objects.get(uuid=uuid), by)
    return idea


def revise(
    idea: Idea, fields: dict[str, Any], parameters: dict[str, Any], version: int | None = None, *, by: Employee | None
) -> Idea:
    """Change an idea, or take it out of the catalogue (`is_offered`). Goals made of it stay as they were agreed.

    Returns it refreshed. Raises as add(), and ValidationError("changed_meanwhile"): see journal.versions.
    """
    if by is not None and not Idea.objects.editable_by(by).filter(pk=idea.pk).exists():
        raise PermissionDenied
    if fields.get("department", idea.department) != idea.department:
        _is_open_to(by, fields["department"])
    clean = idea.counting.clean(parameters)
    with transaction.atomic():
        save_unchanged(idea, {**fields, "parameters": clean}, version)
        record("idea.revise", idea, by=by, fields=sorted(fields))
    return idea


def _own(idea: Idea, by: Employee | None) -> Idea:
    """Somebody else's uuid is nobody's to find."""
    if by is not None and idea.author_id != by.pk:
        raise PermissionDenied
    return idea


def _is_open_to(by: Employee | None, department: Department | None) -> None:
    if by is None or by.is_hr_administrator:
        return
    if department is None or not places_for(by).filter(pk=department.pk).exists():
        sentence = _("Choose a department of your part. HR's administrators add ideas for everybody.")
        raise ValidationError({"department": sentence}, "not_yours")
