import os
import signal

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from journal.models import Entry
from people.models import Employee, ImportRun
from people.rules import imports
from tests.people.test_imports import FILE, checked, everybody
from tests.people.test_line import recomputed, stored


@pytest.mark.parametrize("step", ["draw_plan", "_welcome", "_record"])
@pytest.mark.django_db(transaction=True)
def test_worker_killed_while_applying_leaves_nothing_and_the_next_does_all(firm, settings, tmp_path, monkeypatch, step):
    settings.MEDIA_ROOT = tmp_path
    run = checked(FILE, firm.hedda, found_places=True)
    imports.apply(run, by=firm.hedda)
    people, lines, entries = everybody(), stored(), Entry.objects.count()
    connection.close()

    child = os.fork()
    if child == 0:
        from people.rules import import_apply  # noqa: PLC0415 in the child only

        # Where a browser runs, its event loop lets Django keep one connection more, which only the child would find.
        del connections[DEFAULT_DB_ALIAS]
        done = getattr(import_apply, step)
        monkeypatch.setattr(import_apply, step, lambda run: (done(run), os.kill(os.getpid(), signal.SIGKILL)))
        imports.work_on(run.pk)
        os._exit(1)
    _pid, status = os.waitpid(child, 0)

    assert os.WTERMSIG(status) == signal.SIGKILL
    assert (everybody(), stored(), Entry.objects.count()) == (people, lines, entries)
    assert imports.work_on_all() == 0  # its lease still runs
    ImportRun.objects.update(lease_until=imports.now())
    assert imports.work_on_all() == 1
    assert Employee.objects.count() == len(people) + 3
    assert stored() == recomputed()
