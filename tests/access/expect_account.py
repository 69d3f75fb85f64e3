"""Sign-in, password, second factor and single sign-on: everybody's own, before and after signing in.

What allauth could do besides (signing up, other addresses, connections) has no address: tests/people/test_sign_in.py.
"""

from tests.access.table import SIGN_IN, Route, anybody, everybody

AWAY = {"signed_out": 200, "leaver": 200}
REFUSED = {"signed_out": 422, "leaver": 422}


def no_key(company):
    return {"pk": 1}


ROUTES = [
    Route("account_login", get=everybody(302, **AWAY), post=everybody(302, **REFUSED)),
    Route("account_logout", get=everybody(200, signed_out=302, leaver=302), post=anybody(302)),
    Route("account_inactive", get=anybody(200), post=anybody(405)),
    Route("account_reauthenticate", get=everybody(403), post=everybody(403)),  # nobody here has a password
    Route("account_change_password", get=everybody(302), post=everybody(302)),
    Route("account_set_password", get=everybody(200), post=everybody(422)),
    Route("account_reset_password", get=anybody(200), post=anybody(422)),
    Route("account_reset_password_done", get=anybody(200), post=anybody(405)),
    Route("account_link", row=lambda c: {"token": "nonsense"}, get=anybody(302), post=anybody(405)),
    Route("account_password_by_link", get=anybody(410), post=anybody(410)),  # nobody here came by a link
    Route("mfa_index", get=everybody(200)),
    Route("mfa_authenticate", get=everybody(302), post=everybody(302)),  # nobody here is half-way in
    Route("mfa_reauthenticate", get=everybody(403), post=everybody(403)),
    Route("mfa_activate_totp", get=everybody(200), post=everybody(422)),
    Route("mfa_totp_qr", get=everybody(404)),  # only while somebody sets the app up
    Route("mfa_deactivate_totp", get=everybody(404), post=everybody(404)),
    Route("mfa_view_recovery_codes", get=everybody(404)),
    Route("mfa_generate_recovery_codes", get=everybody(200), post=everybody(200)),
    Route("mfa_download_recovery_codes", get=everybody(404), post=everybody(404)),
    Route("mfa_list_webauthn", get=everybody(200)),
    Route("mfa_add_webauthn", get=everybody(200), post=everybody(422)),
    Route("mfa_login_webauthn", get=everybody(302, signed_out=SIGN_IN, leaver=SIGN_IN), post=everybody(302)),
    Route("mfa_reauthenticate_webauthn", get=everybody(403), post=everybody(403)),
    Route("mfa_remove_webauthn", row=no_key, get=everybody(404), post=everybody(404)),
    Route("mfa_edit_webauthn", row=no_key, get=everybody(404), post=everybody(404)),
    Route("openid_connect_login", row=lambda c: {"provider_id": "none"}, get=anybody(404), post=anybody(404)),
    Route("openid_connect_callback", row=lambda c: {"provider_id": "none"}, get=anybody(404), post=anybody(404)),
    Route("socialaccount_login_cancelled", get=anybody(200), post=anybody(405)),
    Route("socialaccount_login_error", get=anybody(401), post=anybody(405)),
]
