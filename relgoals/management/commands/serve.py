import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from relgoals import __version__, demo, demo_door
from relgoals.demo import organisation
from relgoals.supervisor import Child, start, stop, watch


class Command(BaseCommand):
    help = "Run web, worker and beat together; Ctrl-C ends all three."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        _refuse_taken_port(host, port)
        children = _children(host, port)
        environment = dict(os.environ)
        if settings.LOCAL:  # the links in its mails lead back here, whatever the port
            environment.setdefault("SITE_URL", f"http://{'localhost' if host == '127.0.0.1' else host}:{port}")
        asked: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda got, frame: asked.append(got))
        ended: Child | None = None
        try:
            for child in children.values():
                start(child, environment)
            if _answers(f"http://{host}:{port}/healthz", children["web"], asked):
                self._say_where(host, port)
            ended = watch(list(children.values()), lambda: bool(asked))
        finally:
            stop([children["beat"], children["web"], children["worker"]])
        if ended:
            raise CommandError(f"The {ended.name} process ended by itself, so the others were stopped too.")
        self.stdout.write("Stopped.")

    def _say_where(self, host: str, port: int) -> None:
        named = "localhost" if host == "127.0.0.1" else host
        self.stdout.write(f"\nRelGoals {__version__} is open at http://{named}:{port}/")
        if demo.is_loaded():
            self.stdout.write("Sign in as one of the demo's people:")
            for line in organisation.sign_in_lines():
                self.stdout.write(f"  {line}")
            if password := demo_door.password():
                self.stdout.write(f"Everybody's password there: {password}  (or walk in by the buttons of the page)")
        self.stdout.write("Ctrl-C ends it.\n")
        self.stdout.flush()


def _children(host: str, port: int) -> dict[str, Child]:
    python, state = sys.executable, settings.VAR
    web = f"-m gunicorn relgoals.wsgi --config python:relgoals.gunicorn --bind {host}:{port}"
    quiet = "--worker-class gthread --threads 4 --no-control-socket --log-level warning --workers"
    celery = "-W ignore:::celery.platforms -m celery -A relgoals --quiet"  # its warning to root is for servers
    worker = "worker -P threads -c 4 --loglevel WARNING --without-gossip --without-mingle --without-heartbeat"
    beat = "beat --loglevel WARNING --pidfile= --schedule"
    return {
        "worker": Child("worker", [python, *celery.split(), *worker.split()]),
        "web": Child("web", [python, *web.split(), *quiet.split(), os.environ.get("WEB_CONCURRENCY", "2")]),
        "beat": Child("beat", [python, *celery.split(), *beat.split(), str(state / "beat-schedule")]),
    }


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {port} cannot be used ({error}). Choose another: PORT=8001 make run") from error


def _answers(address: str, web: Child, asked: list[int], patience: float = 60) -> bool:
    """Whether the web process answers before somebody loses patience, or it ends."""
    until = time.monotonic() + patience
    while time.monotonic() < until and web.is_running and not asked:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 our own address
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False
