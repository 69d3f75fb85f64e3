from unittest import mock

import pytest

from reminders.rules.kinds import KINDS
from tests.outbox.kinds import ALL


@pytest.fixture(autouse=True)
def _test_kinds():
    """Only the machinery's own kinds; those of the apps are tested with their apps."""
    with mock.patch.dict(KINDS, ALL, clear=True):
        yield
