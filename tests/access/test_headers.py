"""Strict headers on every page of the project, and nothing in any page that they would have to allow."""

import re

import pytest
from django.db import transaction
from django.test import Client

from tests.access.table import expectations
from tests.access.test_matrix import address

pytestmark = pytest.mark.django_db
ROUTES = [route for module in expectations() for route in module.ROUTES]
IDS = [f"{route.name}-{number}" for number, route in enumerate(ROUTES)]
OTHERS_POLICY = {"mailbox_html"}  # a mail as a mail program shows it: stricter still, with a sandbox


def pages(company, route):
    for standpoint in ("signed_out", "direct", "hr_administrator"):
        client, reader = Client(), getattr(company, standpoint)
        with transaction.atomic():
            if reader:
                client.force_login(reader)
            response = client.get(address(route, route.row(company)))
            # Read to its end, a streamed answer closes its file; close() would end the connection the company lives in.
            html = (b"".join(response) if response.streaming else response.content).decode(errors="replace")
            transaction.set_rollback(True)
        yield standpoint, response, html if "text/html" in response.get("Content-Type", "") else ""


@pytest.mark.parametrize("route", ROUTES, ids=IDS)
def test_page(company, route):
    for standpoint, response, html in pages(company, route):
        policy = response.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, standpoint
        assert "unsafe" not in policy
        assert "http" not in policy.replace("http-equiv", "")
        assert response.get("X-Frame-Options") == "DENY"
        assert response.get("X-Content-Type-Options") == "nosniff"
        assert response.get("Referrer-Policy") == "same-origin"
        if standpoint != "signed_out":
            assert "no-store" in response.get("Cache-Control", ""), standpoint
        assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html) == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", html) == []
        assert re.findall(r"(?:src|href|action)=\"(?:https?:)?//(?!localhost|testserver)[^\"]*", html) == []
