from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import now  # noqa: TID251 sealing is about the machine
from django.utils.translation import gettext_lazy as _

from journal import clock
from journal.querysets import EntryQuerySet


class Entry(models.Model):
    """One line of history: who did what to which thing, when, from where.

    Written by journal.rules.record(), once; the database itself refuses UPDATE and DELETE (migration 0002).
    """

    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)  # "goal.agree"
    subject = models.CharField(max_length=60)  # "goals.goal:17"
    origin = models.CharField(max_length=60, blank=True)  # "web 192.0.2.7"
    data = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["subject", "-at"], name="journal_of_a_thing"),
            models.Index(fields=["-at", "-id"], name="journal_newest_first"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} on {self.subject}"


class Seal(models.Model):
    """A block of entries as it stood when it was sealed: one hash over the block and the seal before.

    Written by journal.rules.sealing.seal(), once; the database refuses UPDATE and DELETE here too (migration 0004).
    `gaps` are the keys missing between `first` and `last` then: rolled back, or written by somebody not done yet; what
    of them has come since stands in the `late` of a later seal.
    """

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 …: two who seal at once cannot both
    sealed_at = models.DateTimeField(default=now)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    gaps = models.JSONField(default=list)  # [[from, to], …], both included
    late = models.JSONField(default=list)  # keys
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.hash}"

    @property
    def said(self) -> list[Any]:
        """What the hash covers besides the entries."""
        return [self.number, self.first, self.last, self.entries, self.gaps, self.late]
