"""Every address × every standpoint × GET and POST. How to declare yours: the docstring of tests/access."""

import re
from collections import Counter
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.urls.converters import IntConverter, UUIDConverter

from tests.access.standpoints import STANDPOINTS
from tests.access.table import NOT_THERE, SIGN_IN, addresses, expectations

pytestmark = pytest.mark.django_db
ADDRESSES = dict(addresses())
COUNTED = Counter(name for name, _ in addresses())
ROUTES = [route for module in expectations() for route in module.ROUTES]
IDS = [f"{route.name}-{number}" for number, route in enumerate(ROUTES)]
SIGN_IN_PATHS = ("/account/login/", "/admin/login/")  # the second leads to the first


def test_every_address_has_an_expectation_and_no_expectation_is_left_over():
    declared = Counter(route.name for route in ROUTES)

    assert sorted((COUNTED - declared).elements()) == [], "declare these in tests/access/expect_<app>.py"
    assert sorted(declared.keys() - COUNTED.keys()) == [], "these addresses are gone"


def test_every_expectation_says_something_for_every_standpoint():
    for route in ROUTES:
        for method in ("get", "post"):
            assert set(route.cells(method)) == set(STANDPOINTS), route.name


def address(route, kwargs):
    """The path; {} of a nameless address are filled with the kwargs by hand."""
    return route.path.format(**kwargs) if route.path else reverse(route.name, kwargs=kwargs)


def missing(route, kwargs):
    """The kwargs of a thing that does not exist; {} if the address names no thing by number or uuid."""
    if route.missing != NOT_THERE:
        return route.missing or {}
    nothing = {IntConverter: 999_999_999, UUIDConverter: UUID(int=0)}
    kinds = {name: type(converter) for name, converter in ADDRESSES[route.name].pattern.converters.items()}
    numbered = {name: nothing[kind] for name, kind in kinds.items() if kind in nothing}
    return kwargs | numbered if numbered else {}


def ask(reader, method, path, data):
    """What `reader` gets, with nothing left behind: (status or SIGN_IN, the page without its token)."""
    client = Client(raise_request_exception=True)
    with transaction.atomic():
        if reader:
            client.force_login(reader)
        response = getattr(client, method)(path, data)
        page = b"".join(response.streaming_content) if response.streaming else response.content  # sent: its file closes
        transaction.set_rollback(True)
    to_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN_PATHS)
    return SIGN_IN if to_sign_in else response.status_code, re.sub(rb'oken"?: "\w+|value="\w{64}"', b"", page)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_address(company, route, method):
    kwargs = route.row(company)
    expected, path = route.cells(method), address(route, kwargs)
    assert route.path or resolve(path).view_name == route.name
    nowhere = missing(route, kwargs)
    found, alike = {}, {}

    for standpoint in STANDPOINTS:
        reader = getattr(company, standpoint)
        data = route.data(company, reader) if method == "post" else {}
        found[standpoint], page = ask(reader, method, path, data)
        if nowhere and expected[standpoint] not in (SIGN_IN, 405):
            status, empty = ask(reader, method, address(route, nowhere), data)
            alike[standpoint] = status == 404 and (found[standpoint] != 404 or page == empty)

    wrong = [f"{who}: {found[who]}, not {expected[who]}" for who in STANDPOINTS if found[who] != expected[who]]
    assert not wrong, f"{method.upper()} {path}: " + "; ".join(wrong)
    told_apart = [who for who, same in alike.items() if not same]
    assert not told_apart, f"{method.upper()} {path}: what does not exist looks different to {', '.join(told_apart)}"
