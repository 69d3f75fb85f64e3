"""A new key: everything sealed is sealed anew, readable all the while, and the former key may go."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from goals.rules import notebook
from goals.rules.notebook import Met
from people.rules import rotating
from people.sealed import SealedTextField, is_newest
from tests.goals import reported

pytestmark = pytest.mark.django_db
FORMER, NEWEST = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def contact(firm, settings):
    settings.TEXT_KEYS = [FORMER]
    contact = apps.get_model("goals.Contact")
    return contact.objects.create(owner=firm.eve, name="Nele Neu", notes="met at the rally")


def raw(row, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def test_text_is_sealed_with_the_newest_key_and_the_former_may_go(contact, settings, capsys):
    settings.TEXT_KEYS = [NEWEST, FORMER]
    assert not is_newest(raw(contact, "name"))

    call_command("rotate_text_key")

    settings.TEXT_KEYS = [NEWEST]
    contact.refresh_from_db()
    assert (contact.name, contact.notes) == ("Nele Neu", "met at the rally")
    assert "goals.contact.name: 1 sealed anew" in capsys.readouterr().out
    assert dict(rotating.rotate())["goals.contact.name"] == 0


def test_second_factors_too(firm, settings):
    settings.TEXT_KEYS = [FORMER]
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(firm.eve, secret)
    settings.TEXT_KEYS = [NEWEST, FORMER]

    assert dict(rotating.rotate())["second factors"] == 1
    assert dict(rotating.rotate())["second factors"] == 0

    settings.TEXT_KEYS = [NEWEST]
    assert Authenticator.objects.get().wrap().validate_code(totp.format_hotp_value(totp.hotp_value(secret, now_step())))


def now_step():
    return next(iter([*totp.yield_hotp_counters_from_time()][1:2] or totp.yield_hotp_counters_from_time()))


def test_a_missing_key_is_said(contact, settings):
    settings.TEXT_KEYS = [NEWEST]

    with pytest.raises(CommandError, match="none of the keys"):
        call_command("rotate_text_key")


def test_every_sealed_column_is_looked_at(firm):
    sealed = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    }
    marks = {"goals.contact.name_hash", "goals.contact.person_hash"}
    assert sealed | marks | {"second factors"} == dict(rotating.rotate()).keys()


def test_many_rows_are_taken_in_batches(firm, settings, monkeypatch):
    monkeypatch.setattr(rotating, "BATCH", 3)
    settings.TEXT_KEYS = [FORMER]
    contact = apps.get_model("goals.Contact")
    for n in range(8):
        contact.objects.create(owner=firm.eve, name=f"Person {n}")
    settings.TEXT_KEYS = [NEWEST, FORMER]

    assert dict(rotating.rotate())["goals.contact.name"] == 8


@pytest.mark.parametrize("rotated", [False, True])
def test_whoever_had_their_name_removed_counts_once_after_a_rotation(db, settings, rotated):
    settings.TEXT_KEYS = [FORMER]
    people = reported.university()
    goal = reported.agreed(people.eve)
    for name in ("", "Nele Neu"):
        met = Met(name=name, department=people.office) if name else Met(employee=people.otto)
        report = reported.log(goal, met)
        if not name:
            notebook.remove_name(report.encounters.get(), by=people.otto)
    settings.TEXT_KEYS = [NEWEST, FORMER]
    if rotated:
        assert dict(rotating.rotate())["goals.contact.person_hash"] == 1
        assert dict(rotating.rotate())["goals.contact.person_hash"] == 0
        settings.TEXT_KEYS = [NEWEST]

    reported.log(goal, Met(employee=people.otto))
    reported.log(goal, Met(name="Otto Vogel", department=people.office))
    reported.log(goal, Met(name="nele  neu", department=people.office))

    goal.refresh_from_db()
    assert (goal.counted, apps.get_model("goals.Contact").objects.count()) == (2, 2)
    call_command("rotate_text_key")
    assert set(apps.get_model("goals.Contact").objects.values_list("name", flat=True)) == {"", "nele  neu"}
