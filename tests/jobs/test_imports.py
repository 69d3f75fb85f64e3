"""Descriptions from a file: what each row becomes is said before, done once, and nothing comes in half."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from jobs.models import Clause, JobDescription, Version
from jobs.rules import imports, ruling
from tests import factories_jobs as make

HEAD = "Description;Clause;Class;Department;Manager"


def chosen(by, *lines, head=HEAD):
    text = "\n".join([head, *lines])
    run = imports.choose(ContentFile(text.encode()), "old.csv", by=by)
    return imports.name_columns(run, run.mapping, by=by)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Keeps it.;duty;Earth Sciences;", "Nothing stands here."),
        ("Archivist;;duty;Earth Sciences;", "Nothing stands here."),
        ("Archivist;Keeps it.;;Earth Sciences;", "Nothing stands here."),
        ("Archivist;Keeps it.;heroic;Earth Sciences;", "This is none of the four classes."),
        ("Archivist;Keeps it.;duty;Moon;", "No department of yours"),
        ("Archivist;Keeps it.;duty;Earth Sciences;sam@example.org", "Nobody who leads others"),
        (f"{'x' * 121};Keeps it.;duty;Earth Sciences;", "Longer than 120 characters."),
        (f"Archivist;{'x' * 2001};duty;Earth Sciences;", "Longer than 2000 characters."),
        ("Archi\x07vist;Keeps it.;duty;Earth Sciences;", "This is one line"),
    ],
)
def test_a_bad_row_says_its_line_and_why_and_the_good_ones_do_not_wait(house, line, reason):
    run = chosen(house.hal, "Porter;Opens the doors.;essential;earth-sciences;", line)

    plan = imports.look(run)
    imports.take_in(run, by=house.hal)

    bad = [row for row in plan.rows if row.reason]
    assert [row.line for row in bad] == [3]
    assert bad[0].reason.startswith(reason)
    assert list(JobDescription.objects.values_list("title", flat=True)) == ["Porter"]


def test_the_same_words_twice_in_one_description_stay_out(house):
    run = chosen(house.hal, *["Porter;Opens the doors.;essential;Earth Sciences;"] * 2)

    assert [row.verdict for row in imports.look(run).rows] == ["new", "bad"]


def test_what_is_taken_in_is_a_draft_of_its_manager_that_the_importer_does_not_rule_on(house):
    run = chosen(house.hal, f"Porter;Opens the doors.;Essential function;Earth Sciences;{house.mia.email}")

    imports.take_in(run, by=house.hal)
    version = make.handed_on(Version.objects.get())
    clause = version.clauses.get()

    assert (version.author, clause.author, clause.kind) == (house.mia, house.hal, "essential")
    with pytest.raises(PermissionDenied):
        ruling.rule(clause, "approved", by=house.hal, seen=clause.revision)
    ruling.rule(clause, "approved", by=house.pat, seen=clause.revision)


def test_a_second_time_nothing_is_new(house):
    line = "Porter;Opens the doors.;essential;Earth Sciences;"
    run = chosen(house.hal, line)
    imports.take_in(run, by=house.hal)

    with pytest.raises(ValidationError):
        imports.take_in(run, by=house.hal)
    again = chosen(house.hal, line)

    assert [row.verdict for row in imports.look(again).rows] == ["same"]
    with pytest.raises(ValidationError, match="nothing to take in"):
        imports.take_in(again, by=house.hal)
    assert (JobDescription.objects.count(), Clause.objects.count()) == (1, 1)
    client = Client()
    client.force_login(house.hal)
    page = client.get(again.get_absolute_url()).text
    assert reverse("jobs:import_apply", args=[again.uuid]) not in page
    assert imports.withdraw(again, by=house.hal).rows == []


def test_what_was_written_out_comes_in_again(house):
    rows = [make.RELATIONSHIPS, make.ORDERS | {"reason": "=1+1", "covers": "Main campus"}]
    version = make.drafted(house.mia, rows, title="Assistant", department=house.department)
    house.mia.department = house.department
    house.mia.save()
    client = Client()
    client.force_login(house.mia)
    text = b"".join(client.get(reverse("jobs:csv", args=[version.pk]))).decode("utf-8-sig")
    JobDescription.objects.update(title="Renamed")

    run = imports.choose(ContentFile(text.encode()), "out.csv", by=house.mia)
    imports.take_in(imports.name_columns(run, run.mapping, by=house.mia), by=house.mia)

    came = Version.objects.exclude(pk=version.pk).get().clauses.order_by("position")
    assert list(came.values_list("text", "kind")) == [(row["text"], row["kind"]) for row in rows]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"PK\x03\x04broken", b"Description,Clause,Class\n", b"\xff" * 50]
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(house, content):
    client = Client()
    client.force_login(house.hal)
    file = ContentFile(content, name="x.csv")
    key = "11111111-1111-4111-8111-111111111111"

    response = client.post(reverse("jobs:imports"), {"file": file, "uuid": key})

    assert response.status_code in (302, 422)
    assert not JobDescription.objects.exists()
