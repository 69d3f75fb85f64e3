"""Whatever is typed into any field of people's forms: a sentence beside the field, never a broken page."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from people.models import Department, Employee, Site
from people.rules.departments import found_department, found_site
from people.rules.leaving import leave
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
HOSTILE = {
    "nothing": "",
    "nul": "a\x00b",
    "long": "x" * 200_000,
    "turned": "Eve \u202eezis",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}",
    "formula": "=cmd|' /C calc'!A0",
    "no day": "2026-02-30",
    "year ten thousand": "10000-01-01",
    "year one": "0001-01-01",
    "huge": "9" * 40,
    "negative": "-1",
    "no number": "one",
    "lines": "a\r\nb\tc",
    "emoji": "👩🏽‍🔬" * 60,
    "percent": "%s%n%x",
    "quote": "'\"; DROP TABLE people_employee; --",
}


@pytest.fixture
def hr(client, firm):
    firm.near = found_department("Library", "LIB", by=None, hr_partner=firm.hedda)
    firm.site = found_site("Main campus", "Europe/Berlin", by=None)
    firm.gone = leave(EmployeeFactory(name="Lea"), now().date() - timedelta(days=3), by=None)
    client.force_login(firm.hedda)
    client.raise_request_exception = True
    return client


def record(firm):
    return {
        "name": "New Name",
        "email": "new@example.org",
        "job_title": "Clerk",
        "department": firm.near.pk,
        "site": firm.site.pk,
        "staff_number": "N1",
        "hired_on": "2026-01-05",
        "version": 0,
    }


FORMS = {
    "join": lambda f: ("/people/new/", record(f) | {"manager": "Mia"}),
    "revise": lambda f: (f"/people/{f.eve.pk}/record/", record(f)),
    "move": lambda f: (f"/people/{f.eve.pk}/manager/", {"manager": "Ada"}),
    "leave": lambda f: (f"/people/{f.eve.pk}/leave/", {"left_on": "2030-01-31", "successor": "Mia"}),
    "return": lambda f: (f"/people/{f.gone.pk}/return/", {"hired_on": "2026-01-05", "manager": "Mia"}),
    "role": lambda f: (f"/people/{f.eve.pk}/role/", {"hr_role": "partner"}),
    "department": lambda f: (
        f"/people/departments/{f.near.pk}/edit/",
        {"name": "Library", "code": "LIB", "parent": "", "hr_partner": "Hedda", "version": 0},
    ),
    "new department": lambda f: ("/people/departments/new/", {"name": "New", "code": "NEW", "parent": f.near.pk}),
    "site": lambda f: (
        f"/people/sites/{f.site.pk}/edit/",
        {"name": "Main", "time_zone": "Europe/Berlin", "version": 0},
    ),
    "new site": lambda f: ("/people/sites/new/", {"name": "New", "time_zone": "Europe/Berlin"}),
    "profile": lambda f: (
        "/people/me/",
        {"preferred_name": "Hedi", "time_zone": "Europe/Berlin", "language": "de", "theme": "dark"},
    ),
    "sign in": lambda f: ("/account/login/", {"login": "eve@example.org", "password": "x", "next": "/people/"}),
    "link": lambda f: ("/account/password/reset/", {"email": "eve@example.org"}),
    "password": lambda f: (
        "/account/password/set/",
        {"password1": "a fine new secret", "password2": "a fine new secret"},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_field_takes_every_hostile_value(hr, firm, form):
    address, good = FORMS[form](firm)
    before = (Employee.objects.count(), Department.objects.count(), Site.objects.count())
    broken, slipped = [], []
    for field in good:
        for name, value in HOSTILE.items():
            hr.force_login(firm.hedda)
            data = {key: str(kept) for key, kept in good.items()} | {field: value}
            status = hr.post(address, data).status_code
            if status >= 500:
                broken.append((field, name, status))
            elif status not in {200, 302, 400, 404, 409, 413, 422, 429}:
                slipped.append((field, name, status))

    assert (broken, slipped) == ([], [])
    after = (Employee.objects.count(), Department.objects.count(), Site.objects.count())
    assert sum(after) - sum(before) <= len(HOSTILE) * len(good)
    names = [*Employee.objects.values_list("name", flat=True), *Department.objects.values_list("name", flat=True)]
    assert not any("\x00" in name or "\u202e" in name or "\n" in name for name in names)


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("name", ["q", "department", "site", "after"])
def test_directory_takes_every_hostile_question(hr, name, value):
    assert hr.get("/people/", {name: value.encode("utf-8", "replace")}).status_code == 200
    assert hr.get("/people/find/", {name: value.encode("utf-8", "replace")}).status_code == 200


def test_bytes_that_are_no_text_break_nothing(hr):
    raw = b"name=%ff%fe&email=%c0%80&version=%ff"
    answer = hr.post("/people/new/", raw, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 422


@pytest.mark.parametrize("address", ["/people/x/", "/people/99999999999999999999999/", "/people/-1/", "/people/1%00/"])
def test_ids_that_are_none_are_not_there(hr, address):
    assert hr.get(address).status_code == 404


BOMB = b"PK\x03\x04" + b"\x00" * 5000


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", BOMB),
        ("list.xlsx", b"not a zip at all"),
        ("list.csv", b"\x00" * 5000),
        ("list.csv", b"\xff\xfe" + b"a" * 4001),
        ("list.csv", b'"' * 10_001),
        ("list.csv", b"Name,E-Mail\n" + b"a," * 60_000),
        ("list.csv", b"Name,E-Mail\n=1+1,@x\n" * 50),
        ("../../etc/passwd", b"Name,E-Mail\nJo,jo@example.org\n"),
        ("\u202evsc.exe", b"Name,E-Mail\nJo,jo@example.org\n"),
        ("x" * 5000 + ".csv", b"Name,E-Mail\nJo,jo@example.org\n"),
    ],
)
def test_every_hostile_file_is_taken_or_refused_with_a_sentence(hr, settings, tmp_path, name, content):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile(name, content)

    response = hr.post("/people/imports/", {"uuid": uuid.uuid4(), "file": file})

    assert response.status_code in {302, 422}
    assert not (tmp_path.parent / "etc").exists()
