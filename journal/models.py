from django.conf import settings
from django.db import models
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
        indexes = [models.Index(fields=["subject", "-at"], name="journal_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.verb} on {self.subject}"
