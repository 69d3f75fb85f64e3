"""Single sign-on against an identity provider that runs here: the whole way there and back, and each way to fail."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from journal import clock
from journal.models import Entry
from people.models import Employee
from people.rules import signing_in
from people.rules.leaving import leave
from tests.factories import EmployeeFactory
from tests.people.identity import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough secret"
START, BACK = "/account/oidc/sso/login/", "/account/oidc/sso/login/callback/"
EVE = {"sub": "u1", "email": "EVE@example.org", "email_verified": True}


@pytest.fixture
def eve():
    eve = EmployeeFactory(name="Eve Lind", email="Eve@Example.org")
    signing_in.set_password(eve, PASSWORD)
    return eve


@pytest.fixture
def campus(settings):
    cache.clear()
    provider = Provider()
    app = {"provider_id": "sso", "name": "Campus", "client_id": CLIENT, "secret": SECRET}
    app["settings"] = {"server_url": provider.url}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield provider
    provider.stop()


def go_there(client):
    return client.post(START)["Location"]


def come_back(client, campus, **person):
    """Sign in at the provider as this person, and follow the way back."""
    campus.person = person
    return client.get(BACK, campus.approve(go_there(client)))


def is_in(client):
    return client.get("/today/").status_code == 200


def test_sign_in_page_offers_it_where_it_is_set_up(client, campus):
    assert "Campus" in client.get("/account/login/").content.decode()


def test_it_finds_the_verified_address(client, eve, campus):
    before = client.session.session_key

    response = come_back(client, campus, **EVE)

    assert (response.status_code, response["Location"]) == (302, "/today/")
    assert is_in(client)
    assert client.session["_auth_user_id"] == str(eve.pk)
    assert client.session.session_key != before
    assert Employee.objects.get(pk=eve.pk).check_password(PASSWORD)  # the password stays as it was
    assert list(Entry.objects.of(eve).filter(verb="employee.connect_sso").values_list("actor", flat=True)) == [eve.pk]


def test_it_knows_the_person_again_by_their_number_there(client, eve, campus):
    come_back(client, campus, **EVE)
    client.logout()

    come_back(client, campus, **EVE | {"email": "eve.lind-berg@example.org"})

    assert is_in(client)
    assert Entry.objects.of(eve).filter(verb="employee.connect_sso").count() == 1


@pytest.mark.parametrize(
    "person",
    [
        EVE | {"email_verified": False},
        {"sub": "u1", "email": "eve@example.org"},
        EVE | {"email": "nobody@example.org"},
        EVE | {"email": "import@example.org"},  # nobody has invited them yet
        {"sub": "u1"},
    ],
)
def test_it_lets_nobody_else_in(client, eve, campus, person):
    EmployeeFactory(email="import@example.org")

    response = come_back(client, campus, **person)

    assert response.status_code in {200, 302, 401}
    assert not is_in(client)
    assert Employee.objects.count() == 2


def test_whoever_left_stays_outside(client, eve, campus):
    come_back(client, campus, **EVE)
    leave(eve, clock.today() - timedelta(days=1), by=EmployeeFactory(hr_role=Employee.HRRole.ADMINISTRATOR))

    assert not is_in(client)
    come_back(client, campus, **EVE)
    assert not is_in(client)


def test_it_asks_for_the_second_factor_too(client, eve, campus):
    totp.TOTP.activate(eve, totp.generate_totp_secret())

    response = come_back(client, campus, **EVE)

    assert response["Location"].startswith("/account/2fa/authenticate/")
    assert not is_in(client)


def test_a_way_back_serves_once_and_in_its_own_browser(client, eve, campus):
    campus.person = EVE
    query = campus.approve(go_there(client))
    other = type(client)()

    assert "/account/login/" in other.get(BACK, query).content.decode()
    assert not is_in(other)
    client.get(BACK, query)
    assert is_in(client)
    client.logout()
    client.get(BACK, query)
    assert not is_in(client)


@pytest.mark.parametrize("part", ["discovery", "token", "userinfo"])
def test_a_provider_in_trouble_is_told_in_a_sentence(client, eve, campus, part):
    campus.person = EVE
    query = campus.approve(go_there(client))
    campus.broken = part

    response = client.get(BACK, query)

    assert response.status_code < 500
    assert "single sign-on" in response.content.decode().lower()
    assert not is_in(client)


@pytest.mark.parametrize("broken", ["discovery", "away"])
def test_a_provider_that_is_away_keeps_nobody_from_the_password(client, eve, campus, broken):
    campus.broken = broken
    if broken == "away":
        campus.stop()

    response = client.post(START)

    assert response.status_code < 500
    assert "/account/login/" in response.content.decode()


def test_whoever_turns_back_there_is_told_how_to_go_on(client, campus):
    state = campus.approve(go_there(client))["state"]

    response = client.get(BACK, {"error": "access_denied", "state": state}, follow=True)

    assert response.status_code == 200
    assert "/account/login/" in response.content.decode()


def test_an_unknown_provider_is_not_found(client, campus):
    assert [client.post(path.replace("/sso/", "/other/")).status_code for path in (START, BACK)] == [404, 404]
