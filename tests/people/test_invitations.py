"""From an import, or a page, to somebody who has set a password: invitations, links, the first account."""

import re
from datetime import timedelta

import pytest
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.timezone import now

from journal import clock
from journal.models import Entry
from outbox.models import Notice
from outbox.rules import deliver, sweep
from people.due import INVITED, KINDS
from people.links import INVITATION, RESET, address_for
from people.models import Employee, LinkRequest
from people.rules import signing_in
from people.rules.leaving import leave
from tests.factories import EmployeeFactory

pytestmark = pytest.mark.django_db
NEW = {"password1": "a quite new secret", "password2": "a quite new secret"}
ALL = {kind.name: kind for kind in KINDS}


def path_of(address):
    return re.sub(r"https?://[^/]+", "", address)


def letters():
    """What the clock does: raise, send. Returns (to, subject, first address of ours in the text)."""
    sweep.sweep(INVITED, clock.today())
    mail.outbox.clear()
    deliver.deliver(ALL)
    return [(m.to[0], m.subject, (re.findall(r"http\S+", m.body) or [""])[0]) for m in mail.outbox]


def follow(address, **fields):
    client = Client()
    assert client.get(path_of(address))["Location"] == "/account/password/new/"
    return client, client.post("/account/password/new/", fields or NEW)


@pytest.fixture
def ida():
    return EmployeeFactory(name="Ida Import", email="ida@example.org")


def test_people_from_an_import_get_no_link_before_they_are_invited(ida):
    signing_in.ask_for_link(ida.email)

    assert signing_in.answer_requests() == 0
    assert list(LinkRequest.objects.all()) == []
    assert letters() == []


def test_an_invitation_lets_somebody_in_once(firm, ida):
    assert signing_in.invite(Employee.objects.filter(pk=ida.pk), by=firm.hedda) == 1
    [(to, subject, link)] = letters()
    assert (to, subject) == ("ida@example.org", "Your invitation to relgoals")
    assert letters() == []

    client, response = follow(link)
    assert (response.status_code, response["Location"]) == (302, "/account/login/")
    assert client.post("/account/login/", {"login": ida.email, "password": NEW["password1"]}).status_code == 302

    _client, again = follow(link)
    assert again.status_code == 410
    verbs = list(Entry.objects.of(ida).values_list("verb", "actor"))
    assert verbs == [("employee.set_password", ida.pk), ("employee.invite", firm.hedda.pk), ("employee.join", None)]


def test_no_token_is_stored(firm, ida):
    signing_in.invite(Employee.objects.filter(pk=ida.pk), by=firm.hedda)
    [(_to, _subject, link)] = letters()
    token = link.rstrip("/").rpartition("/")[2]

    stored = [str(row) for table in (Notice, Entry) for row in table.objects.values()]
    assert not any(token in row for row in stored)


def test_a_second_invitation_replaces_the_first(firm, ida):
    chosen = Employee.objects.filter(pk=ida.pk)
    signing_in.invite(chosen, by=firm.hedda)
    [(_to, _subject, first)] = letters()
    signing_in.invite(chosen, by=firm.hedda)
    [(_to, _subject, second)] = letters()

    assert follow(first)[1].status_code == 410
    assert follow(second)[1].status_code == 302


@pytest.mark.parametrize(("purpose", "lasts"), [(INVITATION, timedelta(days=7)), (RESET, timedelta(hours=1))])
def test_a_link_ends_by_itself(ida, purpose, lasts, monkeypatch):
    signing_in.invite(Employee.objects.filter(pk=ida.pk), by=None)
    ida.refresh_from_db()
    link = address_for(ida, purpose)
    real = signing.time.time

    for seconds, status in ((lasts.total_seconds() - 60, 200), (lasts.total_seconds() + 60, 410)):
        monkeypatch.setattr(signing.time, "time", lambda seconds=seconds: real() + seconds)
        monkeypatch.setattr("django.contrib.sessions.backends.base.timezone.now", now)
        client = Client()
        client.get(path_of(link))
        assert client.get("/account/password/new/").status_code == status


