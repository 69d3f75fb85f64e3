"""Who may sign in, and with which password: invitations, links that set one, and what is told about them.

A link is signed, names its purpose, and is dead as soon as the password, the last sign-in or the invitation is another.
No token is stored anywhere: it is made when the mail leaves (people.due).
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare
from django.utils.timezone import now  # noqa: TID251 links and requests are about machines
from django.utils.translation import gettext as _

from journal import clock
from journal.origin import coming_from, origin
from journal.rules import record
from outbox.rules import post
from people.due import LINK, SIGN_IN_CHANGED
from people.links import mark_of, read_token
from people.models import Employee, LinkRequest
from people.querysets import EmployeeQuerySet
from people.rules.joining import join

PATIENCE = timedelta(hours=1)  # a request older than this is no longer expected


class Linked(NamedTuple):
    """Whose link it was, and what for."""

    employee: Employee
    purpose: str


def invite(people: EmployeeQuerySet, *, by: Employee | None) -> int:
    """Send an invitation to those of `people` who have never signed in and whose record is `by`'s to keep.

    A second one replaces the first. `by` is None for a command.

    Two statements and a sweep for any number of people (people.due.invitations raises the mails). Returns how many.
    """
    with transaction.atomic():
        moment = clock.now()
        waiting = people.never_signed_in()
        pks = (waiting.editable_by(by) if by else waiting).order_by().values("pk")
        count: int = Employee.objects.filter(pk__in=pks).update(invited_at=moment)
        if count:
            _record_invitations(moment, by)
    return count


def _record_invitations(moment: datetime, by: Employee | None) -> None:
    stored = connection.ops.adapt_datetimefield_value(moment)
    data = "CAST('{}' AS jsonb)" if connection.vendor == "postgresql" else "'{}'"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (at, actor_id, verb, subject, origin, data)"  # noqa: S608 both are ours
            f" SELECT %s, %s, 'employee.invite', 'people.employee:' || id, %s, {data}"
            " FROM people_employee WHERE invited_at = %s ORDER BY id",
            [stored, by.pk if by else None, origin(), stored],
        )


def ask_for_link(email: str) -> None:
    """Note that somebody wants to set a password. Looks at nobody: see LinkRequest."""
    LinkRequest.objects.create(email=email.strip().lower()[:254], origin=origin())


def answer_requests() -> int:
    """Send a link to everybody who asked for one and may sign in. Returns to how many; a second run to nobody."""
    sent = 0
    for request in LinkRequest.objects.all()[:500]:
        with transaction.atomic():
            taken, _each = LinkRequest.objects.filter(pk=request.pk).delete()
            person = Employee.objects.working().filter(email=request.email).first() if taken else None
            if person and person.may_sign_in and request.asked_at > now() - PATIENCE:
                with coming_from(request.origin):
                    entry = record("employee.ask_link", person, by=None)
                    post(LINK, person, entry, person=person)
                sent += 1
    return sent


def owner_of(token: str) -> Linked:
    """Whom a link belongs to. Raises ValidationError("link") for one that was used, replaced, altered or is too old."""
    try:
        pk, purpose, mark = read_token(token)
    except (signing.BadSignature, ValueError) as error:
        raise _dead() from error
    person = Employee.objects.filter(pk=pk).first()
    if person is None or not person.is_active or not constant_time_compare(mark, mark_of(person, purpose)):
        raise _dead()
    return Linked(person, purpose)


def set_password_by_link(token: str, password: str) -> Employee:
    """Set the password of whom the link belongs to; every link and every session of theirs ends.

    Raises ValidationError: "link" (see owner_of), or what the password validators say.
    """
    with transaction.atomic():
        person = owner_of(token).employee
        validate_password(password, person)
        stood = person.password
        person.set_password(password)
        if not Employee.objects.filter(pk=person.pk, password=stood).update(password=person.password):
            raise _dead()  # two at once: the first one has used the link
        told(person, "employee.set_password")
    return person


def set_password(person: Employee, password: str) -> None:
    """One's own, signed in. Other sessions end by themselves: each holds a hash of the password it began with."""
    with transaction.atomic():
        person.set_password(password)
        Employee.objects.filter(pk=person.pk).update(password=person.password)


def told(person: Employee, verb: str) -> None:
    """Record a change of how somebody signs in, and tell them by mail: if it was not they, they should know."""
    with transaction.atomic():
        entry = record(verb, person, by=person)
        post(SIGN_IN_CHANGED, person, entry, person=person, deed=entry)


def first_account(name: str, email: str, *, machine: bool = False) -> Employee:
    """The first person of an installation: an HR administrator or, with `machine`, whoever runs the machine.

    The same address again is the same person, as long as they have not signed in. Raises ValidationError("not_first")
    where somebody holds that post already.
    """
    holds = {"is_superuser": True} if machine else {"hr_role": Employee.HRRole.ADMINISTRATOR}
    with transaction.atomic():
        known = Employee.objects.filter(email=email.lower(), **holds).first()
        if Employee.objects.filter(**holds).exclude(pk=known.pk if known else 0).exists():
            raise ValidationError(_("Somebody holds this post already; they invite the others."), "not_first")
        if known and known.last_login:
            raise ValidationError(_("They have signed in already."), "not_first")
        person = known or join(name, email, by=None, **holds)
        invite(Employee.objects.filter(pk=person.pk), by=None)
    person.refresh_from_db()
    return person


def _dead() -> ValidationError:
    return ValidationError(_("This link has been used, replaced by a newer one, or is too old."), "link")
