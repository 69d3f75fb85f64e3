"""The forms of signing in: allauth's, in our words and our look."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from people.rules import signing_in
from web.layout import without_tag

LONGEST = 256  # of a password: what is longer is not typed by a person


def ours(form: forms.Form, **labels: Any) -> None:
    """Labels instead of placeholders, the crispy layout, and an end to what may be typed."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]
        if name not in {"password", "oldpassword"}:
            field.help_text = ""
        if isinstance(field, forms.CharField) and not field.max_length and not field.widget.is_hidden:
            field.max_length = LONGEST
            field.widget.attrs["maxlength"] = str(LONGEST)
            field.validators.append(forms.CharField(max_length=LONGEST).validators[0])
    form.helper = without_tag(*form.fields)  # type: ignore[attr-defined]


NEW = {"password1": _("New password"), "password2": _("The new password once more")}
RULES = _("At least twelve characters; not a common word, not your name.")


class SignInForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, login=_("E-mail"), password=_("Password"))
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn", "autofocus": True}


class AskForLinkForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Looks at nobody, so that it answers alike for every address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, email=_("E-mail"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: Any, **kwargs: Any) -> str:
        signing_in.ask_for_link(self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, oldpassword=_("Your present password"), **NEW)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = RULES


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, **NEW)
        self.fields["password1"].help_text = RULES


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, password=_("Password"))
        self.fields["password"].help_text = ""


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, code=_("Code"))
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "autofocus": True}


class ReauthenticateCodeForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, code=_("Code"))


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, code=_("The code that the app shows now"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, name=_("What you call it"), passwordless=_("Sign in with it alone, without a password"))
        if "passwordless" in self.fields:
            self.fields["passwordless"].help_text = _("The device then asks for your fingerprint, face or PIN.")


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ours(self, name=_("What you call it"))


class PasswordByLinkForm(forms.Form):
    """A password for whom a link belongs to."""

    password1 = forms.CharField(
        label=NEW["password1"],
        max_length=LONGEST,
        strip=False,
        help_text=RULES,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=NEW["password2"],
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Employee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.helper = without_tag("password1", "password2")

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.person)
        return str(self.cleaned_data["password1"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", ValidationError(_("The two are not the same. Type both anew."), "differ"))
        return cleaned
