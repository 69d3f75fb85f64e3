"""The journal's one deed, and how its rows name things."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model

from journal.models import Entry
from journal.origin import origin
from journal.querysets import subject_of

if TYPE_CHECKING:
    from people.models import Employee

__all__ = ["objects_of", "record", "subject_of"]


def objects_of(subjects: Iterable[str]) -> dict[str, Model]:
    """The rows so named, one query per model; those that are gone are left out."""
    pks = defaultdict(set)
    for subject in subjects:
        label, _, pk = subject.partition(":")
        pks[label].add(int(pk))
    found = {label: apps.get_model(label)._default_manager.in_bulk(wanted) for label, wanted in pks.items()}
    return {f"{label}:{pk}": obj for label, rows in found.items() for pk, obj in rows.items()}


def record(verb: str, obj: Model, *, by: "Employee | None", **data: Any) -> Entry:
    """Write one history line about `obj`. Call it in the transaction of the deed. `by` is None for the clock.

    data: JSON-able facts (ids, dates, names of changed fields); never words that somebody wrote in confidence.
    """
    return Entry.objects.create(verb=verb, subject=subject_of(obj), actor=by, origin=origin(), data=data)
