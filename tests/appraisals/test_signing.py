"""What is signed stays as it is: by rule, by query, by raw SQL; and the chain names its first broken link."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from appraisals import chain
from appraisals.models import (
    Appraisal,
    Chain,
    Evidence,
    MovedRating,
    Passage,
    Rating,
    Score,
    SectionScore,
    Signature,
    Words,
)
from appraisals.rules import rating, signing
from journal import clock
from outbox.models import Notice
from tests.factories_appraisals import a_goal, appraisal_of, criteria

pytestmark = pytest.mark.django_db


def filled(firm, round_, employee):
    """An appraisal with something in every table, shared."""
    appraisal = appraisal_of(round_, employee)
    first = criteria(round_)[0]
    Passage.objects.create(appraisal=appraisal, side="self", words="What I did.", by=employee)
    Passage.objects.create(appraisal=appraisal, side="manager", words="What I saw.", by=firm.mia)
    Rating.objects.create(appraisal=appraisal, criterion=first, points=400, words="Two examples.", by=firm.mia)
    MovedRating.objects.create(
        appraisal=appraisal, criterion=first, before=300, after=400, words="Like Sam.", by=firm.ada
    )
    Evidence.objects.create(
        appraisal=appraisal, criterion=first, label="3 counts", happened_on=clock.today(), by=firm.mia,
        accepted_at=clock.now(),
    )  # fmt: skip
    Words.objects.create(
        appraisal=appraisal, author=firm.sam, why="second", words="Helped us.", handed_on_at=clock.now()
    )
    return appraisal_of(round_, employee, "shared")


@pytest.fixture
def signed(firm, round_, clause):
    a_goal(firm.eve, round_.year, clause, counted=1, confirmed=1)
    appraisal = filled(firm, round_, firm.eve)
    signing.sign(appraisal, "I see the second point differently.", by=firm.eve)
    return Appraisal.objects.get(pk=appraisal.pk)


def test_signing_freezes_hashes_and_tells(firm, signed):
    signature = signed.signature
    content = json.loads(signature.content)

    assert signed.state == "signed"
    assert signature.digest == chain.digest(1, signature.content, "")
    assert chain.canonical(content) == signature.content
    assert content["signature"]["comment"] == "I see the second point differently."
    assert content["total"] == 392  # (5 × 3 + 60 × 4) ÷ 65
    assert (Score.objects.get(pk=signed.pk).total, Score.objects.get(pk=signed.pk).frozen) == (392, True)
    assert Notice.objects.get(kind="appraisals.signed").recipient == firm.mia


def test_signing_twice_is_once(firm, signed):
    again = signing.sign(signed, "Another answer", by=firm.eve)

    assert again == signed.signature
    assert Signature.objects.count() == 1
    assert again.comment == "I see the second point differently."


@pytest.mark.parametrize(
    ("model", "field"),
    [(Passage, "words"), (Rating, "words"), (MovedRating, "words"), (Evidence, "label"), (Words, "words")],
)
def test_rows_of_a_signed_appraisal_refuse_every_change(signed, model, field):
    row = model.objects.filter(appraisal=signed).first()
    for deed in (
        lambda: model.objects.filter(pk=row.pk).update(**{field: "changed"}),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: _raw(f"UPDATE {model._meta.db_table} SET {field} = 'changed' WHERE id = {row.pk}"),
    ):
        with pytest.raises(DatabaseError, match="signed stays"), transaction.atomic():
            deed()
    assert getattr(model.objects.get(pk=row.pk), field) == getattr(row, field)


def test_nothing_is_added_to_a_signed_appraisal(firm, round_, signed):
    with pytest.raises(DatabaseError, match="signed stays"), transaction.atomic():
        Rating.objects.create(appraisal=signed, criterion=criteria(round_)[1], points=100, by=firm.mia)
    with pytest.raises(ValidationError):
        rating.write_review(signed, {}, {criteria(round_)[1]: (100, "Late.")}, None, by=firm.mia)


def test_signed_row_score_and_signature_refuse_every_change(signed):
    section = SectionScore.objects.filter(appraisal=signed).first()
    for sql in (
        f"UPDATE appraisals_appraisal SET reviewer_id = NULL WHERE id = {signed.pk}",
        f"UPDATE appraisals_appraisal SET state = 'review' WHERE id = {signed.pk}",
        f"DELETE FROM appraisals_appraisal WHERE id = {signed.pk}",
        f"UPDATE appraisals_score SET total = 500 WHERE appraisal_id = {signed.pk}",
        f"DELETE FROM appraisals_score WHERE appraisal_id = {signed.pk}",
        f"UPDATE appraisals_sectionscore SET score = 50000 WHERE id = {section.pk}",
        f"DELETE FROM appraisals_sectionscore WHERE id = {section.pk}",
        "UPDATE appraisals_signature SET comment = 'never mind'",
        "DELETE FROM appraisals_signature",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            _raw(sql)


def test_reopening_is_the_next_version_and_the_old_one_stays(firm, signed):
    before = signed.signature.content

    fresh = signing.reopen(signed, "The stock count was another team’s.", by=firm.hedda)

    signed.refresh_from_db()
    assert (fresh.number, fresh.state, fresh.step_words) == (2, "review", "The stock count was another team’s.")
    assert signed.is_replaced
    assert (signed.state, signed.signature.content) == ("signed", before)
    assert Rating.objects.get(appraisal=fresh).points == 400
    assert fresh.words.count() == fresh.evidence.count() == fresh.passages.count() - 1 == 1
    assert {n.recipient for n in Notice.objects.filter(kind="appraisals.reopened")} == {firm.eve, firm.mia}
    with pytest.raises(ValidationError) as twice:
        signing.reopen(signed, "Again.", by=firm.hedda)
    assert twice.value.code == "moved_on"


def test_closing_unsigned_says_why(firm, round_, on):
    appraisal = filled(firm, round_, firm.eve)

    with on(round_.sign_by_on + timedelta(days=1)):
        signature = signing.close(appraisal, "On leave since May.", by=firm.hedda)

    assert (signature.signer, signature.reason) == (None, "On leave since May.")
    assert json.loads(signature.content)["signature"]["signer"] is None
    assert Notice.objects.get(kind="appraisals.closed").recipient == firm.eve


def test_chain_of_three_is_whole_and_the_command_says_so(firm, round_, signed):
    for employee in (firm.sam, firm.mia):
        signing.sign(filled(firm, round_, employee), by=employee)
    out = StringIO()

    call_command("verify_signatures", stdout=out)

    assert "3 signatures" in out.getvalue()


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE appraisals_signature SET content = replace(content, '\"total\"', '\"Total\"') WHERE number = 2", 2),
        ("UPDATE appraisals_signature SET previous = repeat_of(previous) WHERE number = 3", 3),
        ("DELETE FROM appraisals_signature WHERE number = 2", 2),
        ("DELETE FROM appraisals_signature WHERE number = 3", 3),
        ("UPDATE appraisals_signature SET digest = 'f' || substr(digest, 2) WHERE number = 1", 1),
    ],
)
def test_command_names_the_first_broken_link(firm, round_, signed, sql, number):
    for employee in (firm.sam, firm.mia):
        signing.sign(filled(firm, round_, employee), by=employee)
    unguarded(sql.replace("repeat_of(previous)", "'0'"))

    with pytest.raises(CommandError, match=f"^Signature {number}"):
        call_command("verify_signatures")


def test_cut_chain_is_found_by_its_end(firm, signed):
    unguarded("DELETE FROM appraisals_signature")

    assert signing.broken() == (1, "is missing")
    Chain.objects.all().delete()
    assert signing.broken() is None


def unguarded(sql):
    """What somebody with the database's own rights could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table cannot be altered now
            cursor.execute("ALTER TABLE appraisals_signature DISABLE TRIGGER USER")
            cursor.execute(sql)
            cursor.execute("ALTER TABLE appraisals_signature ENABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER appraisals_chain_fixed")
            cursor.execute("DROP TRIGGER appraisals_chain_there")
            cursor.execute(sql)


def _raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
