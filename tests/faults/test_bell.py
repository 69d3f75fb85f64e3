"""Whoever has saved something waits for no broker, whatever has become of it."""

import time

import pytest
from celery import current_app

from bench.machinery import Redis
from relgoals.health import missing
from web.bell import ring

pytestmark = [pytest.mark.services, pytest.mark.servers]
SOON = 5.0  # seconds, on a busy machine; without an end of its own a bell to a frozen Redis rings for ever


@pytest.fixture
def broker(monkeypatch):
    server = Redis()
    monkeypatch.setattr(type(current_app.conf), "broker_write_url", server.url, raising=False)
    yield server
    server.thaw()
    server.kill()


def timed(deed, *args):
    began = time.monotonic()
    deed(*args)
    return time.monotonic() - began


def test_a_bell_is_heard(broker):
    ring("no.such.task")

    assert broker.length() == 1


def test_a_frozen_broker_holds_nobody_up(broker):
    broker.freeze()

    assert timed(ring, "no.such.task") < SOON


def test_a_dead_broker_holds_nobody_up(broker):
    broker.kill()

    assert timed(ring, "no.such.task") < SOON
    assert timed(ring, "no.such.task") < SOON  # not only while a connection of before is there


def test_readiness_says_that_a_frozen_broker_does_not_answer(broker, db):
    broker.freeze()

    assert missing() == ["broker: does not answer"]
