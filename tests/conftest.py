from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.factories import EmployeeFactory


@pytest.fixture(autouse=True, scope="session")
def _flush_may_empty_the_journal():
    """Between transactional tests Django empties every table; the journal's triggers would refuse it."""
    flush = TransactionTestCase._fixture_teardown

    def unguarded(case):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
                flush(case)
                cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
            else:
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                triggers = cursor.fetchall()
                for name, _ in triggers:
                    cursor.execute(f"DROP TRIGGER {name}")
                flush(case)
                for _, sql in triggers:
                    cursor.execute(sql)

    TransactionTestCase._fixture_teardown = unguarded
    yield
    TransactionTestCase._fixture_teardown = flush


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
