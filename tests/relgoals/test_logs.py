import io
import json
import logging.config

import pytest
from django.urls import reverse

from relgoals.logs import configuration


@pytest.fixture
def lines():
    """What production writes, one dict a line."""
    stream, config = io.StringIO(), configuration(as_json=True, level="INFO")
    config["handlers"]["out"]["stream"] = stream
    logging.config.dictConfig(config)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.config.dictConfig(configuration(as_json=False, level="WARNING"))


@pytest.mark.parametrize(
    ("given", "kept"), [("abc-12345678", True), ("short", False), ("x" * 65, False), ('evil"\n{}', False)]
)
def test_every_answer_carries_an_id_and_keeps_a_sane_one(client, db, given, kept):
    response = client.get(reverse("healthz"), headers={"X-Request-ID": given})
    assert (response["X-Request-ID"] == given) is kept
    assert len(response["X-Request-ID"]) >= 8


def test_a_request_is_one_line_without_what_was_looked_for(client, firm, lines):
    client.force_login(firm.eve)

    client.get(reverse("people:directory"), {"q": "Leila"}, headers={"X-Request-ID": "abc-12345678"})

    [line] = [line for line in lines() if line["event"] == "answered"]
    assert {k: line[k] for k in ("request", "method", "page", "status", "who", "level")} == {
        "request": "abc-12345678",
        "method": "GET",
        "page": "people:directory",
        "status": 200,
        "who": firm.eve.pk,
        "level": "info",
    }
    assert "Leila" not in json.dumps(line)


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        ("", "", 404),
        ("", "Bearer ", 404),
        ("s3cret", "", 404),
        ("s3cret", "Bearer wrong", 404),
        ("s3cret", "Bearer s3cret", 200),
    ],
)
def test_metrics_are_there_for_whoever_has_the_token(client, db, settings, token, given, status):
    settings.METRICS_TOKEN = token
    response = client.get(reverse("metrics"), headers={"Authorization": given})
    assert response.status_code == status
    assert (b"django_http" in response.content) is (status == 200)
