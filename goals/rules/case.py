"""The case on one page: what a manager writes on it, and handing it on."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goals.due import CASE_HANDED_ON
from goals.models import Goal, TeamCase, Year
from journal import clock
from journal.prepared import asked, first
from journal.rules import record
from journal.versions import save_unchanged
from outbox.rules.sweep import post
from people.models import Employee


def leads(user: Employee) -> bool:
    return bool(asked(lambda user: Employee.objects.working().filter(manager=user).values("pk")[:1], user))


def case_of(manager: Employee, year: Year) -> TeamCase:
    """The manager's case of a year; an empty one, not stored yet, where nothing was written."""
    return first(_written, manager.pk, year.pk) or TeamCase(manager=manager, year=year)


def _written(manager: int, year: int) -> QuerySet[TeamCase]:
    return TeamCase.objects.filter(manager=manager, year=year).select_related("manager__department", "year")


def reasons_of(manager: Employee, year: Year) -> list[str]:
    """The business reasons of the agreed goals of the manager's team, each once."""
    agreed = Goal.objects.agreed().of_year(year).filter(owner__manager=manager).exclude(because="")
    return sorted(set(agreed.order_by().values_list("because", flat=True)))


def write(
    manager: Employee, year: Year, fields: dict[str, Any], version: int | None = None, *, by: Employee | None
) -> TeamCase:
    """Write `words` and `reasons` of the case; the first time makes it.

    Raises PermissionDenied for another's case or without a team, ValidationError("changed_meanwhile").
    """
    _may_write(manager, by)
    with transaction.atomic():
        case, made = TeamCase.objects.get_or_create(manager=manager, year=year, defaults={**fields, "version": 1})
        if not made:
            save_unchanged(case, fields, version)
        record("case.write", case, by=by, fields=sorted(fields))
    return case


def begun(manager: Employee, year: Year, *, by: Employee | None) -> TeamCase:
    """The stored case of a year, made empty where nothing stands on it yet. Raises as write()."""
    _may_write(manager, by)
    with transaction.atomic():
        case, made = TeamCase.objects.get_or_create(manager=manager, year=year, defaults={"version": 1})
        if made:
            record("case.write", case, by=by, fields=[])
    return case


def hand_on(case: TeamCase, *, by: Employee) -> TeamCase:
    """Let those above and HR read it from now on; the manager's own manager is told. Twice tells once."""
    _own(case, by)
    with transaction.atomic():
        moved = TeamCase.objects.filter(pk=case.pk, handed_on_at=None).update(handed_on_at=clock.now())
        case.refresh_from_db()
        if moved:
            entry = record("case.hand_on", case, by=by)
            if by.manager:
                post(CASE_HANDED_ON, by.manager, entry, case=case, by=by)
    return case


def take_back(case: TeamCase, *, by: Employee) -> TeamCase:
    """Nobody but the manager reads it any more."""
    _own(case, by)
    with transaction.atomic():
        if TeamCase.objects.filter(pk=case.pk, handed_on_at__isnull=False).update(handed_on_at=None):
            record("case.take_back", case, by=by)
        case.refresh_from_db()
    return case


def _may_write(manager: Employee, by: Employee | None) -> None:
    if by is not None and (by.pk != manager.pk or not leads(by)):
        raise PermissionDenied


def _own(case: TeamCase, by: Employee) -> None:
    if case.manager_id != by.pk:
        raise PermissionDenied
    if case.pk is None:
        raise ValidationError(_("Write something on it first."), "empty")
