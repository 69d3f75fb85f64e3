"""Walking into the demo: only where it runs locally and was loaded."""

import stat

import pytest
from allauth.mfa.totp.internal import auth as totp

from people.models import Employee
from relgoals import demo_door
from relgoals.demo import organisation
from relgoals.demo.organisation import SIGN_INS
from tests.conftest import built_demo

pytestmark = pytest.mark.django_db
DOOR = "/dev/sign-in/"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


@pytest.fixture(scope="module")
def people_of_northgate(django_db_setup, django_db_blocker):
    with built_demo(django_db_blocker, [organisation]) as world:
        yield world


@pytest.fixture
def door(people_of_northgate):
    demo_door.unlock()


def test_each_role_walks_in_and_signs_in_by_password(client, door):
    page = client.get("/account/login/").content.decode()
    assert page.count("Walk in<") == len(SIGN_INS)
    assert demo_door.password() in page

    for role in SIGN_INS:
        person = demo_door.person(role)
        assert client.post(DOOR, {"role": role})["Location"] == "/today/"
        assert client.get("/today/").wsgi_request.user == person
        client.logout()
        client.post("/account/login/", {"login": person.email, "password": demo_door.password()})
        assert client.get("/today/").status_code == 200
        client.logout()


def test_production_has_no_door(client, door, settings):
    settings.LOCAL = False

    assert "Walk in" not in client.get("/account/login/").content.decode()
    assert client.post(DOOR, {"role": "direct"}).status_code == 404


@pytest.mark.parametrize("role", ["", "nobody", "direct\x00", "x" * 1000])
def test_nonsense_is_nobody(client, door, role):
    assert client.post(DOOR, {"role": role}).status_code == 404


def test_the_second_factor_is_asked_for_here_too(client, door):
    totp.TOTP.activate(demo_door.person("manager"), totp.generate_totp_secret())

    assert client.post(DOOR, {"role": "manager"})["Location"].startswith("/account/2fa/authenticate/")
    assert client.get("/today/").status_code == 302


def test_the_password_is_made_once_and_for_its_owner_alone(door, folder):
    first, mode = demo_door.password(), (folder / "demo-password").stat().st_mode
    somebody = demo_door.person("direct")
    somebody.set_password("their own choice")
    somebody.save()

    demo_door.unlock()

    assert demo_door.password() == first
    assert stat.S_IMODE(mode) == 0o600
    assert Employee.objects.get(pk=somebody.pk).check_password("their own choice")
