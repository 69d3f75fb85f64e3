"""allauth's doors, fitted to this house: who may sign in, what is said, what is told by mail, what is encrypted."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from people.rules import signing_in
from people.sealed import seal, unseal

TOLD = {  # allauth's name for a mail → the verb of the journal entry that ours tells of (people.due.CHANGES)
    "account/email/password_changed": "employee.set_password",
    "account/email/password_set": "employee.set_password",
    "mfa/email/totp_activated": "employee.add_totp",
    "mfa/email/totp_deactivated": "employee.remove_totp",
    "mfa/email/webauthn_added": "employee.add_passkey",
    "mfa/email/webauthn_removed": "employee.remove_passkey",
    "mfa/email/recovery_codes_generated": "employee.new_recovery_codes",
    "socialaccount/email/account_connected": "employee.connect_sso",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; mails are notices; failed attempts are counted by account, whatever host they came in by."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code does not fit. Wait for the next one and type that."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def set_password(self, user: Any, password: str) -> None:
        signing_in.set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing of allauth's is mailed: what is told by mail is a notice of people.due."""

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        if verb := TOLD.get(template_prefix):
            signing_in.told(Employee.objects.get(pk=user.pk), verb)

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """Spellings that the database takes for the same address count together (the Kelvin sign is a k)."""
        return str(credentials.get("email", credentials.get("username", ""))).casefold()


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Somebody from the organisation's own sign-in is the employee with the address it has verified, or nobody."""

    def is_open_for_signup(self, request: Any, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: Any, sociallogin: SocialLogin) -> None:
        """allauth's own matching would throw the password away; the addresses here are HR's, so it may stay."""
        if sociallogin.is_existing:
            return
        verified = [address.email.lower() for address in sociallogin.email_addresses if address.verified]
        person = Employee.objects.working().filter(email__in=verified).first() if len(verified) == 1 else None
        if person and person.may_sign_in:
            sociallogin.user = sociallogin.account.user = person
            sociallogin.account.save()
            signing_in.told(person, "employee.connect_sso")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors lie encrypted in the database, as everything confidential does."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not fit. Wait for the next one and type that."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return cast(str, user.email)
