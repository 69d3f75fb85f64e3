"""Fifty people at once: 30 requests a second for 60 seconds (or `size` seconds), none may fail or keep one waiting.

Here in the demo organisation; load_many.py has one of 100,000 people. The requests leave at their time, whatever has
become of those before; a late answer is late from that time on. Two web processes, worker and beat, as `make run`
starts them.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle

from django.conf import settings
from django.test import Client

from bench.database import address
from bench.jobs.pages import PAGES, Page
from bench.report import Report
from bench.served import Processes, served
from journal import clock
from people.models import Employee
from relgoals import demo
from relgoals.demo.organisation import SIGN_INS, address_of

PEOPLE, RATE, SECONDS = 50, 30, 60
QUIET = 1.0  # processes that want to run, of others: on a busier machine seconds say more about it than about us
SLOWEST = 4.0  # × the median that one in a hundred may take there
GROWTH = 1.1  # × the memory after a third of the time


@dataclass
class Found:
    """waits: seconds to each answer from its time on; failures: what went wrong; memory: MiB of all web processes after
    a third and at the end; cpu: their seconds."""

    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    cpu: float = 0.0


def run(report: Report, size: int | None = None) -> None:
    demo.build(clock.today())
    measured(report, "load", _visits(), size or SECONDS)


def measured(report: Report, name: str, visits: list[tuple[str, str]], seconds: int) -> None:
    """visits: (address, cookie), made in turn, again and again."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"VAR_DIR": folder, "DATABASE_URL": address(), "SECRET_KEY": settings.SECRET_KEY}
        environment |= {"TEXT_KEY": ",".join(settings.TEXT_KEYS), "WEB_CONCURRENCY": "2"}
        environment |= {key: os.environ[key] for key in ("REDIS_URL",) if key in os.environ}
        prepare = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        product = {"DJANGO_SETTINGS_MODULE": "relgoals.settings"}
        subprocess.run(prepare, env={**os.environ, **environment, **product}, check=True)
        busy = os.getloadavg()[0]
        with served([sys.executable, "manage.py", "serve"], environment) as site:
            found = _asked(site, visits, seconds * RATE, Processes({"gunicorn"}, folder))
    _told(report, name, found, busy)


def _told(report: Report, name: str, found: Found, busy: float) -> None:
    middle, cuts = statistics.median(found.waits), statistics.quantiles(found.waits, n=100)
    within = ", ".join(f"{share} % within {cuts[share - 1] * 1000:.0f} ms" for share in (50, 95, 99))
    each = found.cpu / len(found.waits) * 1000
    report.note(
        f"{name}: {len(found.waits)} requests of {PEOPLE} people, {within}; {each:.0f} ms of the web's CPU for each;"
        f" before it began {busy:.1f} processes wanted to run on {os.cpu_count()} cores"
    )
    report.figure(f"{name}-errors", len(found.failures), 0)
    if busy < QUIET:
        report.figure(f"{name}-95th", cuts[94], 0.5, "s")
    else:
        report.figure(f"{name}-99th-to-median", cuts[98] / middle, SLOWEST)
    report.note(f"{name}: web processes {found.memory[0]:.0f} MiB after a third, {found.memory[1]:.0f} at the end")
    report.figure(f"{name}-memory-growth", found.memory[1] / found.memory[0], GROWTH)
    for failure in sorted(set(found.failures))[:5]:
        report.note(failure)


def _visits() -> list[tuple[str, str]]:
    """(address, cookie): each page of the table by its role, and those that everybody has by fifty people."""
    everybody = list(Employee.objects.filter(left_on=None).order_by("pk")[:PEOPLE])
    for_all = [page for page in PAGES if isinstance(page.address, str) and page.role == "direct"]
    visits = [(page.address, cookie_of(person)) for person in everybody for page in for_all]
    return [(str(address), cookie) for address, cookie in visits] + [_visit(page) for page in PAGES]


def _visit(page: Page) -> tuple[str, str]:
    reader = Employee.objects.get(email=address_of(SIGN_INS[page.role]))
    return (page.address if isinstance(page.address, str) else page.address(reader)), cookie_of(reader)


def cookie_of(person: Employee) -> str:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _asked(site: str, visits: list[tuple[str, str]], count: int, web: Processes) -> Found:
    found = Found()

    def ask(at: float, path: str, cookie: str) -> None:
        try:
            with urllib.request.urlopen(urllib.request.Request(site + path, headers={"Cookie": cookie})) as answer:
                answer.read()
                if "/account/login" in answer.url:
                    found.failures.append(f"{path}: sent to the sign-in page")
        except OSError as error:
            found.failures.append(f"{path}: {error}")
        found.waits.append(time.monotonic() - at)

    used, began, turn = web.cpu(), time.monotonic(), cycle(visits)
    with ThreadPoolExecutor(PEOPLE) as people:
        for number in range(count):
            at = began + number / RATE
            time.sleep(max(0.0, at - time.monotonic()))
            people.submit(ask, at, *next(turn))
            if number == count // 3:
                found.memory.append(web.memory())
    found.memory.append(web.memory())
    found.cpu = web.cpu() - used
    return found
