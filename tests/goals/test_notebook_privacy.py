"""Names and notes of people met: every address × every standpoint, and everything else that leaves the house.

Marker words stand in the notebook; nobody but their owner may meet one, anywhere. The company is the matrix's.
"""

import json
import logging

import pytest
from django.contrib import admin
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from goals import due as goals
from goals.models import Contact, Encounter, Report
from goals.rules import contacts, reporting
from goals.rules.notebook import Met
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from outbox.rules.deliver import deliver
from outbox.rules.sweep import sweep
from people.sealed import fingerprint
from reminders.rules.kinds import KINDS
from tests.access.conftest import company  # noqa: F401 the matrix's company with the rows of every app
from tests.access.standpoints import STANDPOINTS
from tests.access.test_matrix import ROUTES, address
from tests.goals.reported import log

pytestmark = pytest.mark.django_db
PRIVATE, NOTE, SHARED, COLLEAGUE = "Xanthippe Quillfeather", "zymurgy marginalia", "Thaddeus Wobblesworth", "Otto Vogel"
OTHERS = [standpoint for standpoint in STANDPOINTS if standpoint != "direct"]
LINE = ("manager", "managers_manager")


@pytest.fixture
def marked(company):  # noqa: F811
    goal = company.goal_reported
    log(goal, Met(name=PRIVATE, department=company.far, job_title="Archivist", notes=NOTE))
    company.report_shared = log(goal, Met(name=SHARED, department=company.far, job_title="Porter", shares_name=True))
    contacts.place_departments()
    return company


def pages(company, standpoint):  # noqa: F811
    """(address, what it answered) of every declared GET, search words in the query included."""
    client = Client(raise_request_exception=False)
    if reader := getattr(company, standpoint):
        client.force_login(reader)
    words = {"q": PRIVATE.split()[0], "job": "archivist", "department": company.far.pk}
    for route in ROUTES:
        kwargs = route.row(company)
        for data in ({},) if kwargs else ({}, words):
            with transaction.atomic():
                response = client.get(address(route, kwargs), data)
                body = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
            yield route.name, body.decode(errors="replace") + json.dumps(dict(response.headers))


@pytest.mark.parametrize("standpoint", OTHERS)
def test_no_page_shows_a_name_or_a_note_to_anybody_else(marked, standpoint):
    seen = set()
    for name, text in pages(marked, standpoint):
        full = {word for word in (PRIVATE, PRIVATE.split()[1], NOTE, NOTE.split()[0]) if word in text}
        if standpoint not in LINE:
            full |= {SHARED} & {word for word in (SHARED,) if word in text}
        seen |= {(name, word) for word in full}

    assert seen == set()


def test_the_owner_finds_all_of_it_and_the_line_a_name_that_is_shared(marked):
    own = "".join(text for _name, text in pages(marked, "direct"))
    line = {standpoint: "".join(text for _name, text in pages(marked, standpoint)) for standpoint in LINE}

    assert PRIVATE in own
    assert NOTE in own
    assert SHARED in own
    for standpoint in LINE:
        report = read(marked, standpoint, "goals:report", marked.report_shared)
        assert SHARED in report
        assert PRIVATE not in line[standpoint]


def send():
    """Everything that waits, at whatever hour the tests run."""
    while deliver(KINDS):
        pass


def read(company, standpoint, route, thing):  # noqa: F811
    client = Client()
    client.force_login(getattr(company, standpoint))
    return client.get(reverse(route, args=[thing.uuid])).content.decode()


def test_a_colleague_found_in_the_directory_is_named_to_nobody_but_the_owner(marked):
    unshared = marked.report.encounters.get()
    assert unshared.contact.employee == marked.elsewhere

    for standpoint in ("manager", "managers_manager"):
        assert COLLEAGUE not in read(marked, standpoint, "goals:report", marked.report)
    assert COLLEAGUE in read(marked, "direct", "goals:report", marked.report)


def test_the_database_holds_cipher_text(marked):
    with connection.cursor() as cursor:
        for table in (Contact, Encounter, Report, Entry, Notice):
            cursor.execute(f"SELECT * FROM {table._meta.db_table}")
            dump = repr(cursor.fetchall())
            for word in (PRIVATE, PRIVATE.split()[1], NOTE, SHARED):
                assert word not in dump, table


def test_journal_mails_and_subjects_know_nothing(marked, caplog):
    with caplog.at_level(logging.DEBUG):
        for kind in goals.KINDS:
            sweep(kind, clock.today())
        send()

    said = [f"{one.subject} {one.body} {one.alternatives} {one.to}" for one in mail.outbox]
    assert mail.outbox
    entries = [json.dumps(entry.data) for entry in Entry.objects.all()]
    notices = [json.dumps(notice.context) for notice in Notice.objects.all()]
    for text in (*said, *entries, *notices, caplog.text):
        for word in (PRIVATE, PRIVATE.split()[1], NOTE, SHARED):
            assert word not in text


def test_the_person_met_is_told_without_a_word_of_the_notebook(marked):
    send()

    told = [one for one in mail.outbox if marked.elsewhere.email in one.to]
    assert told
    assert all("organ" not in one.body for one in told)


def test_the_machines_back_office_has_no_model_of_ours():
    ours = {model._meta.label for model in admin.site._registry if model._meta.app_label == "goals"}
    assert not ours & {"goals.Contact", "goals.Encounter", "goals.Report", "goals.Remark", "goals.Claim"}


def test_refusals_keep_what_was_typed_out_of_addresses_and_log(marked, caplog):
    client = Client()
    client.force_login(marked.direct)
    place = reverse("goals:log_step", args=[marked.goal_reported.uuid])
    data = {"met-who": PRIVATE, "met-notes": NOTE, "happened_on": "2026-02-30", "uuid": "x"}

    with caplog.at_level(logging.DEBUG):
        response = client.post(place, data)

    assert response.status_code == 422
    assert PRIVATE in response.content.decode()
    assert PRIVATE not in caplog.text
    assert NOTE not in caplog.text


def test_a_name_that_was_removed_is_nowhere(marked):
    encounter = marked.report.encounters.get()
    from_notebook = fingerprint(COLLEAGUE)
    client = Client()
    client.force_login(marked.elsewhere)

    assert client.post(reverse("goals:remove_name", args=[marked.report.uuid])).status_code == 302

    contact = Contact.objects.get(pk=encounter.contact_id)
    assert (contact.name, contact.employee) == ("", None)
    assert contact.name_hash == from_notebook  # by which the same person counts once, and which nobody can read
    assert COLLEAGUE not in read(marked, "direct", "goals:report", marked.report)


def test_sharing_is_undone_by_changing_the_step(marked):
    report = Report.objects.with_goal().get(pk=marked.report_shared.pk)
    contact = report.encounters.get().contact
    met = Met(earlier=contact, name=SHARED, department=marked.far, job_title="Porter")

    reporting.revise(report, {"happened_on": report.happened_on, "what": ""}, [met], report.version, by=marked.direct)

    assert SHARED not in read(marked, "manager", "goals:report", report)
    assert SHARED in read(marked, "direct", "goals:report", report)
