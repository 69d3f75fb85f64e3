import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from bench import eyes
from bench.served import served
from relgoals.demo.organisation import SIGN_INS, address_of


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory):
    """The demo organisation, served as `make run` serves it. `site.cookie(reader)` signs somebody in."""
    folder = tmp_path_factory.mktemp("demo")
    environment = {**os.environ, "VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/relgoals.sqlite3"}
    environment |= {"LOCAL": "1", "DJANGO_SETTINGS_MODULE": "relgoals.settings", "WEB_CONCURRENCY": "1"}
    subprocess.run([sys.executable, "manage.py", "prepare"], env=environment, check=True)

    def cookies(*emails):
        command = [sys.executable, "-m", "bench.sessions", *emails]
        return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)

    known = cookies(*map(address_of, SIGN_INS.values()))

    def cookie(reader):
        email = address_of(SIGN_INS[reader]) if reader in SIGN_INS else reader
        if email not in known:
            known.update(cookies(email))
        return known[email]

    with served([sys.executable, "manage.py", "serve"], environment) as url:
        yield SimpleNamespace(url=url, cookie=cookie)


@pytest.fixture
def _browsing(chromium):
    """Opens pages, and at the end of the test says what their browser complained of."""
    contexts, watched, expected = [], [], []

    def open_page(site, cookie, width, dark):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": eyes.WIDTHS.get(width, 900)},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        watched.append(eyes.Complaints(context, site))
        if cookie:
            context.add_cookies([{**cookie, "url": site}])
        return context.new_page()

    yield SimpleNamespace(open=open_page, expected=expected)
    said = [complaint for one in watched for complaint in one.taken()]
    for context in contexts:
        context.close()
    assert [one for one in said if not any(text in one for text in expected)] == []


@pytest.fixture
def expect_complaint(_browsing):
    """Call it with a part of what the browser will complain of, and is meant to."""
    return _browsing.expected.append


@pytest.fixture
def demo_page_for(demo_site, _browsing):
    def page_for(reader, width=1280, dark=False):
        return _browsing.open(demo_site.url, demo_site.cookie(reader) if reader else None, width, dark)

    return page_for


@pytest.fixture
def page_for(live_server, _browsing):
    def page_for(person, width=1280, dark=False):
        return _browsing.open(live_server.url, _session_of(person) if person else None, width, dark)

    return page_for


@pytest.fixture
def sign_in(live_server):
    """Call it with a page of page_for() and whoever is to be signed in there from now on."""

    def sign_in(page, person):
        page.context.add_cookies([{**_session_of(person), "url": live_server.url}])

    return sign_in


def _session_of(person):
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}
