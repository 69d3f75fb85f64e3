import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from people.models import Employee, ImportRun
from people.rules import imports
from people.tasks import forget_old_imports, work_on_import, work_on_imports
from tests.factories import EmployeeFactory

LIST = """Vorname;Nachname;E-Mail-Adresse;Eintritt;Vorgesetzter
Jo;Park;jo@example.org;03/04/2026;
=1+1;Wu;li@example.org;;jo@example.org
"""


BOTH = LIST.replace("=1+1", "Li")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hr(client, firm):
    client.force_login(firm.hedda)
    return client


def upload(client, text=LIST, key=None):
    file = SimpleUploadedFile("list.csv", text if isinstance(text, bytes) else text.encode())
    return client.post(reverse("people:imports"), {"uuid": key or uuid.uuid4(), "file": file})


COLUMNS = {"first_name": "0", "last_name": "1", "email": "2", "hired_on": "3", "manager": "4", "order": "day"}


def test_whole_way_from_file_to_result(hr):
    columns_page = upload(hr)["Location"]
    page = hr.get(columns_page).content.decode()
    assert '<option value="4" selected>Vorgesetzter</option>' in page

    assert hr.post(columns_page, COLUMNS).status_code == 302
    run = ImportRun.objects.get()
    address = run.get_absolute_url()
    assert 'hx-trigger="every 2s"' in hr.get(address).content.decode()
    work_on_import(run.pk)
    page = hr.get(address).content.decode()
    assert "1 would be new, 0 changed; 1 rows stay out" in page
    assert "“=1+1” looks like a formula." in page

    assert hr.post(reverse("people:import_apply", args=[run.uuid])).status_code == 302
    assert "in one step" in hr.get(address).content.decode()
    work_on_imports()
    assert "Taken in: 1 new, 0 changed; 1 rows stayed out" in hr.get(address).content.decode()
    assert Employee.objects.get(email="jo@example.org").hired_on.isoformat() == "2026-04-03"
    download = b"".join(hr.get(reverse("people:import_bad_rows", args=[run.uuid])).streaming_content).decode()
    lines = download.removeprefix("\ufeff").splitlines()
    assert lines[0] == "Line,Column,Reason,Vorname,Nachname,E-Mail-Adresse,Eintritt,Vorgesetzter"
    assert lines[1].startswith("3,name,“=1+1” looks like a formula. Write the text itself.,'=1+1,Wu,")


def bring(hr):
    hr.post(upload(hr, BOTH)["Location"], COLUMNS)
    run = ImportRun.objects.get()
    work_on_import(run.pk)
    hr.post(reverse("people:import_apply", args=[run.uuid]))
    work_on_imports()
    return run, list(Employee.objects.filter(email__in=["jo@example.org", "li@example.org"]).order_by("email"))


def test_newcomers_are_invited_from_the_result_page(hr):
    run, [jo, li] = bring(hr)
    address = reverse("people:import_invite", args=[run.uuid])
    assert "Invite all 2 newcomers" in hr.get(run.get_absolute_url()).content.decode()

    assert hr.post(address).status_code == 422
    assert hr.post(address, {"who": ["x", "999999999", "\x00"]}).status_code == 422
    assert hr.post(address, {"who": [jo.pk]}, follow=True).status_code == 200
    assert [e.invited_at is None for e in Employee.objects.filter(pk__in=[jo.pk, li.pk]).order_by("email")] == [
        False,
        True,
    ]

    page = hr.post(address, {"everybody": "on"}, follow=True).content.decode()
    assert "1 invitation goes out now." in page
    assert "Invited on" in page


def test_only_newcomers_of_the_file_are_invited_by_it(hr, firm):
    run, _people = bring(hr)

    response = hr.post(reverse("people:import_invite", args=[run.uuid]), {"who": [firm.eve.pk]})

    assert response.status_code == 422
    assert Employee.objects.get(pk=firm.eve.pk).invited_at is None


