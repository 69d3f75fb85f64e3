"""Private stays private: marker words in every text that people write, and nobody meets one that is not theirs.

Walked are all declared pages, their parts for htmx, the forms that a POST opens, PDF, CSV, XLSX, calendar, archives and
headers; then mails, the log, what the broker is given, and the database itself.
"""

import io
import json
import logging
import re
import zipfile
from contextlib import contextmanager

import pytest
from celery import current_app
from django.apps import apps
from django.core import mail
from django.db import connection, models, transaction
from django.test import Client
from pypdf import PdfReader

from appraisals.models import Criterion, MovedRating, Passage, Rating
from conversations.models import Answer, SharedNote
from goals.models import Claim, Contact, Reason, Remark
from jobs.models import Objection, Ruling
from jobs.rules import reading
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from outbox.rules.deliver import deliver
from outbox.rules.sweep import sweep
from people.sealed import SealedTextField
from reminders.rules.kinds import KINDS
from tests.access.markers import OPEN, PLANTED
from tests.access.standpoints import STANDPOINTS
from tests.access.test_matrix import ROUTES, address

pytestmark = pytest.mark.django_db
OURS = ("people", "jobs", "goals", "conversations", "appraisals", "journal", "outbox", "reminders")
ONES_OWN_SECRET = "conversations:feed"  # whoever has this address was given it by its owner
MARKER = re.compile(r"Zq[a-y]{2}x")


def marker(place):
    """ "Zqabx": no ligature in it, nothing that a line could break at."""
    return f"Zq{chr(97 + place // 25)}{chr(97 + place % 25)}x"


@contextmanager
def unguarded():
    """Without the triggers that keep what is settled; the company is rolled back with them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            for _name, sql in triggers:
                cursor.execute(sql)


def model_of(field):
    label, name = field.rsplit(".", 1)
    model = apps.get_model(label)
    return model, model._meta.get_field(name)


def rows_that_are_missing(company):
    """What the matrix's company lacks of these: one row each."""
    company.noted = Contact.objects.create(owner=company.direct, name="A Name", notes="A note")
    Answer.objects.create(author=company.direct, question="listened", year=2026, week=1, text="…")
    SharedNote.objects.get_or_create(sheet=company.talk)
    for stage, appraisal in company.appraisals.items():
        criterion = Criterion.objects.filter(section__scheme=appraisal.scheme, source="").first()
        common = {"appraisal": appraisal, "criterion": criterion, "by": company.manager}
        for side in ("self", "manager"):
            Passage.objects.create(appraisal=appraisal, side=side, words="…", by=company.direct)
        Rating.objects.create(points=300, words="…", **common)
        if stage in ("calibration", "shared"):
            MovedRating.objects.create(before=300, after=400, words="…", **common | {"by": company.managers_manager})
    ruling = Ruling.objects.filter(clause=company.job_asked).first()
    common = {"clause": company.job_asked, "by": company.manager, "words": "…"}
    Objection.objects.create(ruling=ruling, wording=company.job_asked.text, **common)
    Claim.objects.filter(pk=company.claim.pk).update(state="refused", reason="…")
    reading.answer_comment(company.job_comment, "…", by=company.manager)
    Reason.objects.create(goal=company.agreed, by=company.manager, words="…")
    Remark.objects.create(report=company.report_asked, by=company.direct, words="…")


@pytest.fixture(scope="module")
def planted(company, django_db_blocker):
    """The company with a marker in every place; {marker: Planted}. Rules and triggers are passed over."""
    with django_db_blocker.unblock(), transaction.atomic(), unguarded():
        rows_that_are_missing(company)
        found, lacking = {}, []
        for place, one in enumerate(PLANTED):
            model, field = model_of(one.field)
            found[marker(place)] = one
            if not model._default_manager.filter(**one.rows(company)).update(**{field.name: marker(place)}):
                lacking.append((one.field, one.readers))
    assert lacking == [], "the company has no row of these"
    return found


