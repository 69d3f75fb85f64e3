"""The product's settings with what only tests want: local keys, a fast hasher, no manifest of static files."""

import os
import tempfile

os.environ.setdefault("LOCAL", "1")

from relgoals.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
OUTBOX_LEDGER = Path(tempfile.mkdtemp(prefix="relgoals-ledger-"))  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "web.room.Storage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / "test-files"  # noqa: F405
WHITENOISE_AUTOREFRESH = True
CELERY_BROKER_URL = os.environ.get("REDIS_URL", "memory://")
for engine in TEMPLATES:  # noqa: F405
    engine["DIRS"] = [*engine["DIRS"], BASE_DIR / "tests/templates"]  # noqa: F405
