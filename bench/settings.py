"""The product's settings with the empty page beside its own, quiet logs, and a database of its own."""

import os

os.environ.setdefault("LOCAL", "1")

from relgoals.logs import configuration
from relgoals.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench/templates")  # type: ignore[attr-defined]  # noqa: F405
LOGGING = configuration(as_json=False, level="ERROR")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = "memory://"
SECURE_SSL_REDIRECT = False
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
_database = DATABASES["default"]  # noqa: F405
_database["CONN_MAX_AGE"] = None  # a connection renewed on the way takes the count of its backend with it
_database["TEST"] = {
    "NAME": str(VAR / "bench.sqlite3") if _database["ENGINE"].endswith("sqlite3") else f"bench_{_database['NAME']}"  # noqa: F405
}
