import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError

from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def eve():
    eve = EmployeeFactory(email="Eve@Example.org")
    eve.set_password("a long enough secret")
    eve.save()
    return eve


def test_sign_in_by_email_in_any_case(eve):
    assert authenticate(username="EVE@example.org", password="a long enough secret") == eve


def test_sign_in_after_leaving_is_refused(eve):
    eve.left_on = "2026-01-31"
    eve.save()
    assert authenticate(username="eve@example.org", password="a long enough secret") is None


@pytest.mark.parametrize("email", ["eve@example.org", "EVE@example.org"])
def test_two_people_cannot_share_an_address(eve, email):
    with pytest.raises(ValidationError, match="already"):
        EmployeeFactory(email=email)
