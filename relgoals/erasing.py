"""Somebody who left, erased: what was theirs alone goes; the journal and what was signed stay under their rule.

docs/privacy.md says what stays, for how long, and why.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conversations.models import Action, Answer, Aspiration, Feed, PrivateNote
from goals.models import Contact, Findable, Tie
from journal import clock
from journal.rules import record
from outbox.models import Notice
from people.models import ERASED, Employee, ImportRow, LinkRequest
from reminders.models import Wishes


def erase(person: Employee, *, by: Employee) -> dict[str, int]:
    """Erase what was a leaver's own: notebook, private notes, reflections, aspirations, sign-in, notices, wishes.

    Name, job and line stay, because the journal and signed appraisals name them. Returns table → rows.
    Raises PermissionDenied if `by` is not an HR administrator, ValidationError("works_here") or ("erased").
    """
    if not by.is_hr_administrator or by.pk == person.pk:
        raise PermissionDenied
    if person.is_active:
        raise ValidationError(_("%(name)s still works here.") % {"name": person}, "works_here")
    with transaction.atomic():
        gone = {"email": f"{person.pk}{ERASED}", "preferred_name": "", "staff_number": None, "theme": ""}
        locked = {"password": "!", "invited_at": None, "last_login": None}
        there = Employee.objects.filter(pk=person.pk).exclude(email__endswith=ERASED)
        if not there.update(**gone, **locked):
            raise ValidationError(_("%(name)s has been erased already.") % {"name": person}, "erased")
        Action.objects.filter(aspiration__owner=person).update(aspiration=None)
        counts = {rows.model._meta.model_name or "": rows.delete()[0] for rows in _theirs_alone(person)}
        nobody = {"employee": None, "name": "", "name_hash": "", "notes": "", "job_title": ""}
        counts["contact"] = Contact.objects.filter(owner=person).update(**nobody, removed_at=clock.now())
        record("employee.erase", person, by=by, **counts)
    person.refresh_from_db()
    return counts


def _theirs_alone(person: Employee) -> list[Any]:
    """Rows that nobody else may read, or that only serve signing in and being reminded."""
    return [
        PrivateNote.objects.filter(author=person),
        Answer.objects.filter(author=person),
        Aspiration.objects.filter(owner=person),
        Feed.objects.filter(owner=person),
        Tie.objects.filter(owner=person),
        Findable.objects.filter(employee=person),
        Authenticator.objects.filter(user=person),
        SocialAccount.objects.filter(user=person),
        Notice.objects.filter(recipient=person),
        Wishes.objects.filter(person=person),
        LinkRequest.objects.filter(email=person.email),
        ImportRow.objects.filter(email=person.email),
    ]
