"""What two say to each other, and what one writes for themselves, is not to be found in the database's own dump."""

import io
import os
import subprocess
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from conversations.rules import coaching, new_dates, notes, promises
from journal import clock
from tests.factories_conversations import MONDAY_MORNING, promise, sheet_of, topic

WORD = "Quittenmarmelade"


def dump():
    """Every row as the database itself would write it into a backup."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return "\n".join(connection.connection.iterdump())
    settings = connection.settings_dict
    environment = {**os.environ, "PGPASSWORD": settings["PASSWORD"]}
    where = ["-h", settings["HOST"], "-p", str(settings["PORT"] or 5432), "-U", settings["USER"], settings["NAME"]]
    done = subprocess.run(
        ["pg_dump", "--data-only", *where], env=environment, capture_output=True, check=True, text=True
    )
    return done.stdout


def everything(firm):
    """That word in every box of a pair."""
    one = sheet_of(firm.mia, firm.eve)
    notes.keep(one, "", f"Private: {WORD}", by=firm.eve)
    notes.share(one, "", f"Shared: {WORD}", by=firm.mia)
    topic(one, firm.eve, f"Topic {WORD}")
    made = promise(one, f"Promise {WORD}")
    new_dates.ask(made, clock.today() + timedelta(days=20), WORD, by=firm.mia)
    promises.answer_repair(promises.repair(made, WORD, WORD, WORD, by=firm.mia), WORD, by=firm.eve)
    coaching.note(one.series, {"situation": WORD, "choice": WORD, "result": WORD}, by=firm.mia)
    given = coaching.give(one.series, {"behaviour": WORD, "effect": WORD, "next_time": WORD}, by=firm.mia)
    coaching.answer(given, WORD, by=firm.eve)
    coaching.aspire(WORD, by=firm.eve)
    notes.reflect(2026, 9, "", WORD, by=firm.mia)
    return one


@pytest.mark.django_db(transaction=True)
def test_no_word_of_a_pair_stands_in_the_dump(firm, capsys):
    with clock.at(MONDAY_MORNING):
        one = everything(firm)

    text = dump()

    assert "conversations_privatenote" in text
    assert str(one.uuid).replace("-", "") in text.replace("-", "")
    assert WORD.lower() not in text.lower()


def test_nor_in_what_django_dumps_for_others(firm):
    """`dumpdata` unseals as every reader does; so nothing of the app is registered for admin, search or export."""
    with clock.at(MONDAY_MORNING):
        everything(firm)
    out = io.StringIO()
    call_command("dumpdata", exclude=["conversations"], stdout=out)

    assert WORD not in out.getvalue()
