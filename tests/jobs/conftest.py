import pytest
from django.test import Client

from jobs.models import Ground
from tests import factories_jobs as make
from tests.factories import EmployeeFactory


@pytest.fixture
def house(firm):
    """The firm with a department in Pat's part of HR; Hal administers HR beside Hedda, Stan is partner elsewhere."""
    firm.pat = EmployeeFactory(name="Pat", hr_role="partner")
    firm.stan = EmployeeFactory(name="Stan", hr_role="partner")
    firm.hal = EmployeeFactory(name="Hal", hr_role="administrator")
    firm.department = make.department("Earth Sciences", partner=firm.pat)
    firm.ground, _ = Ground.objects.get_or_create(text="Not an essential job function")
    return firm


@pytest.fixture
def client_of(house):
    """A signed-in browser for each name of the house."""
    clients = {}

    def client(who):
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(getattr(house, who))
        return clients[who]

    return client
