"""How people want to be told: what leaves now, what waits for the morning or the summary, what stays in the bell."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now as real_now  # noqa: TID251 not_before is about machines
from django.utils.translation import gettext as _

from journal.rules import record
from outbox.kinds import Kind
from outbox.mail import EVERYTHING, read_stop
from outbox.models import LEASE, Notice
from people.models import Employee
from reminders.hours import Hours
from reminders.models import Wishes
from reminders.rules.kinds import KINDS

State = Notice.State
How = Wishes.How


def plan(notice: Notice, kind: Kind, moment: datetime) -> tuple[State, datetime] | None:
    """When a notice leaves: None is now, else the state in which it waits and until when."""
    if kind.urgent:
        return None
    wishes = getattr(notice.recipient, "wishes", None)
    how = wishes.how(kind) if wishes else How.AT_ONCE
    hours = hours_of(notice.recipient)
    if how == How.OFF:
        return State.KEPT, moment
    if wishes and how == How.DAILY:
        return State.DIGEST, hours.next_at(moment, wishes.digest_hour)
    if wishes and how == How.WEEKLY:
        return State.DIGEST, hours.next_at(moment, wishes.digest_hour, wishes.digest_day)
    opens = hours.opens(moment)
    return None if opens == moment else (State.OPEN, opens)


def hours_of(person: Employee) -> Hours:
    wishes = getattr(person, "wishes", None)
    return wishes.hours(person.time_zone) if wishes else Hours(person.time_zone)


def revise(person: Employee, fields: dict[str, Any], *, by: Employee) -> Wishes:
    """Write somebody's own wishes; what waits for them is planned anew. fields: any of Wishes'.

    Raises PermissionDenied for anybody else's, ValidationError("always") for a kind that cannot be switched off.
    """
    if by.pk != person.pk:
        raise PermissionDenied
    for name, how in fields.get("kinds", {}).items():
        if how == How.OFF and (name not in KINDS or KINDS[name].why_always):
            raise ValidationError(KINDS[name].why_always if name in KINDS else _("There is no such kind."), "always")
    with transaction.atomic():
        wishes, _made = Wishes.objects.update_or_create(person=person, defaults=fields)
        record("wishes.revise", wishes, by=by, fields=sorted(fields))
        _plan_anew(person)
    return wishes


def stop(person: Employee, kind: str) -> Wishes:
    """No more mails of this kind, or of EVERYTHING that can be switched off. For whoever holds the signed link."""
    with transaction.atomic():
        wishes, _made = Wishes.objects.select_for_update().get_or_create(person=person)
        wishes.kinds = wishes.kinds | dict.fromkeys(_stoppable(kind), How.OFF.value)
        wishes.save(update_fields=["kinds"])
        record("wishes.stop", wishes, by=person, kind=kind)
        _plan_anew(person)
    return wishes


def _plan_anew(person: Employee) -> None:
    """What rests for the morning or a summary is looked at again at the next delivery; rests after failures stay, and
    what somebody is just sending is theirs."""
    resting = Q(state=State.DIGEST) | Q(state=State.OPEN, attempts=0, not_before__gt=real_now() + LEASE)
    Notice.objects.filter(resting, recipient=person).update(state=State.OPEN, not_before=real_now())


def stopping(token: str) -> tuple[Employee, list[str], str]:
    """What a signed link would stop: for whom, the titles of the kinds, and the kind it names.

    Raises signing.BadSignature for a link that is not ours, is too old, or belongs to nobody.
    """
    pk, kind = read_stop(token)
    person = Employee.objects.filter(pk=pk).first()
    if person is None:
        raise BadSignature("nobody")
    return person, [str(KINDS[name].title) for name in _stoppable(kind)], kind


def _stoppable(kind: str) -> list[str]:
    return [name for name, one in KINDS.items() if not one.why_always and kind in (name, EVERYTHING)]
