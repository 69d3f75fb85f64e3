"""The product's settings for processes that are killed; only its static files lie uncollected, as in the tests."""

from relgoals.settings import *  # noqa: F403

STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
