from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Model

if TYPE_CHECKING:
    from journal.models import Entry


def subject_of(obj: Model) -> str:
    """How a row is named in a journal entry or a notice: "goals.goal:17"."""
    return f"{obj._meta.label_lower}:{obj.pk}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, obj: Model) -> Self:
        """The history of one thing, newest first. Show it to whoever may see the thing itself."""
        return self.filter(subject=subject_of(obj)).select_related("actor")
