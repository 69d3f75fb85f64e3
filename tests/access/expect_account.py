"""Sign-in, password, second factor and single sign-on: everybody's own, before and after signing in."""

from tests.access.table import SIGN_IN, Route, anybody, everybody

AWAY = {"signed_out": 200, "leaver": 200}


def key(company):
    return {"uidb36": "1", "key": "nonsense"}


ROUTES = [
    Route("account_login", get=everybody(302, **AWAY), post=everybody(302, **AWAY)),
    Route("account_logout", get=everybody(200, signed_out=302, leaver=302), post=anybody(302)),
    Route("account_inactive", get=anybody(200), post=anybody(405)),
    Route("account_signup", get=everybody(302, **AWAY), post=everybody(302, **AWAY)),
    Route("account_reauthenticate", get=everybody(403), post=everybody(403)),  # nobody here has a password
    Route("account_email", get=everybody(200), post=everybody(302)),
    Route("account_email_verification_sent", get=anybody(200), post=anybody(405)),
    Route("account_change_password", get=everybody(302), post=everybody(302)),
    Route("account_set_password", get=everybody(200), post=everybody(200)),
    Route("account_reset_password", get=anybody(200), post=anybody(200)),
    Route("account_confirm_login_code", get=everybody(302), post=everybody(302)),
    Route("account_confirm_email", row=lambda c: {"key": "nonsense"}, get=anybody(200), post=anybody(404)),
    Route("account_reset_password_from_key_done", get=anybody(200), post=anybody(405)),
    Route("account_reset_password_from_key", row=key, get=anybody(200), post=anybody(200)),
    Route("account_reset_password_done", get=anybody(200), post=anybody(405)),
    Route("mfa_index", get=everybody(200)),
    Route("mfa_authenticate", get=everybody(302), post=everybody(302)),
    Route("mfa_reauthenticate", get=everybody(403), post=everybody(403)),  # nobody here has a password
    Route("mfa_activate_totp", get=everybody(200), post=everybody(200)),
    Route("mfa_deactivate_totp", get=everybody(404), post=everybody(404)),
    Route("mfa_view_recovery_codes", get=everybody(404)),
    Route("mfa_generate_recovery_codes", get=everybody(200), post=everybody(200)),
    Route("mfa_download_recovery_codes", get=everybody(404), post=everybody(404)),
    Route("socialaccount_login_cancelled", get=anybody(200), post=anybody(405)),
    Route("socialaccount_login_error", get=everybody(401)),
    Route("socialaccount_signup", get=anybody(SIGN_IN), post=anybody(SIGN_IN)),
    Route("socialaccount_connections", get=everybody(200), post=everybody(200)),
    Route(
        "<social/login/cancelled/>", path="/account/social/login/cancelled/", get=everybody(301), post=everybody(301)
    ),
    Route("<social/login/error/>", path="/account/social/login/error/", get=everybody(301), post=everybody(301)),
    Route("<social/signup/>", path="/account/social/signup/", get=everybody(301), post=everybody(301)),
    Route("<social/connections/>", path="/account/social/connections/", get=everybody(301), post=everybody(301)),
    Route("openid_connect_login", row=lambda c: {"provider_id": "none"}, get=anybody(404), post=anybody(404)),
    Route("openid_connect_callback", row=lambda c: {"provider_id": "none"}, get=anybody(404), post=anybody(404)),
]
