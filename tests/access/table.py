"""How an expectation is written down, and every address that needs one."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, get_resolver

from tests.access.standpoints import STANDPOINTS

SIGN_IN = "sent to sign-in"
NOT_THERE = "the page for what is not there"
ORDER = ["people", "jobs", "goals", "conversations", "appraisals", "partnering", "reminders"]


def _cells(default, said):
    assert said.keys() <= set(STANDPOINTS), said.keys() - set(STANDPOINTS)
    away = {"signed_out": SIGN_IN, "leaver": SIGN_IN}
    return dict.fromkeys(STANDPOINTS, default) | away | said


def only(status, who, **others):
    """`status` for the standpoints in `who` (words), `others` as said, 404 for the rest of those signed in."""
    return _cells(404, dict.fromkeys(who.split(), status) | others)


def everybody(status, **others):
    """`status` for whoever is signed in."""
    return _cells(status, others)


def anybody(status, **others):
    """`status` for everybody, signed in or not."""
    return dict.fromkeys(STANDPOINTS, status) | others


NOT_TAKEN = everybody(405)


@dataclass(frozen=True)
class Route:
    """What one address answers to each standpoint. See the package's docstring."""

    name: str
    get: dict = None
    post: dict = None
    row: Callable[[Any], dict] = lambda company: {}
    data: Callable[[Any, Any], dict] = lambda company, reader: {"csrfmiddlewaretoken": "as every form"}
    missing: Any = NOT_THERE
    path: str = ""  # only for an address without a name: "/admin/people/employee/{object_id}/"

    def cells(self, method):
        return getattr(self, method) or NOT_TAKEN


def expectations():
    """The modules expect_<app>.py, those of the lower apps first: their build() may be leant on.

    An app may have several, `expect_<app>_<noun>.py`, which follow its first.
    """
    names = [path.stem for path in Path(__file__).parent.glob("expect_*.py")]
    rank = {app: place for place, app in enumerate(ORDER)}
    names.sort(key=lambda name: (rank.get(name.split("_")[1], -1), name))
    return [importlib.import_module(f"tests.access.{name}") for name in names]


def addresses(resolver=None, namespaces=()):
    """Yields (name, names of kwargs) for every pattern of the project; a nameless one is named for its route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            name = pattern.name or f"<{pattern.pattern}>"
            yield ":".join([*namespaces, name]), pattern
        else:
            inside = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
            yield from addresses(pattern, inside)
