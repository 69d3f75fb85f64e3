import importlib
import os
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test import TransactionTestCase
from playwright.sync_api import sync_playwright

from bench import eyes, machinery
from journal import clock
from relgoals import demo
from tests.factories import EmployeeFactory


def _lacking():
    """By marker, the sentence that says why its tests are left out here."""
    found = {}
    if not eyes.chromium() and os.environ.get("BROWSER") != "required":
        found["browser"] = "No Chromium was found on the PATH, so the browser tests were left out."
    if os.environ.get("CRAWL") != "1":
        found["crawl"] = (
            "CRAWL=1 also opens every page of the demo with a browser; left out here, for it takes minutes."
        )
    if connection.vendor != "sqlite":
        found["embedded"] = "The embedded default has tests of its own: run without DATABASE_URL for those."
    if machinery.missing() and os.environ.get("SERVERS") != "required":
        found["servers"] = f"No {' and no '.join(machinery.missing())} to be killed: those tests were left out."
    return found


def pytest_collection_modifyitems(config, items):
    """What the machine lacks is left out, unless BROWSER or SERVERS is "required": then it fails."""
    left_out = [item for item in items if any(item.get_closest_marker(marker) for marker in _lacking())]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter):
    for sentence in _lacking().values():
        terminalreporter.write_line(sentence)


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_the_journal():
    """Between transactional tests Django empties every table; the journal's triggers would refuse it.

    What migrations had put into the tables is put there again: the next test finds the house as it was delivered.
    """
    flush = TransactionTestCase._fixture_teardown
    delivered = [
        importlib.import_module(f"{app}.migrations.{name}")
        for app, name in (("jobs", "0003_grounds_to_begin_with"), ("goals", "0003_eleven_ideas"))
    ]

    def unguarded(case):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for table in ("journal_entry", "journal_seal"):
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                flush(case)
                for table in ("journal_entry", "journal_seal"):
                    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            else:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                triggers = cursor.fetchall()
                for name, _ in triggers:
                    cursor.execute(f"DROP TRIGGER {name}")
                flush(case)
                for _, sql in triggers:
                    cursor.execute(sql)
        for migration in delivered:
            migration.put(apps, None)

    TransactionTestCase._fixture_teardown = unguarded
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(scope="session")
def chromium():
    """The system's browser. Playwright runs a loop in this thread, which Django would otherwise not work beside."""
    path = eyes.chromium()
    assert path, "BROWSER=required, and no Chromium is on the PATH"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=eyes.options())
        yield browser
        connections.close_all()  # beside the loop Django keeps one of its own, which nobody else would end
        browser.close()


@pytest.fixture
def firm(db):
    """The smallest company with every point of view: Ada leads Mia, Mia leads Eve; Sam stands beside; Hedda is HR."""
    ada = EmployeeFactory(name="Ada")
    mia = EmployeeFactory(name="Mia", manager=ada)
    return SimpleNamespace(
        ada=ada,
        mia=mia,
        eve=EmployeeFactory(name="Eve", manager=mia),
        sam=EmployeeFactory(name="Sam"),
        hedda=EmployeeFactory(name="Hedda", hr_role="administrator"),
    )


@contextmanager
def built_demo(blocker, nouns=None):
    """The demo organisation of today (nouns: only these parts of it) for a whole module; rolled back at its end."""
    with blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "NOUNS", nouns or demo.NOUNS)
        block = transaction.atomic()
        block._from_testcase = True
        block.__enter__()
        try:
            yield demo.build(clock.today())
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.fixture(scope="module")
def northgate(django_db_setup, django_db_blocker):
    """The whole demo organisation, built once for all tests of the module; each is rolled back to it."""
    with built_demo(django_db_blocker) as world:
        yield world
