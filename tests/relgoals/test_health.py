from unittest import mock

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse


def test_live_asks_nobody(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get(reverse("healthz"))
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_when_all_is_there(client, db):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.parametrize("missing", ["database", "migrations", "broker"])
def test_not_ready_says_what_is_missing_and_nothing_else(client, db, missing, settings):
    if missing == "migrations":
        MigrationRecorder.Migration.objects.filter(app="outbox").delete()
        response = client.get(reverse("readyz"))
    else:
        target = {
            "database": ("relgoals.health.MigrationExecutor", OperationalError("secret@host")),
            "broker": ("relgoals.health.current_app.connection_for_write", ConnectionError("secret@host")),
        }[missing]
        with mock.patch(target[0], side_effect=target[1]):
            response = client.get(reverse("readyz"))

    assert response.status_code == 503
    assert response.content.decode().startswith(missing)
    assert b"secret" not in response.content
