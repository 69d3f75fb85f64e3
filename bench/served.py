"""The application as it runs for people, started for a measurement and stopped after it."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

PATIENCE = 300.0  # seconds for a first start that fetches packages


@contextmanager
def served(command: list[str], environment: Mapping[str, str]) -> Iterator[str]:
    """`command` with a free PORT, once its sign-in page answers. Gives the site's address. The broker is that of files
    unless `environment` names another.

    Raises RuntimeError where no page comes.
    """
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    everything = {**os.environ, **environment, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "relgoals.settings"}
    if "REDIS_URL" not in environment:
        everything.pop("REDIS_URL", None)
    process = subprocess.Popen(command, env=everything, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/account/login/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"the first page answered {error.code}") from error
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("no page came")


class Processes:
    """Those whose command has all the words and whose VAR_DIR is `folder`, as they are when asked."""

    def __init__(self, words: set[str], folder: str) -> None:
        self.words, self.folder = words, f"VAR_DIR={folder}".encode()

    def memory(self) -> float:
        """Resident MiB of all of them."""
        return sum(int(status.partition("VmRSS:")[2].split()[0]) / 1024 for status in self._read("status"))

    def cpu(self) -> float:
        """Seconds that those which run now have used."""
        fields = [stat.rpartition(")")[2].split() for stat in self._read("stat")]
        return sum(int(each[11]) + int(each[12]) for each in fields) / os.sysconf("SC_CLK_TCK")

    def _read(self, name: str) -> Iterator[str]:
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (process / "cmdline").read_bytes().decode().split("\0")
                if self.words <= set(command) and self.folder in (process / "environ").read_bytes().split(b"\0"):
                    yield (process / name).read_text()
