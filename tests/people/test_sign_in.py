"""Signing in as people meet it: over HTTP, with allauth's own views behind our forms."""

import re
import threading
import time
from datetime import timedelta

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import hashers
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils.timezone import now

from journal.models import Entry
from people.models import Employee, LinkRequest
from people.rules import signing_in
from people.rules.leaving import leave
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
SECRET = "a long enough secret"
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _nobody_has_tried_before(db):
    """The counters stand in the cache's own table, which no flush between tests knows."""
    cache.clear()


@pytest.fixture
def eve():
    eve = EmployeeFactory(name="Eve Lind", email="Eve@Example.org")
    signing_in.set_password(eve, SECRET)
    return eve


def sign_in(client, email="eve@example.org", password=SECRET, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def is_in(client):
    return client.get("/today/").status_code == 200


@pytest.mark.parametrize("email", ["eve@example.org", "EVE@example.org", " Eve@Example.ORG "])
def test_sign_in_by_email_in_any_case(client, eve, email):
    response = sign_in(client, email)

    assert (response.status_code, response["Location"]) == (302, "/today/")
    assert is_in(client)


@pytest.mark.parametrize("email", ["eve@example.org", "nobody@example.org"])
def test_wrong_password_and_unknown_address_get_the_same_answer(client, eve, email):
    response = sign_in(client, email, "not this one at all")

    assert response.status_code == 422
    assert "This e-mail address and this password do not belong together." in response.content.decode()
    assert not is_in(client)


def test_every_refusal_costs_one_hash(client, eve, monkeypatch):
    """Known, unknown, never invited, gone: the same work, so the same time."""
    EmployeeFactory(email="import@example.org")
    gone = EmployeeFactory(email="gone@example.org")
    signing_in.set_password(gone, SECRET)
    leave(gone, now().date() - timedelta(days=2), by=None)
    hasher, done = hashers.get_hasher(), []
    encode = type(hasher).encode
    monkeypatch.setattr(type(hasher), "encode", lambda self, *args: done.append(1) or encode(self, *args))

    costs = {}
    for email in ("eve@example.org", "nobody@example.org", "import@example.org", "gone@example.org"):
        done.clear()
        assert sign_in(client, email, "not this one at all").status_code == 422
        costs[email] = len(done)

    assert set(costs.values()) == {1}


def test_sign_in_after_leaving_is_refused(client, eve):
    leave(eve, now().date() - timedelta(days=2), by=None)

    assert sign_in(client)["Location"] == "/account/inactive/"  # whoever knows the password may know why
    assert not is_in(client)


def test_session_ends_on_leaving(client, eve):
    sign_in(client)
    leave(eve, now().date() - timedelta(days=2), by=None)

    assert not is_in(client)


def test_session_has_another_name_after_sign_in(client, eve):
    client.get("/account/link/nonsense/")  # something stands in the session before
    before = client.cookies["sessionid"].value

    sign_in(client)

    assert client.cookies["sessionid"].value != before


def test_password_change_ends_other_sessions_and_is_told(client, eve):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)

    new = {"oldpassword": SECRET, "password1": "another fine secret", "password2": "another fine secret"}
    assert client.post("/account/password/change/", new).status_code == 302

    assert is_in(client)
    assert not is_in(elsewhere)
    assert list(Entry.objects.of(eve).values_list("verb", flat=True)[:1]) == ["employee.set_password"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"oldpassword": "wrong"}, "This is not your present password."),
        ({"password1": "short", "password2": "short"}, "This password is too short."),
        ({"password2": "something else"}, "the same password"),
    ],
)
def test_password_change_refused(client, eve, fields, sentence):
    sign_in(client)
    good = {"oldpassword": SECRET, "password1": "another fine secret", "password2": "another fine secret"}

    response = client.post("/account/password/change/", good | fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Employee.objects.get(pk=eve.pk).check_password(SECRET)


def test_attempts_from_many_addresses_count_by_account(client, eve, monkeypatch):
    answers = [sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.2.{n}").content.decode() for n in range(20)]
    refused = ["Too many attempts" in answer for answer in answers]
    assert refused.index(True) < 10
    assert all(refused[9:])
    assert sign_in(client, REMOTE_ADDR="192.0.2.99").status_code == 422  # the right password neither

    later = time.time() + 301
    monkeypatch.setattr(ratelimit.time, "time", lambda: later)
    assert sign_in(client, REMOTE_ADDR="192.0.2.99").status_code == 302


def test_spellings_of_one_address_count_together(client, eve):
    for spelling in ("eve@example.org", "EVE@example.org", "Eve@Example.org", "eVe@example.org", "evE@example.org"):
        sign_in(client, spelling, "wrong")

    assert sign_in(client).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_attempts_at_once_count_too(eve):
    answers = []

    def attempt(n):
        response = sign_in(Client(), password="wrong", REMOTE_ADDR=f"192.0.2.{n}")
        answers.append("Too many attempts" in response.content.decode())
        connection.close()

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers.count(False) <= 5


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "confirm-email/x/", "3rdparty/", "login/code/"]
)
def test_what_is_not_used_is_not_there(client, eve, path):
    sign_in(client)
    assert client.get(f"/account/{path}").status_code == 404


