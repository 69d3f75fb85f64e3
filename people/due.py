"""What signing in tells whom: an invitation, a link that was asked for, a change that they should know of.

All by mail only and at once. The links are made when the mail leaves (Kind.context); none is stored.
"""

from datetime import date

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from journal import clock
from outbox.kinds import Context, Kind
from people.links import INVITATION, LASTS, RESET, address_for
from people.models import Employee

WHY = _("Mails about signing in cannot be switched off.")
CHANGES = {
    "employee.set_password": _("Your password was set."),
    "employee.add_totp": _("An authenticator app was added as your second factor."),
    "employee.remove_totp": _("The authenticator app was removed as your second factor."),
    "employee.add_passkey": _("A passkey or security key was added."),
    "employee.remove_passkey": _("A passkey or security key was removed."),
    "employee.new_recovery_codes": _("New recovery codes were made; the former ones do not work any more."),
    "employee.connect_sso": _("You signed in through single sign-on for the first time."),
}


def invitations(today: date) -> QuerySet[Employee]:
    """Who was invited in the last seven days and has not signed in, told once for each invitation."""
    since = clock.now() - LASTS[INVITATION]
    invited: QuerySet[Employee] = Employee.objects.working(today).never_signed_in().filter(invited_at__gt=since)
    return invited.annotate(recipient_id=F("pk"), occasion=Cast("invited_at", CharField()))


def invitation_link(recipient: Employee, context: Context) -> Context:
    return {"link": address_for(context["thing"], INVITATION), "days": LASTS[INVITATION].days}


def reset_link(recipient: Employee, context: Context) -> Context:
    return {"link": address_for(context["person"], RESET)}


def what_changed(recipient: Employee, context: Context) -> Context:
    return {"what": CHANGES[context["deed"].verb], "at": context["deed"].at}


INVITED = Kind(
    "people.invited",
    template="people/mail/invited",
    due=invitations,
    title=_("You are invited to sign in"),
    why_always=WHY,
    urgent=True,
    by_mail_only=True,
    context=invitation_link,
)
LINK = Kind(
    "people.link",
    template="people/mail/link",
    title=_("You asked for a link to set your password"),
    why_always=WHY,
    urgent=True,
    by_mail_only=True,
    context=reset_link,
)
SIGN_IN_CHANGED = Kind(
    "people.sign_in_changed",
    template="people/mail/sign_in_changed",
    title=_("How you sign in has changed"),
    why_always=WHY,
    urgent=True,
    by_mail_only=True,
    context=what_changed,
)
KINDS = [INVITED, LINK, SIGN_IN_CHANGED]
