"""Somebody asked for what is not theirs: the page says nothing is there, and the journal says who asked."""

import logging
from uuid import UUID

from django.db.models import Model

from journal.rules import record
from people.models import Employee

log = logging.getLogger(__name__)


def refused(model: type[Model], uuid: UUID, *, by: Employee) -> None:
    """Note that `by` asked for a row of a pair they do not belong to; nothing, if there is no such row."""
    row = model._default_manager.filter(uuid=uuid).only("pk").first()
    if row is not None:
        log.warning("refused %s %s to %s", model._meta.label_lower, row.pk, by.pk)
        record("sight.refused", row, by=by)
