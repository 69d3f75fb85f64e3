"""The same world with nothing left out: web, worker and beat as processes, a mail server, a browser.

They work on the database of the test, so that a step may look past the pages; files, broker and clock are their own.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from types import SimpleNamespace

from django.conf import settings
from django.core.management import CommandError
from django.test import Client
from django.utils import timezone

from bench import eyes
from bench.database import address
from bench.machinery import BEAT, WEB, WORKER, until
from bench.sink import answers, free_port, sink
from outbox.models import LEASE, Notice
from people.models import Employee
from tests.year.browsing import BrowserReader
from tests.year.world import World, morning

PATIENCE = 120.0


class ServedWorld(World):
    def __init__(self, folder, chromium):
        super().__init__(folder=folder, chromium=chromium, day="", readers={}, watched=[])
        self.url = f"http://127.0.0.1:{free_port()}"
        own = {"LOCAL": "1", "VAR_DIR": str(folder), "CLOCK_FILE": str(folder / "clock"), "LOG_LEVEL": "WARNING"}
        own |= {"DATABASE_URL": address(), "SITE_URL": self.url, "KEY_PREFIX": f"year{os.getpid()}:"}
        own |= {"SECRET_KEY": settings.SECRET_KEY, "TEXT_KEY": ",".join(settings.TEXT_KEYS)}
        self.environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "tests.year.settings"}
        self.environment.pop("PYTEST_CURRENT_TEST", None)

    def __repr__(self):
        return f"{type(self).__name__} at {self.url} on {self.day}"  # its environment holds keys

    @contextmanager
    def running(self):
        """Everything started, and everything gone afterwards."""
        self.turn_to("2026-12-13")
        with sink(self.folder / "mails", self.folder / "letters") as port, (self.folder / "log").open("wb") as log:
            self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
            commands = [WORKER, [*BEAT, str(self.folder / "beat")], [*WEB, self.url.removeprefix("http://")]]
            began = [
                subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
                for command in commands
            ]
            try:
                until(lambda: answers(int(self.url.rpartition(":")[2])), PATIENCE)
                until(self._beats, PATIENCE, 0.5)
                yield self
            finally:
                for process in began:
                    process.terminate()
                for process in began:
                    process.wait(PATIENCE)
                for reader in self.readers.values():
                    reader.tab.context.close()

    def _beats(self):
        """Another hour passes. What beat has seen pass, it rings for: so it has started, and the worker too."""
        self._turn_by(float(self.offset) + 3600)
        return (self.folder / "done").exists()

    def turn_to(self, day):
        """Let it be ten o'clock of that day, for everybody who reads the clock; it goes on from there."""
        self._turn_by((morning(day) - datetime.now(UTC)).total_seconds())
        self.day = day

    def _turn_by(self, offset):
        self.offset = str(offset)
        draft = self.folder / "clock.next"
        draft.write_text(self.offset)
        draft.replace(self.folder / "clock")

    @contextmanager
    def on(self, day):
        if day != self.day:
            self.turn_to(day)
            self.beat()
        yield

    def beat(self):
        """Beat sees the new day by itself, and the worker hears of it: wait until each task has run in it and no
        mail is left to send."""
        wanted = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
        until(lambda: wanted <= self.done(), PATIENCE)
        if self._unsent():  # raised after the round's sending: the next is ten seconds away, so the clock goes on
            self._turn_by(float(self.offset) + 60)
            until(lambda: not self._unsent(), PATIENCE)

    def _unsent(self):
        """Whether a mail waits or is being sent; what rests (quiet hours, a second try) rests longer than two leases.

        Two, not one: a claim made between this moment and the question reaches further than one from this moment.
        """
        return Notice.objects.filter(state="open", not_before__lte=timezone.now() + 2 * LEASE).exists()

    def done(self):
        """The names of the tasks that have begun and ended since the clock was turned last."""
        path = self.folder / "done"
        lines = path.read_text().splitlines() if path.exists() else []
        failed = [line for line in lines if not line.endswith("SUCCESS")]
        assert not failed, f"{failed}\n{self.logged()}"
        return {line.split()[1] for line in lines if line.startswith(f"{self.offset} ")}

    def logged(self):
        return (self.folder / "log").read_text()[-5000:]

    def somebody(self, name, phone=False):
        context = self.chromium.new_context(
            base_url=self.url,
            viewport={"width": 360, "height": 780} if phone else {"width": 1280, "height": 900},
            is_mobile=phone,
            has_touch=phone,
            reduced_motion="reduce",
        )
        self.watched.append(eyes.Complaints(context, self.url))
        return self.readers.setdefault((name, phone), BrowserReader(context.new_page(), name))

    def named(self, name, phone=False):
        """Their browser stays open for the year; the password is typed by two of them only, in `opening`."""
        reader = self.readers.get((name, phone))
        if reader is None:
            reader = self.somebody(name, phone)
            reader.tab.context.add_cookies([{**self._session_of(name), "url": self.url}])
        reader.go("/today/")
        return reader

    def _session_of(self, name):
        client, cookie = Client(), settings.SESSION_COOKIE_NAME
        client.force_login(Employee.objects.get(name=name))
        return {"name": cookie, "value": client.cookies[cookie].value}

    def letters(self):
        return [_letter(path.read_bytes()) for path in sorted((self.folder / "letters").glob("*.eml"))]

    def command(self, *words):
        command = [sys.executable, "manage.py", *words]
        ended = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise CommandError(ended.stderr)
        return ended.stdout

    def complaints(self):
        """What the browsers themselves have complained of in all the year."""
        return [said for one in self.watched for said in one.taken()]


def _letter(content):
    message = message_from_bytes(content, policy=default)
    body = message.get_body(("plain",))
    return SimpleNamespace(to=[message["To"]], subject=message["Subject"], body=body.get_content())