def test_invitations_reach_only_who_never_signed_in(firm, ida):
    signing_in.set_password(firm.eve, "a quite old secret")
    leaver = EmployeeFactory(name="Lea")
    leave(leaver, now().date() - timedelta(days=3), by=None)

    count = signing_in.invite(Employee.objects.filter(pk__in=[firm.eve.pk, ida.pk, leaver.pk]), by=firm.hedda)

    assert count == 2  # Lea's notice is never raised: she does not work here
    assert [to for to, _s, _l in letters()] == ["ida@example.org"]


def test_invitations_of_many_are_few_statements(firm, django_assert_num_queries):
    for n in range(30):
        EmployeeFactory(name=f"New {n}")
    everybody = Employee.objects.filter(name__startswith="New")

    with django_assert_num_queries(4):
        assert signing_in.invite(everybody, by=firm.hedda) == 30
    assert len(letters()) == 30


def test_an_invitation_that_was_used_meanwhile_is_not_sent(firm, ida):
    signing_in.invite(Employee.objects.filter(pk=ida.pk), by=firm.hedda)
    sweep.sweep(INVITED, clock.today())
    signing_in.set_password(ida, "a quite new secret")

    assert letters() == []


def test_a_link_for_who_has_forgotten(client, firm):
    signing_in.set_password(firm.eve, "a quite old secret")
    elsewhere = Client()
    elsewhere.post("/account/login/", {"login": firm.eve.email, "password": "a quite old secret"})
    client.post("/account/password/reset/", {"email": firm.eve.email.upper()})

    assert signing_in.answer_requests() == 1
    assert signing_in.answer_requests() == 0
    [(to, _subject, link)] = letters()
    assert to == firm.eve.email
    assert follow(link)[1].status_code == 302
    assert elsewhere.get("/today/").status_code == 302  # every session has ended
    assert [subject for _t, subject, _l in letters()] == ["How you sign in has changed"]


def test_the_address_in_the_mail_is_the_configured_one(client, firm, settings):
    settings.SITE_URL = "https://relgoals.example"
    signing_in.set_password(firm.eve, "a quite old secret")
    client.post("/account/password/reset/", {"email": firm.eve.email}, HTTP_HOST="localhost")
    signing_in.answer_requests()

    assert letters()[0][2].startswith("https://relgoals.example/account/link/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "a quite new secret", "password2": "another one here"}, "not the same"),
        ({"password1": "ida import 123", "password2": "ida import 123"}, "too similar"),
        ({"password1": "", "password2": ""}, "required"),
        ({"password1": "a\x00quite new secret", "password2": "a\x00quite new secret"}, "Null characters"),
        ({"password1": "x" * 3000, "password2": "x" * 3000}, "256"),
    ],
)
def test_a_bad_password_is_refused_with_a_sentence(firm, ida, fields, sentence):
    signing_in.invite(Employee.objects.filter(pk=ida.pk), by=firm.hedda)
    [(_to, _subject, link)] = letters()

    _client, response = follow(link, **fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Employee.objects.get(pk=ida.pk).has_usable_password()


@pytest.mark.parametrize(
    "token", ["x", "a:b:c", "%00", "of another sort", "é" * 300], ids=["word", "colons", "nul", "sort", "long"]
)
def test_nonsense_is_a_dead_link(client, db, token):
    if token == "of another sort":  # signed by us, for no link
        token = signing.dumps([1, "other", "x"], salt="people.links")

    client.get(f"/account/link/{token}/")

    assert client.get("/account/password/new/").status_code == 410


def test_the_first_account_gets_a_link_and_no_password(db, capsys):
    call_command("create_first_account", "Hedda@Example.org", "Hedda Quist")
    link = re.search(r"http\S+", capsys.readouterr().out)[0]
    hedda = Employee.objects.get()
    assert (hedda.email, hedda.hr_role, hedda.has_usable_password()) == ("hedda@example.org", "administrator", False)

    assert follow(link)[1].status_code == 302
    with pytest.raises(CommandError, match="holds this post"):
        call_command("create_first_account", "other@example.org", "Somebody Else")
    call_command("create_first_account", "max@example.org", "Max Roth", machine=True)
    assert Employee.objects.get(email="max@example.org").is_superuser


@pytest.mark.parametrize("email", ["nonsense", ""])
def test_the_first_account_wants_an_address(db, email):
    with pytest.raises(CommandError):
        call_command("create_first_account", email, "Hedda Quist")
    assert list(Employee.objects.all()) == []
