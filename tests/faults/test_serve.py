"""The supervisor with real processes: whatever ends it, nothing of it stays."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest

pytestmark = [pytest.mark.services, pytest.mark.embedded]
PATIENCE = 40


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(what, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {patience} s: {what}")


def processes_of(folder):
    """Every process started with this VAR_DIR: children and grandchildren alike."""
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                if f"VAR_DIR={folder}".encode() in file.read().split(b"\0"):
                    with open(f"/proc/{pid}/cmdline", "rb") as line:
                        found[int(pid)] = line.read().decode().rstrip("\0").split("\0")
        except OSError:
            continue
    return {pid: words for pid, words in found.items() if words != [""]}


def live(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def environment(folder):
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}}
    return env | {"VAR_DIR": str(folder), "LOCAL": "1", "WEB_CONCURRENCY": "1"}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A folder with an empty database of the product in it; migrating takes longer than most of these tests."""
    folder = tmp_path_factory.mktemp("migrated")
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment(folder), check=True)
    return folder


@pytest.fixture
def serve(tmp_path, migrated):
    started = []
    shutil.copytree(migrated, tmp_path, dirs_exist_ok=True)
    env = environment(tmp_path)

    def _serve(port):
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        return process

    yield _serve
    for process in started:
        process.kill()
        process.communicate()
    for pid in processes_of(tmp_path):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_stays_behind_and_the_next_start_works(serve, tmp_path, number):
    port = free_port()
    process = serve(port)
    until(lambda: live(port))
    assert len(processes_of(tmp_path)) >= 5  # supervisor, web and its worker, worker, beat

    process.send_signal(number)
    process.wait(PATIENCE)

    until(lambda: not processes_of(tmp_path))
    serve(port)
    until(lambda: live(port))


@pytest.mark.parametrize("part", ["gunicorn", "worker", "beat"])
def test_one_process_that_ends_takes_the_others_along_and_says_so(serve, tmp_path, part):
    port = free_port()
    process = serve(port)
    until(lambda: live(port))
    oldest = min(pid for pid, words in processes_of(tmp_path).items() if part in words)

    os.kill(oldest, signal.SIGKILL)

    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode != 0
    name = "web" if part == "gunicorn" else part
    assert f"The {name} process ended by itself" in said
    until(lambda: not processes_of(tmp_path))


def test_a_web_process_that_dies_is_replaced_and_the_others_stay(serve, tmp_path):
    port = free_port()
    process = serve(port)
    until(lambda: live(port))
    web = sorted(_web(tmp_path))

    os.kill(web[-1], signal.SIGKILL)  # the oldest is the server itself

    until(lambda: len(web) == len(again := _web(tmp_path)) and web[-1] not in again)
    until(lambda: live(port))
    assert process.poll() is None


def _web(folder):
    return [pid for pid, words in processes_of(folder).items() if "gunicorn" in words]


def test_a_port_in_use_is_said_in_a_sentence(serve):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = serve(port)
        out, _ = process.communicate(timeout=PATIENCE)

    assert process.returncode != 0
    assert f"Port {port} cannot be used" in out
    assert "Traceback" not in out
