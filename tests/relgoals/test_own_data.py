"""Everything held about oneself, to take away; and what was a leaver's alone, erased."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import now

from goals.models import Contact
from journal.models import Entry
from journal.rules import sealing
from people.models import Employee
from people.rules.leaving import leave
from people.rules.signing_in import set_password
from relgoals import erasing, own_data
from reminders.models import Wishes

pytestmark = pytest.mark.django_db
# Tables that point to people and are in nobody's file, each with its reason.
LEFT_OUT = {
    "appraisals.roll": "who started a computation",
    "appraisals.weightchange": "about the scheme",
    "appraisals.scheme": "about the organisation",
    "goals.changed": "a mark for the next roll-up, thrown away by it",
    "goals.idea": "about the catalogue",
    "goals.story": "about a team's case; shown with names by consent only",
    "goals.named": "about a team's case",
    "goals.teamcase": "about a team's case",
    "goals.coverage": "counts",
    "jobs.clause": "about the job, written in office",
    "jobs.descriptionfile": "a file of jobs",
    "jobs.jobdescription": "about the job, written in office",
    "jobs.objection": "about the job, written in office",
    "jobs.ruling": "about the job, written in office",
    "jobs.version": "about the job, written in office",
    "people.department": "about the organisation",
    "people.importrun": "who chose a file",
    "people.line": "derived from the managers",
    "account.emailaddress": "not used: the address stands in the person",
    "admin.logentry": "nothing is changed in the admin site",
}


def file_of(person):
    target = io.BytesIO()
    own_data.write(person, target)
    archive = zipfile.ZipFile(target)
    return json.loads(archive.read("data.json"))


def test_every_table_about_people_is_in_the_file_or_says_why_not():
    pointing = {
        model._meta.label_lower
        for model in apps.get_models()
        if model is Employee
        or any(getattr(field, "related_model", None) is Employee for field in model._meta.concrete_fields)
    }
    told = {part.rows(Employee(pk=1)).model._meta.label_lower for part in own_data.PARTS}

    assert pointing - told - LEFT_OUT.keys() == set()
    assert LEFT_OUT.keys() & told == set()


def test_the_file_holds_ones_own_words_and_nobody_elses(firm):
    Contact.objects.create(owner=firm.eve, name="Nele Neu", notes="met at the rally")
    Contact.objects.create(owner=firm.sam, name="Somebody Else", notes="not Eve's business")

    told = file_of(firm.eve)

    assert told["person"][0]["email"] == firm.eve.email
    assert [(row["name"], row["notes"]) for row in told["notebook"]] == [("Nele Neu", "met at the rally")]
    text = json.dumps(told)
    assert "not Eve's business" not in text
    assert "password" not in told["person"][0]
    assert Entry.objects.of(firm.eve)[0].verb == "employee.download"


def test_secrets_of_signing_in_stay_out(firm):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(firm.eve, secret)

    told = file_of(firm.eve)

    assert told["second_factors"][0]["type"] == "totp"
    assert "data" not in told["second_factors"][0]
    assert secret not in json.dumps(told)


def test_page_says_what_is_held_and_hands_it_over(firm, client):
    client.force_login(firm.eve)
    assert "Everything held about you" in client.get("/people/me/data/").content.decode()

    response = client.post("/people/me/data/")

    assert response["Content-Disposition"] == 'attachment; filename="everything-about-me.zip"'
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.namelist() == ["data.json"]
    assert response["Cache-Control"] == "no-store"


@pytest.fixture
def gone(firm):
    set_password(firm.eve, "a quite old secret")
    totp.TOTP.activate(firm.eve, totp.generate_totp_secret())
    Contact.objects.create(owner=firm.eve, name="Nele Neu", notes="met at the rally")
    Wishes.objects.create(person=firm.eve)
    firm.gone = leave(firm.eve, now().date() - timedelta(days=3), by=firm.hedda)
    return firm


def test_erasing_takes_what_was_theirs_alone_and_keeps_the_journal(gone):
    sealing.seal()
    before = list(Entry.objects.values_list("pk", "verb", "subject"))

    erasing.erase(gone.gone, by=gone.hedda)

    person = Employee.objects.get(pk=gone.eve.pk)
    assert (person.name, person.is_erased, person.has_usable_password()) == ("Eve", True, False)
    told = file_of(person)
    assert told["second_factors"] == told["wishes"] == told["notices"] == []
    assert [(row["name"], row["notes"], row["employee"]) for row in told["notebook"]] == [("", "", None)]
    after = list(Entry.objects.values_list("pk", "verb", "subject"))
    assert set(before) <= set(after)
    assert list(sealing.verify()) == []


def test_erasing_is_refused(gone):
    with pytest.raises(PermissionDenied):
        erasing.erase(gone.gone, by=gone.mia)
    with pytest.raises(ValidationError, match="still works here"):
        erasing.erase(gone.sam, by=gone.hedda)
    erasing.erase(gone.gone, by=gone.hedda)
    with pytest.raises(ValidationError, match="already"):
        erasing.erase(gone.gone, by=gone.hedda)


def test_page_erases_after_asking(gone, client):
    client.force_login(gone.hedda)
    address = f"/people/{gone.gone.pk}/erase/"
    assert "Erase it for good" in client.get(address).content.decode()

    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    assert client.post(f"/people/{gone.sam.pk}/erase/").status_code == 409
    assert Employee.objects.get(pk=gone.gone.pk).is_erased