@pytest.mark.parametrize("email", ["eve@example.org", "EVE@example.org"])
def test_two_people_cannot_share_an_address(eve, email):
    with pytest.raises(ValidationError, match="already"):
        EmployeeFactory(email=email)


def test_asking_for_a_link_does_the_same_for_every_address(client, eve, django_assert_num_queries):
    answers = []
    for email in ("eve@example.org", "nobody@example.org"):
        response = client.post("/account/password/reset/", {"email": email})
        answers.append((response.status_code, response["Location"]))

    assert answers == [(302, "/account/password/reset/done/")] * 2
    assert list(LinkRequest.objects.values_list("email", flat=True)) == ["eve@example.org", "nobody@example.org"]


# ---- second factor -------------------------------------------------------------------------------------------------


@pytest.fixture
def with_app(eve):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(eve, secret)
    return secret


def code_of(secret, step=0):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + step))


def test_password_alone_is_not_enough(client, eve, with_app):
    response = sign_in(client)

    assert response["Location"].startswith("/account/2fa/authenticate/")
    assert not is_in(client)
    for path in (
        "/people/me/",
        "/account/password/change/",
        "/account/2fa/",
        "/account/2fa/totp/deactivate/",
        "/admin/",
    ):
        assert client.get(path)["Location"].startswith(("/account/login/", "/admin/login/")), path

    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 422
    assert not is_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": code_of(with_app)}).status_code == 302
    assert is_in(client)


def test_a_code_works_once(eve, with_app):
    code, answers = code_of(with_app), []
    for _ in range(2):
        client = Client()
        sign_in(client)
        answers.append(client.post("/account/2fa/authenticate/", {"code": code}).status_code)

    assert answers == [302, 422]


def test_codes_are_throttled_by_account(client, eve, with_app):
    sign_in(client)
    for _ in range(6):
        client.post("/account/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{_}")

    assert client.post("/account/2fa/authenticate/", {"code": code_of(with_app)}).status_code == 422
    assert not is_in(client)


def test_secret_of_the_app_lies_encrypted(eve, with_app):
    stored = str(Authenticator.objects.get(user=eve).data)

    assert with_app not in stored


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_shows_our_own_picture_and_recovery_codes(client, eve):
    sign_in(client)
    assert client.get("/account/2fa/totp/activate/")["Location"].startswith("/account/reauthenticate/")
    assert client.post("/account/reauthenticate/", {"password": "wrong"}).status_code == 422
    assert client.post("/account/reauthenticate/", {"password": SECRET}).status_code == 302

    page = client.get("/account/2fa/totp/activate/").content.decode()
    secret = re.search(r'<code class="text-break">(\w+)</code>', page)[1]
    picture = client.get("/account/2fa/totp/qr.svg")
    assert "data:image" not in page
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")

    done = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert "10 recovery codes are left" in done.content.decode()
    assert client.get("/account/2fa/totp/qr.svg").status_code == 404
    assert Entry.objects.of(eve)[0].verb == "employee.add_totp"

    codes = client.get("/account/2fa/recovery-codes/download/").content.decode().split()
    again = Client()
    sign_in(again)
    assert again.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert is_in(again)


# ---- single sign-on ------------------------------------------------------------------------------------------------


def test_counters_have_their_table_after_migrate_alone():
    """Not only after createcachetable, which a test's database is given and an installation might forget."""
    recorded = MigrationRecorder(connection).applied_migrations()

    assert ("people", "0005_counters_of_attempts") in recorded
    assert "cache" in connection.introspection.table_names()


def test_a_flood_of_addresses_washes_no_counter_out(settings):
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000
