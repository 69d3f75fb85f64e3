"""Whom one has met: the notebook's pages, and what the person met may ask for."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goals.alike import alike
from goals.facts import Person
from goals.models import Contact, Encounter
from goals.querysets.reports import EncounterQuerySet
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from people.models import Department, Employee
from people.sealed import fingerprint, fingerprints, mark_of


@dataclass(frozen=True)
class Met:
    """A person met, as the form of a step says it.

    employee: a colleague found in the directory, whose department and job are taken from there. name: what one typed
    for the notebook. earlier: somebody already in it. notes: added to the notebook's.
    """

    employee: Employee | None = None
    name: str = ""
    department: Department | None = None
    job_title: str = ""
    shares_name: bool = False
    earlier: Contact | None = None
    notes: str = ""


def contact_for(owner: Employee, met: Met) -> Contact:
    """The page of `owner`'s notebook for the person met, a new one if there is none: so the same person counts once.

    The same is: the same colleague, the same name, or whom the owner picked. Somebody without a name is new. Call it
    in the transaction of the deed, with the goal locked. Raises ValidationError("oneself").
    """
    if met.employee and met.employee.pk == owner.pk:
        raise ValidationError(_("That is you. Name the person you met."), "oneself")
    contact = _known(owner, met) or Contact(owner=owner)
    _fill(contact, met)
    contact.save()
    return contact


def as_person(owner: Employee, met: Met) -> Person:
    """`met` as counting would see them, without writing anything."""
    known = _known(owner, met)
    place = met.employee or met
    elsewhere = None if place.department is None else place.department.pk != owner.department_id
    department = place.department.pk if place.department else None
    return Person("next", known.pk if known else None, elsewhere, department, alike(owner.job_title, place.job_title))


def note(contact: Contact, fields: dict[str, str], version: int, *, by: Employee) -> Contact:
    """Write one's own notes. The journal does not hear of it: the notebook is nobody else's.

    fields: notes. Raises PermissionDenied for anybody but the owner, ValidationError("changed_meanwhile").
    """
    if contact.owner_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        save_unchanged(contact, {"notes": fields["notes"]}, version)
    return contact


def recorded_of(person: Employee) -> EncounterQuerySet:
    """What colleagues recorded of having met `person`, newest first: theirs to read."""
    return Encounter.objects.about(person)


def remove_name(encounter: Encounter, *, by: Employee) -> None:
    """The person met has their name taken out of the notebook of whoever recorded them. What was counted stays.

    Every step in which the same colleague recorded them is meant. Raises PermissionDenied for anybody else.
    """
    contact = encounter.contact
    if contact.employee_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        Contact.objects.filter(pk=contact.pk, employee=by).update(
            employee=None,
            name="",
            person_hash=fingerprint(mark_of(by.pk)),
            removed_at=clock.now(),
        )
        contact.encounters.update(shares_name=False)
        record("report.remove_name", encounter.report.goal, by=None, on=encounter.happened_on.isoformat())


def tidy(contacts: set[int]) -> None:
    """Forget those of these pages that no step and no note needs any more."""
    for contact in Contact.objects.filter(pk__in=contacts, encounters=None):
        if not contact.notes:
            contact.delete()


def _known(owner: Employee, met: Met) -> Contact | None:
    mine = Contact.objects.filter(owner=owner)
    if met.employee:
        marks = fingerprints(mark_of(met.employee.pk))
        found = mine.filter(employee=met.employee).first() or mine.filter(person_hash__in=marks).first()
        return found or mine.filter(employee=None, name_hash__in=fingerprints(met.employee.name)).first()
    if met.earlier and (not met.name or met.earlier.name_hash in fingerprints(met.name)):
        return met.earlier
    if not met.name:
        return None
    same = mine.filter(name_hash__in=fingerprints(met.name)).order_by("employee", "pk").first()
    return same or _renamed(met)


def _renamed(met: Met) -> Contact | None:
    """A page that only this step uses gets the other name: somebody mends a slip of the pen."""
    earlier = met.earlier
    if earlier and not earlier.employee_id and earlier.encounters.count() <= 1:
        return earlier
    return None


def _fill(contact: Contact, met: Met) -> None:
    place = met.employee or met
    contact.department, contact.job_title = place.department, place.job_title
    if met.employee and not contact.removed_at:
        contact.employee, contact.name = met.employee, met.employee.name
    elif met.name and not contact.employee_id and not contact.removed_at:
        contact.name = met.name
    if not contact.removed_at:
        contact.name_hash = fingerprint(contact.name) if contact.name else ""
    if met.notes:
        contact.notes = f"{contact.notes}\n{met.notes}".strip()
