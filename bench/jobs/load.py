"""Fifty people at once: 30 requests a second for 60 seconds (or `size` seconds), none may fail or keep one waiting.

The requests leave at their time, whatever has become of those before; a late answer is late from that time on.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

from django.conf import settings
from django.test import Client

from bench.database import address
from bench.jobs.pages import PAGES, Page
from bench.report import Report
from bench.served import served
from journal import clock
from people.models import Employee
from relgoals import demo
from relgoals.demo.organisation import SIGN_INS, address_of

PEOPLE, RATE, SECONDS = 50, 30, 60


def run(report: Report, size: int | None = None) -> None:
    demo.build(clock.today())
    visits = _visits()
    with tempfile.TemporaryDirectory() as folder:
        environment = {"VAR_DIR": folder, "DATABASE_URL": address(), "SECRET_KEY": settings.SECRET_KEY}
        environment["TEXT_KEY"] = ",".join(settings.TEXT_KEYS)
        prepare = [sys.executable, "manage.py", "prepare"]
        product = {"DJANGO_SETTINGS_MODULE": "relgoals.settings"}
        subprocess.run(prepare, env={**os.environ, **environment, **product}, check=True)
        with served([sys.executable, "manage.py", "serve"], environment) as site:
            waits, failures = _asked(site, visits, (size or SECONDS) * RATE)
    report.note(f"{len(waits)} requests, half of them within {statistics.median(waits) * 1000:.0f} ms")
    report.figure("load-errors", len(failures), 0)
    report.figure("load-95th", statistics.quantiles(waits, n=20)[-1], 0.5, "s")
    for failure in sorted(set(failures))[:5]:
        report.note(failure)


def _visits() -> list[tuple[str, str]]:
    """(address, cookie): each page of the table by its role, and the directory's pages by fifty people."""
    everybody = list(Employee.objects.filter(left_on=None).order_by("pk")[:PEOPLE])
    for_all = [page for page in PAGES if isinstance(page.address, str) and page.role == "direct"]
    visits = [(page.address, _cookie(person)) for person in everybody for page in for_all]
    return [(str(address), cookie) for address, cookie in visits] + [_visit(page) for page in PAGES]


def _visit(page: Page) -> tuple[str, str]:
    reader = Employee.objects.get(email=address_of(SIGN_INS[page.role]))
    return (page.address if isinstance(page.address, str) else page.address(reader)), _cookie(reader)


def _cookie(person: Employee) -> str:
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _asked(site: str, visits: list[tuple[str, str]], count: int) -> tuple[list[float], list[str]]:
    """Seconds that each answer took, from its time on, and what went wrong."""
    waits: list[float] = []
    failures: list[str] = []

    def ask(at: float, path: str, cookie: str) -> None:
        try:
            with urllib.request.urlopen(urllib.request.Request(site + path, headers={"Cookie": cookie})) as answer:
                answer.read()
                if "/account/login" in answer.url:
                    failures.append(f"{path}: sent to the sign-in page")
        except OSError as error:
            failures.append(f"{path}: {error}")
        waits.append(time.monotonic() - at)

    began, turn = time.monotonic(), cycle(visits)
    with ThreadPoolExecutor(PEOPLE) as people:
        for number in range(count):
            at = began + number / RATE
            time.sleep(max(0.0, at - time.monotonic()))
            people.submit(ask, at, *next(turn))
    return waits, failures
