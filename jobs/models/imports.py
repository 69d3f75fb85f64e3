import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.querysets import DescriptionFileQuerySet
from journal import clock


class DescriptionFile(models.Model):
    """A file of job descriptions on its way in: chosen, its columns named, looked at, taken in or thrown away.

    Written by jobs.rules.imports. Its rows are kept until then and not longer.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen", _("Columns are to be named")
        CHECKED = "checked", _("Waits for your word")
        DONE = "done", _("Taken in")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=9, choices=State, default=State.CHOSEN, editable=False)
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list, help_text="[line in the file, [cells]]; null for a broken line.")
    mapping = models.JSONField(default=dict, help_text="Field → column of the file, from 0.")
    counts = models.JSONField(default=dict, help_text="What became of it: descriptions, clauses, rows that stayed out.")

    objects = DescriptionFileQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("file of job descriptions")
        verbose_name_plural = _("files of job descriptions")

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("jobs:import", args=[self.uuid])
