import os

from celery import Celery

from relgoals import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

broker.register()
app = Celery("relgoals")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
