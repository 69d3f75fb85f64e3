import pytest
from django.db import transaction

from tests.access.standpoints import change_manager, found_company, part
from tests.access.table import expectations


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker):
    """One company for the whole matrix, with the rows of every app, rolled back at the end of the module."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True
        block.__enter__()
        try:
            company = found_company()
            modules = expectations()
            for module in modules:
                getattr(module, "build_before", lambda company: None)(company)
            change_manager(company)
            for module in modules:
                getattr(module, "build", lambda company: None)(company)
            part(company)
            yield company
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
