"""Links that set a password: signed, for one purpose, one person and one state of their account. Nothing is stored."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from people.models import Employee

INVITATION, RESET = "invitation", "reset"
LASTS = {INVITATION: timedelta(days=7), RESET: timedelta(hours=1)}
SALT = "people.links"


def address_for(employee: "Employee", purpose: str) -> str:
    """The whole address, on the site that settings name: never on the host somebody asked with."""
    token = signing.dumps([employee.pk, purpose, mark_of(employee, purpose)], salt=SALT)
    return f"{settings.SITE_URL}{reverse('account_link', args=[token])}"


def read_token(token: str) -> tuple[int, str, str]:
    """(whose, purpose, mark). Raises signing.BadSignature for what is not ours or too old, ValueError for nonsense."""
    pk, purpose, mark = signing.loads(token, salt=SALT)
    if purpose not in LASTS:
        raise ValueError(purpose)
    signing.loads(token, salt=SALT, max_age=LASTS[purpose])
    return int(pk), str(purpose), str(mark)


def mark_of(employee: "Employee", purpose: str) -> str:
    """Another as soon as the password, the last sign-in, the address or (for an invitation) the invitation is."""
    parts = [employee.password, str(employee.last_login), employee.email]
    if purpose == INVITATION:
        parts.append(str(employee.invited_at))
    return salted_hmac(SALT, "\n".join(parts), algorithm="sha256").hexdigest()[:32]
