"""The journal as something nobody can edit unseen: triggers, seals, and a hundred ways to tamper with it."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from journal import tasks
from journal.models import Entry, Seal
from journal.rules import record, sealing
from people.models import Employee

pytestmark = pytest.mark.django_db
POSTGRESQL = connection.vendor == "postgresql"


def write(firm, count=1):
    return [record("employee.revise", firm.eve, by=firm.hedda, fields=[f"field {n}"]) for n in range(count)]


@contextmanager
def without_triggers():
    """What somebody can do who owns the database."""
    with connection.cursor() as cursor:
        if POSTGRESQL:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while checks are pending
            for table in ("journal_entry", "journal_seal"):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            for table in ("journal_entry", "journal_seal"):
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'journal_%'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            yield cursor
            for _name, sql in triggers:
                cursor.execute(sql)


STATEMENTS = [
    "UPDATE journal_entry SET verb = 'other'",
    "DELETE FROM journal_entry",
    "UPDATE journal_seal SET hash = ''",
    "DELETE FROM journal_seal",
]
if POSTGRESQL:
    STATEMENTS += ["TRUNCATE journal_entry CASCADE", "TRUNCATE journal_seal"]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_database_refuses(firm, statement):
    sealing.seal()
    entries, seals = list(Entry.objects.values_list()), list(Seal.objects.values_list())

    if POSTGRESQL:
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is emptied while checks are pending
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert (list(Entry.objects.values_list()), list(Seal.objects.values_list())) == (entries, seals)


def test_orm_is_refused_too(firm):
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Entry.objects.update(verb="other")


def test_a_minute_seals_what_is_new_and_a_second_run_nothing(firm):
    tasks.seal_journal()
    first = Seal.objects.get()
    assert (first.number, first.entries) == (1, Entry.objects.count())
    tasks.seal_journal()
    assert Seal.objects.count() == 1

    write(firm, 3)
    tasks.seal_journal()
    assert list(Seal.objects.values_list("number", "entries", "first")) == [
        (1, first.entries, 1),
        (2, 3, first.last + 1),
    ]
    assert list(sealing.verify()) == []


def test_blocks_are_bounded(firm, monkeypatch):
    monkeypatch.setattr(sealing, "BLOCK", 4)
    write(firm, 10)

    assert sealing.seal() == Entry.objects.count()
    assert max(Seal.objects.values_list("entries", flat=True)) == 4
    assert list(sealing.verify()) == []


def flip(cursor, entries, dice):
    pk = dice.choice(entries)
    column = dice.choice(["verb", "origin", "subject"])
    cursor.execute(f"UPDATE journal_entry SET {column} = {column} || 'x' WHERE id = %s", [pk])


def flip_data(cursor, entries, dice):
    cursor.execute('UPDATE journal_entry SET data = \'{"fields": ["other"]}\' WHERE id = %s', [dice.choice(entries)])


def change_actor(cursor, entries, dice):
    actor = Employee.objects.get(name="Sam").pk
    cursor.execute("UPDATE journal_entry SET actor_id = %s WHERE id = %s", [actor, dice.choice(entries)])


def remove(cursor, entries, dice):
    cursor.execute("DELETE FROM journal_entry WHERE id = %s", [dice.choice(entries)])


def swap(cursor, entries, dice):
    one, other = dice.sample(entries, 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        cursor.execute("UPDATE journal_entry SET id = %s WHERE id = %s", [new, old])


def cut(cursor, entries, dice):
    """Everything from some entry up to the last sealed one."""
    cursor.execute("DELETE FROM journal_entry WHERE id >= %s", [dice.choice(entries)])


def cut_with_a_seal(cursor, entries, dice):
    """A seal in the middle with its entries."""
    number = dice.randrange(1, Seal.objects.count())
    gone = Seal.objects.get(number=number)
    cursor.execute("DELETE FROM journal_seal WHERE number = %s", [number])
    cursor.execute("DELETE FROM journal_entry WHERE id BETWEEN %s AND %s", [gone.first, gone.last])


def forge_a_seal(cursor, entries, dice):
    number = dice.randrange(1, Seal.objects.count() + 1)
    cursor.execute("UPDATE journal_seal SET hash = %s WHERE number = %s", ["0" * 64, number])


@pytest.mark.parametrize(
    "tamper",
    [flip, flip_data, change_actor, remove, swap, cut, cut_with_a_seal, forge_a_seal],
    ids=lambda t: t.__name__,
)
def test_tampering_is_found_in_a_hundred_of_a_hundred_tries(firm, tamper):
    dice = Random(4)
    for _minute in range(6):
        write(firm, 8)
        sealing.seal()
    entries = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert list(sealing.verify()) == []

    found = 0
    with without_triggers() as cursor:
        for _try in range(100):
            mark = transaction.savepoint()
            tamper(cursor, entries, dice)
            found += bool(list(sealing.verify()))
            transaction.savepoint_rollback(mark)

    assert found == 100


def test_an_entry_put_in_later_is_found(firm):
    with transaction.atomic():
        [gone] = write(firm)
        transaction.set_rollback(True)
    write(firm)
    sealing.seal()
    if gone.pk in Entry.objects.values_list("pk", flat=True):  # SQLite has given the number to the next one
        with without_triggers() as cursor:
            cursor.execute("DELETE FROM journal_entry WHERE id = %s", [gone.pk])
        assert list(sealing.verify()) != []
        return
    assert Seal.objects.get().gaps[-1] == [gone.pk, gone.pk]
    Entry.objects.create(pk=gone.pk, verb="employee.revise", subject="people.employee:1")

    assert [finding.seal for finding in sealing.verify()] == [1]


def test_whose_transaction_took_longer_is_sealed_later(firm):
    """A key that was missing is sealed when it comes within the hour; afterwards it counts as forged."""
    base = Entry.objects.order_by("-pk").first().pk
    Entry.objects.create(pk=base + 2, verb="employee.revise", subject="people.employee:1")
    sealing.seal()
    assert Seal.objects.get().gaps[-1] == [base + 1, base + 1]
    Entry.objects.create(pk=base + 1, verb="employee.revise", subject="people.employee:2")

    assert sealing.seal() == 1
    assert Seal.objects.get(number=2).late == [base + 1]
    assert sealing.seal() == 0
    assert list(sealing.verify()) == []


def test_what_fills_an_old_gap_is_not_sealed(firm, monkeypatch):
    base = Entry.objects.order_by("-pk").first().pk
    Entry.objects.create(pk=base + 2, verb="employee.revise", subject="people.employee:1")
    sealing.seal()
    monkeypatch.setattr(sealing, "LATE", timedelta(0))
    Entry.objects.create(pk=base + 1, verb="employee.revise", subject="people.employee:2")

    assert sealing.seal() == 0
    assert [finding.seal for finding in sealing.verify()] == [1]


@pytest.mark.django_db(transaction=True)
def test_two_that_seal_at_once_seal_once(firm):
    write(firm, 5)
    sealed = []

    def run():
        sealed.append(sealing.seal())
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(Seal.objects.values_list("entries", flat=True)) == Entry.objects.count()
    assert list(sealing.verify()) == []


def test_command_says_whole_names_the_place_and_compares_with_the_log(firm, capsys):
    call_command("verify_journal")
    assert "Nothing is sealed yet." in capsys.readouterr().out
    write(firm, 4)
    sealing.seal()
    newest = Seal.objects.get()
    call_command("verify_journal", expect=f"1:{newest.hash}")
    assert f"1:{newest.hash}" in capsys.readouterr().out
    with pytest.raises(CommandError, match="cut off"):
        call_command("verify_journal", expect=f"2:{newest.hash}")

    with without_triggers() as cursor:
        cursor.execute("UPDATE journal_entry SET verb = 'x' WHERE id = %s", [newest.last])
    with pytest.raises(CommandError, match="not whole: 1 places"):
        call_command("verify_journal")
    assert "Seal 1: An entry, their order, or the seal itself was changed." in capsys.readouterr().out


def test_the_newest_seal_stands_in_the_log(firm, caplog):
    with caplog.at_level("INFO", logger="journal.seal"):
        sealing.seal()

    assert Seal.objects.get().hash in caplog.text
