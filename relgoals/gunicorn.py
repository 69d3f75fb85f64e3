"""What gunicorn asks of us: the counters of a web process that has ended are not counted as running."""

import os
from typing import Any

from django.conf import settings
from prometheus_client import multiprocess

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")
FOLDER = str(settings.METRICS_FOLDER)  # asked now: the server itself loads no application and knows no settings


def child_exit(server: Any, worker: Any) -> None:
    """A web process is gone; whatever were raised here would end the server with all the others."""
    multiprocess.mark_process_dead(worker.pid, FOLDER)  # type: ignore[no-untyped-call]
