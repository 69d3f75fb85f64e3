"""The application as it runs for people, started for a measurement and stopped after it."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 300.0  # seconds for a first start that fetches packages


@contextmanager
def served(command: list[str], environment: Mapping[str, str]) -> Iterator[str]:
    """`command` with a free PORT and the broker of files, once its sign-in page answers. Gives the site's address.

    Raises RuntimeError where no page comes.
    """
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    everything = {**os.environ, **environment, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "relgoals.settings"}
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


def memory_of(words: set[str], folder: str) -> float:
    """Resident MiB of the process whose command has all the words and whose VAR_DIR is `folder`."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode().split("\0")
            if words <= set(command) and f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes():
                return int((process / "status").read_text().partition("VmRSS:")[2].split()[0]) / 1024
        except OSError:
            continue
    raise RuntimeError(f"no process {' '.join(words)}")