def test_every_text_that_somebody_may_type_is_planted_or_says_why_not():
    texts = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in OURS
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }

    planted = {one.field for one in PLANTED}
    assert texts - planted - OPEN.keys() == set()
    assert (planted | OPEN.keys()) - texts == set()
    assert planted & OPEN.keys() == set()


def text_of(response):
    """Everything that an answer says: its headers, its words, the words inside of files."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = json.dumps(dict(response.headers))
    if body.startswith(b"%PDF"):
        try:
            body = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
        except Exception:  # the matrix's proofs are no real PDF files
            return headers + body.decode(errors="replace")
    elif body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b" ".join(archive.read(name) for name in archive.namelist())
    return headers + body.decode(errors="replace").replace("\r\n ", "")


def ask(client, method, path, data, **headers):
    with transaction.atomic():
        response = getattr(client, method)(path, data, headers=headers or None)
        text = text_of(response)
        transaction.set_rollback(True)
    return response, text


def answers(company, standpoint):
    """(route, text) of every declared address: the page, its part, and the form that a POST shows again."""
    client, reader = Client(raise_request_exception=False), getattr(company, standpoint)
    if reader:
        client.force_login(reader)
    for route in ROUTES:
        if route.name == ONES_OWN_SECRET and standpoint != "direct":
            continue
        kwargs = route.row(company)
        path = address(route, kwargs)
        response, text = ask(client, "get", path, {} if kwargs else {"q": "Zq"})
        yield route.name, text
        if response.status_code == 200 and "HX-Request" in response.headers.get("Vary", ""):
            yield route.name, ask(client, "get", path, {}, **{"HX-Request": "true"})[1]
        if route.cells("post")[standpoint] in (200, 409, 422):
            yield route.name, ask(client, "post", path, route.data(company, reader))[1]


@pytest.mark.crawl
@pytest.mark.parametrize("standpoint", STANDPOINTS)
def test_nobody_meets_a_word_that_is_not_theirs(company, planted, standpoint, monkeypatch):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda *args, **kwargs: sent.append((args, kwargs)))
    seen = {}
    for name, text in answers(company, standpoint):
        for word in MARKER.findall(text):
            seen.setdefault(word, name)

    theirs = {word for word, one in planted.items() if standpoint in one.readers.split()}
    assert {f"{planted[word].field} at {seen[word]}" for word in seen.keys() - theirs} == set()
    assert MARKER.findall(repr(sent)) == []
    if standpoint == "direct":  # the matrix's things are hers: what she may read, she meets
        assert {planted[word].field for word in theirs - seen.keys()} == set()


@pytest.mark.crawl
def test_mails_notices_journal_and_log_know_none(company, planted, caplog):
    with caplog.at_level(logging.INFO):
        for kind in KINDS.values():
            sweep(kind, clock.today())
        while deliver(KINDS):
            pass

    for letter in mail.outbox:
        words = set(MARKER.findall(f"{letter.subject} {letter.body} {letter.alternatives} {letter.extra_headers}"))
        readers = {one for one in STANDPOINTS if getattr(company, one) and getattr(company, one).email in letter.to}
        assert [planted[word].field for word in words if not readers & set(planted[word].readers.split())] == []
    rows = [*Entry.objects.values_list("data", flat=True), *Notice.objects.values_list("context", "error")]
    assert MARKER.findall(json.dumps(rows, default=str)) == []
    assert MARKER.findall(caplog.text) == []


@pytest.mark.crawl
def test_the_database_holds_no_word_of_what_is_sealed(planted):
    sealed = {word for word, one in planted.items() if isinstance(model_of(one.field)[1], SealedTextField)}
    assert sealed
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert sealed & set(MARKER.findall(repr(cursor.fetchall()))) == set(), table


def test_markers_are_told_apart():
    assert len({marker(place) for place in range(len(PLANTED))}) == len(PLANTED)
