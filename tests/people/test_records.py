import re

import pytest

from people.models import Employee
from people.rules.departments import found_department
from tests.factories import EmployeeFactory


@pytest.fixture
def hedda(firm, client):
    client.force_login(firm.hedda)
    return client


def record_of(person, **changed):
    return {"name": person.name, "email": person.email, "version": person.version} | changed


def test_revise_saves_and_goes_to_the_page(firm, hedda):
    answer = hedda.post(f"/people/{firm.eve.pk}/record/", record_of(firm.eve, job_title="Librarian"))

    assert (answer.status_code, answer["Location"]) == (302, f"/people/{firm.eve.pk}/")
    assert Employee.objects.get(pk=firm.eve.pk).job_title == "Librarian"


def test_revise_with_an_old_version_keeps_the_words_shows_theirs_and_saves_on_the_second_go(firm, hedda):
    address = f"/people/{firm.eve.pk}/record/"
    hedda.post(address, record_of(firm.eve, job_title="Librarian"))

    answer = hedda.post(address, record_of(firm.eve, job_title="Archivist"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Librarian" in page
    assert 'value="Archivist"' in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert hedda.post(address, record_of(firm.eve, job_title="Archivist", version=version)).status_code == 302
    assert Employee.objects.get(pk=firm.eve.pk).job_title == "Archivist"


@pytest.mark.parametrize("field", ["name", "job_title", "staff_number"])
@pytest.mark.parametrize("hostile", ["a\x00b", "a\u202eb", "a\nb\x07", "x" * 3000], ids=["NUL", "RLO", "bell", "long"])
def test_revise_refuses_hostile_words_beside_the_field(firm, hedda, field, hostile):
    answer = hedda.post(f"/people/{firm.eve.pk}/record/", record_of(firm.eve, **{field: hostile}))

    assert answer.status_code == 422
    assert b"invalid-feedback" in answer.content
    assert Employee.objects.get(pk=firm.eve.pk).version == 0


def test_a_form_changes_only_its_own_fields(firm, hedda):
    more = {"hr_role": "administrator", "is_superuser": "on", "left_on": "2020-01-01", "manager": firm.sam.email}
    hedda.post(f"/people/{firm.eve.pk}/record/", record_of(firm.eve, **more))

    eve = Employee.objects.get(pk=firm.eve.pk)
    assert (eve.hr_role, eve.is_superuser, eve.left_on, eve.manager) == ("", False, None, firm.mia)


def test_a_circle_is_refused_beside_the_manager(firm, hedda):
    answer = hedda.post(f"/people/{firm.mia.pk}/manager/", {"manager": f"Eve <{firm.eve.email}>"})

    assert answer.status_code == 422
    assert "other way round" in answer.content.decode()
    assert Employee.objects.get(pk=firm.mia.pk).manager == firm.ada


def test_a_manager_is_found_by_name_and_two_of_a_name_are_told_apart(firm, hedda):
    EmployeeFactory(name="Sam", email="other.sam@example.org")
    address = f"/people/{firm.eve.pk}/manager/"

    twice = hedda.post(address, {"manager": "sam"})
    nobody = hedda.post(address, {"manager": "Zora"})
    found = hedda.post(address, {"manager": "OTHER.SAM@example.org"})

    assert (twice.status_code, nobody.status_code, found.status_code) == (422, 422, 302)
    assert "Several people" in twice.content.decode()
    assert Employee.objects.get(pk=firm.eve.pk).manager.email == "other.sam@example.org"


def test_eight_newcomers_with_one_address_are_one_person(firm, hedda):
    answers = [hedda.post("/people/new/", {"name": "Ida", "email": "ida@example.org"}) for _ in range(8)]

    assert [answer.status_code for answer in answers] == [302] + [422] * 7
    assert Employee.objects.filter(email="ida@example.org").count() == 1


def test_a_partner_keeps_records_of_the_own_part_only(firm, client):
    hana = EmployeeFactory(name="Hana", hr_role="partner")
    near = found_department("Near", "N", by=None, hr_partner=hana)
    far = found_department("Far", "F", by=None)
    Employee.objects.filter(pk=firm.eve.pk).update(department=near)
    client.force_login(hana)

    moved_out = client.post(f"/people/{firm.eve.pk}/record/", record_of(firm.eve, department=far.pk))

    assert moved_out.status_code == 422
    assert client.get(f"/people/{firm.sam.pk}/record/").status_code == 404
    assert client.get(f"/people/{hana.pk}/record/").status_code == 404


def test_profile_takes_wishes_and_nothing_else(firm, client):
    client.force_login(firm.eve)

    answer = client.post(
        "/people/me/",
        {
            "preferred_name": "Evi",
            "time_zone": "Asia/Kathmandu",
            "language": "de",
            "theme": "dark",
            "name": "Queen",
            "hr_role": "administrator",
        },
    )

    eve = Employee.objects.get(pk=firm.eve.pk)
    assert answer.status_code == 302
    assert (eve.called, eve.time_zone, eve.language, eve.theme) == ("Evi", "Asia/Kathmandu", "de", "dark")
    assert (eve.name, eve.hr_role) == ("Eve", "")
    assert client.post("/people/me/", {"time_zone": "Mars/Base", "language": "xx"}).status_code == 422
