"""`make run` for the second time: until the first page, and what the worker holds in memory then."""

import tempfile
import time

from bench.report import Report
from bench.served import Processes, served


def run(report: Report, size: int | None = None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/relgoals.sqlite3"}
        with served(["make", "run"], environment):
            pass
        began = time.monotonic()
        with served(["make", "run"], environment):
            seconds = time.monotonic() - began
            time.sleep(2)  # the worker is ready a moment after the web
            memory = Processes({"celery", "worker"}, folder).memory()
    report.figure("start-second", seconds, 6, "s")
    report.figure("start-worker-memory", memory, 120, "MiB")
