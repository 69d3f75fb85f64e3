"""The pages of signing in, in a real browser: clean at both widths, and a way in by keyboard, password and passkey."""

import pytest
from playwright.sync_api import expect

from bench import eyes

pytestmark = pytest.mark.browser
SIGNED_OUT = ["/account/login/", "/account/password/reset/", "/account/password/reset/done/", "/account/inactive/"]
SIGNED_IN = [
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
    "/account/password/set/",
    "/account/logout/",
    "/people/me/data/",
]


@pytest.mark.parametrize("width", eyes.WIDTHS)
def test_pages_before_signing_in_are_clean(firm, page_for, width):
    page = page_for(None, width)
    for address in SIGNED_OUT:
        page.goto(address)
        assert eyes.faults(page) == [], address


@pytest.mark.parametrize("width", eyes.WIDTHS)
def test_pages_of_signing_in_are_clean(firm, page_for, width):
    page = page_for(firm.eve, width)
    for address in SIGNED_IN:
        page.goto(address)
        assert eyes.faults(page) == [], address


def test_a_passkey_is_added_and_signs_in_alone(firm, page_for):
    """The whole way through allauth's scripts under our policy, with the browser's own virtual key."""
    page = page_for(firm.eve)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})

    page.goto("/account/2fa/webauthn/add/")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    expect(page.locator("h1")).to_contain_text("Is it you?")  # before the recovery codes are shown
    page.goto("/account/2fa/")
    expect(page.locator("main")).to_contain_text("1 key is known.")
    page.goto("/people/me/")
    page.click("text=Sign out")
    page.goto("/account/login/")
    page.click("#passkey_login")

    page.wait_for_url("**/today/")