def test_part_for_htmx_is_the_piece_alone(hr):
    hr.post(upload(hr)["Location"], COLUMNS)

    response = hr.get(ImportRun.objects.get().get_absolute_url(), headers={"HX-Request": "true"})

    assert response.content.decode().lstrip().startswith('<div id="import"')


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"email": ""}, "email", "Say which column holds the e-mail"),
        ({"last_name": ""}, "name", "Say which column holds the name"),
        ({"order": ""}, "order", "Say which comes first"),
        ({"email": "99"}, "email", "valid choice"),
        ({"email": "x"}, "email", "valid choice"),
    ],
)
def test_columns_not_named_are_asked_for(hr, change, field, words):
    response = hr.post(upload(hr)["Location"], COLUMNS | change)

    assert response.status_code == 422
    assert words in response.context["form"].errors[field][0]
    assert ImportRun.objects.get().state == "chosen"


@pytest.mark.parametrize("content", [b"", b"Name\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1"])
def test_file_that_is_no_list_is_refused_beside_the_field(hr, content):
    response = upload(hr, content)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert ImportRun.objects.count() == 0


def test_same_upload_twice_is_one_run(hr):
    key = uuid.uuid4()

    assert upload(hr, key=key)["Location"] == upload(hr, key=key)["Location"]
    assert ImportRun.objects.count() == 1


def test_apply_while_another_is_applied_says_whose(hr):
    addresses = [upload(hr)["Location"] for _ in range(2)]
    for address in addresses:
        hr.post(address, COLUMNS)
    work_on_imports()
    first, second = ImportRun.objects.order_by("pk")
    hr.post(reverse("people:import_apply", args=[first.uuid]))

    response = hr.post(reverse("people:import_apply", args=[second.uuid]))

    assert response.status_code == 409
    assert "Hedda’s import of list.csv is being applied." in response.content.decode()


@pytest.mark.parametrize("query", ["rows=new&from=x", "rows=%00", "from=99999999999999", "rows=same&from=-1"])
def test_strange_addresses_show_the_page(hr, query):
    hr.post(upload(hr)["Location"], COLUMNS)
    work_on_imports()

    assert hr.get(f"{ImportRun.objects.get().get_absolute_url()}?{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_rows_cost_the_same_however_many(hr, firm, rows, django_assert_num_queries):
    text = "Name,Email,Manager\n" + "".join(f"New {n},n{n}@example.org,{firm.ada.email}\n" for n in range(rows))
    text += "".join(f"Renamed,{p.email},\n" for p in (firm.eve, firm.mia))
    hr.post(upload(hr, text)["Location"], {"name": "0", "email": "1", "manager": "2"})
    work_on_imports()
    address = ImportRun.objects.get().get_absolute_url()

    with django_assert_num_queries(6):  # session, reader, run, rows, people, departments
        hr.get(f"{address}?rows=changed")


def test_withdrawn_file_is_gone(hr):
    upload(hr)
    run = ImportRun.objects.get()

    hr.post(reverse("people:import_withdraw", args=[run.uuid]))

    assert hr.get(reverse("people:import_bad_rows", args=[run.uuid])).status_code == 404
    assert hr.get(run.get_absolute_url()).status_code == 200
    forget_old_imports()


def test_command_says_what_a_dry_run_found(firm, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("Name,Email\nJo,jo@example.org\nLi,nowhere\n")
    before = Employee.objects.count()

    call_command("import_people", str(path), "--by", firm.hedda.email, "--dry-run")

    said = capsys.readouterr().out
    assert "new 1, changed 0, same 0, leaving 0, bad 1" in said
    assert "line 3, e-mail: “nowhere” is not an e-mail address." in said
    assert Employee.objects.count() == before

    call_command("import_people", str(path), "--by", firm.hedda.email)
    assert Employee.objects.filter(email="jo@example.org").exists()
    assert imports.work_on_all() == 0


def test_command_needs_no_name_where_one_administrator_works(firm, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("Name,Email\nJo,jo@example.org\n")

    call_command("import_people", str(path), "--dry-run")
    assert "new 1," in capsys.readouterr().out

    EmployeeFactory(hr_role=Employee.HRRole.ADMINISTRATOR)
    with pytest.raises(CommandError, match="several HR administrators"):
        call_command("import_people", str(path), "--dry-run")
    Employee.objects.update(hr_role="")
    with pytest.raises(CommandError, match="no HR administrator"):
        call_command("import_people", str(path), "--dry-run")


@pytest.mark.parametrize("name", ["nowhere.csv", "."])
def test_command_says_that_a_file_cannot_be_read(firm, tmp_path, name):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_people", str(tmp_path / name))
