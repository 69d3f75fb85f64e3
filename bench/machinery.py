"""Servers of our own that may be killed: PostgreSQL, Redis, and the product's worker, beat and web as processes."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg2
import redis
from celery import Celery

from bench.sink import answers, free_port, sink
from relgoals import broker as files

PATIENCE = 60.0
CELERY = [sys.executable, "-m", "celery", "-A", "relgoals", "--quiet"]
QUIETLY = ["--loglevel", "CRITICAL", "--without-gossip", "--without-mingle"]
WORKER = [*CELERY, "worker", "-P", "threads", "-c", "4", *QUIETLY]
BEAT = [*CELERY, "beat", "--loglevel", "CRITICAL", "--pidfile=", "--schedule"]
GUNICORN = ["-m", "gunicorn", "relgoals.wsgi", "--config", "python:relgoals.gunicorn", "--worker-class", "gthread"]
HANDS = ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "critical", "--bind"]
WEB = [sys.executable, *GUNICORN, *HANDS]


def missing() -> list[str]:
    """The programs that are not on this machine."""
    found = {"postgres": postgres_programs(), "redis-server": shutil.which("redis-server")}
    return [name for name, path in found.items() if not path]


def postgres_programs() -> Path | None:
    """Where initdb and postgres are; Debian keeps them off the PATH."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    return newest[-1].parent if newest else Path(named).parent if named else None


def until(what: Callable[[], Any], patience: float = PATIENCE, pause: float = 0.05) -> Any:
    """What `what` returns once that is something. Raises TimeoutError when patience ends."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(pause)
    raise TimeoutError(f"not within {patience:.0f} s: {what}")


class Postgres:
    """A cluster in a folder of its own. Root may not run it: then the machine's user postgres does."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.data, self.port = postgres_programs(), folder / "postgres", free_port()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.data.mkdir(mode=0o700)
        if self.user:
            shutil.chown(self.data, self.user)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        command = [f"{self.programs}/initdb", "-D", str(self.data), *options]
        subprocess.run(command, user=self.user, check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.start()

    def start(self) -> None:
        options = ["-p", str(self.port), "-k", "", "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=64MB"]
        command = [f"{self.programs}/postgres", "-D", str(self.data), *options]
        self.process = subprocess.Popen(command, user=self.user, stderr=subprocess.DEVNULL, cwd="/")
        until(self.is_up)

    def is_up(self) -> bool:
        try:
            psycopg2.connect(self.url, connect_timeout=1).close()
        except psycopg2.Error:
            return False
        return True

    def kill(self) -> None:
        """Stop it hard: every backend drops what it is at, nothing is written down, the log is replayed at start."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(PATIENCE)

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"


class Redis:
    """A Redis that keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL, cwd="/")
        until(lambda: answers(self.port))

    def flush(self) -> None:
        redis.Redis(port=self.port).flushall()

    def length(self) -> int:
        """How many messages lie in the queue."""
        return int(redis.Redis(port=self.port).llen("celery"))

    def freeze(self) -> None:
        """It takes connections and answers nobody, as on a host that hangs. `thaw` ends it."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"


@dataclass
class Site:
    """The product's processes around one database, one broker and one mail server, all of which may be killed."""

    folder: Path
    mails: Path
    environment: dict[str, str]
    database: Postgres | None = None
    broker: Redis | None = None
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: int = field(default_factory=free_port)  # of the web processes, before and after they are killed
    room: str = ""  # how large the disk for uploads is, that only the web processes see; empty: the folder itself

    def run(self, *words: str) -> str:
        """One of our commands, to its end."""
        command = [sys.executable, *words]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True).stdout

    def start(self, *names: str) -> list[subprocess.Popen[bytes]]:
        """`worker`, `beat`, `web`; as many of each as they are named. Each leads a group of its own.

        What they say goes into `folder`/said: a dead broker or database is what they are here to complain of.
        """
        with (self.folder / "said").open("ab") as said:
            started = [
                subprocess.Popen(
                    self._command(name), env=self.environment, start_new_session=True, stdout=said, stderr=said
                )
                for name in names
            ]
        self.running += started
        return started

    def _command(self, name: str) -> list[str]:
        if name == "worker":
            return WORKER
        if name == "beat":
            return [*BEAT, str(self.folder / f"beat-{len(self.running)}")]
        web = [*WEB, f"127.0.0.1:{self.port}"]
        if not self.room:
            return web
        folder = self.environment["MEDIA_DIR"]
        Path(folder).mkdir(exist_ok=True)
        mounted = f'mount -t tmpfs -o size={self.room} none {folder} && TMPDIR={folder} exec "$@"'
        return ["unshare", "--mount", "--map-root-user", "sh", "-c", mounted, "web", *web]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def one(self, name: str) -> subprocess.Popen[bytes]:
        """The process that has run longest of those started as `name`."""
        word = "gunicorn" if name == "web" else name
        return next(process for process in self.running if word in process.args)  # type: ignore[operator]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, with everything that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.running = [one for one in self.running if one is not process]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows straight from the database, past everything that is ours."""
        with self._cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def do(self, *statements: str) -> None:
        """Change something past everything that is ours, in one transaction."""
        with self._cursor() as cursor:
            for sql in statements:
                cursor.execute(sql)

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        if self.database:
            there: Any = psycopg2.connect(self.database.url)
        else:
            there = sqlite3.connect(self.folder / "relgoals.sqlite3", timeout=20)
        try:
            yield there.cursor()
            there.commit()
        finally:
            there.close()

    def ring(self, task: str) -> None:
        """Send a task's name, as the product's bell does."""
        app = Celery(broker=self.environment.get("REDIS_URL", f"{files.SCHEME}://localhost"), set_as_current=False)
        if not self.broker:
            files.register()
            app.conf.broker_transport_options = files.options(self.folder / "broker")
        app.send_task(task)
        app.close()

    def unheard(self) -> int:
        """How many messages no worker has taken."""
        if self.broker:
            return self.broker.length()
        return len(list((self.folder / "broker/messages").glob("[0-9]*.msg")))

    def move_clock(self, seconds: float) -> None:
        """What the product takes for now, in all its processes at once (journal/clock.py)."""
        clock, draft = self.folder / "clock", self.folder / "clock.new"
        draft.write_text(str(float(clock.read_text()) + seconds))
        draft.rename(clock)


