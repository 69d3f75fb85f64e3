"""Signing in: allauth's pages that are in use, by name. What is not here (signing up …) is 404."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as sso
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from people.views.account import asking_elsewhere, link, password_by_link, qr, refusing

urlpatterns = [
    path("login/", refusing(account.login), name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", refusing(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", refusing(account.password_change), name="account_change_password"),
    path("password/set/", refusing(account.password_set), name="account_set_password"),
    path("password/reset/", refusing(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("link/<str:token>/", link, name="account_link"),
    path("password/new/", password_by_link, name="account_password_by_link"),
    path("2fa/", mfa.index, name="mfa_index"),
    path("2fa/authenticate/", refusing(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", refusing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", refusing(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/qr.svg", qr, name="mfa_totp_qr"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("2fa/webauthn/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", refusing(keys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", login_not_required(keys.login_webauthn), name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", refusing(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("oidc/<str:provider_id>/login/", asking_elsewhere(sso.login), name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        asking_elsewhere(sso.callback),
        name="openid_connect_callback",
    ),
    path("sso/cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", login_not_required(social.login_error), name="socialaccount_login_error"),
]
