"""The product's settings for a year that passes in a minute: beat goes by the moved clock, and the worker notes what it
has done. The file of CLOCK_FILE is the only clock that anybody reads here."""

import os
from pathlib import Path

from celery.schedules import schedule
from celery.signals import task_postrun, task_prerun

from journal import clock
from relgoals.settings import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
CELERY_BEAT_SCHEDULE = {
    name: entry | {"schedule": schedule(entry["schedule"], nowfun=clock.now)}
    for name, entry in CELERY_BEAT_SCHEDULE.items()  # noqa: F405
}
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # in memory: what a file gives back goes by the real clock again
CELERY_BEAT_MAX_LOOP_INTERVAL = 0.2
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | (  # noqa: F405
    {"global_keyprefix": os.environ["KEY_PREFIX"]} if "REDIS_URL" in os.environ else {"polling_interval": 0.05}
)


@task_prerun.connect(weak=False)
def _begins(task, **kwargs):
    task.request.began = Path(CLOCK_FILE).read_text()  # noqa: F405


@task_postrun.connect(weak=False)
def _is_done(task, state, **kwargs):
    with (VAR / "done").open("a") as file:  # noqa: F405
        file.write(f"{task.request.began} {task.name} {state}\n")