@contextmanager
def site(servers: bool) -> Iterator[Site]:
    """A migrated, empty site at noon of a working day. servers: PostgreSQL and Redis of its own, else the embedded
    defaults."""
    folder = Path(mkdtemp(prefix="relgoals-faults-"))
    folder.chmod(0o755)
    database, broker = (Postgres(folder), Redis()) if servers else (None, None)
    names = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST"}
    environment = {name: value for name, value in os.environ.items() if name not in names}
    environment |= {"LOCAL": "1", "VAR_DIR": str(folder), "CLOCK_FILE": str(folder / "clock"), "LOG_LEVEL": "ERROR"}
    environment |= {"DJANGO_SETTINGS_MODULE": "bench.chaos.settings", "MEDIA_DIR": str(folder / "files")}
    if database and broker:
        environment |= {"DATABASE_URL": database.url, "REDIS_URL": broker.url}
    (folder / "clock").write_text(str(until_noon()))
    there = Site(folder, folder / "mails", environment, database, broker)
    try:
        with sink(there.mails) as port:
            environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
            there.run("manage.py", "migrate", "-v0")
            yield there
    except BaseException:
        if (folder / "said").exists():
            print("".join((folder / "said").read_text(errors="replace").splitlines(keepends=True)[-40:]))
        raise
    finally:
        for process in list(there.running):
            there.kill(process)
        if database and broker:
            database.kill()
            broker.kill()
        shutil.rmtree(folder, ignore_errors=True)


def until_noon() -> float:
    """Seconds to add to now, so that it is noon of a Wednesday: nobody's quiet hour, nobody's day off."""
    now = datetime.now(UTC)
    day = now + timedelta(days=(2 - now.weekday()) % 7)
    return (day.replace(hour=12, minute=0, second=0, microsecond=0) - now).total_seconds()
