import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from journal import clock
from people.querysets import ImportRunQuerySet


class ImportRun(models.Model):
    """One file of people on its way in: chosen, its columns named, checked, applied.

    `state` and what it has found are written by people.rules.imports and by nothing else.
    """

    class State(models.TextChoices):
        CHOSEN = "chosen", _("Columns are to be named")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Waits for your word")
        APPLYING = "applying", _("Being applied")
        DONE = "done", _("Applied")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    state_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=9, choices=State, default=State.CHOSEN)
    file = models.FileField(upload_to="imports/", blank=True)
    file_name = models.CharField(max_length=200)
    header = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    slashes = models.JSONField(default=dict, help_text="Column → what its dates with slashes show: day, month, either.")

    mapping = models.JSONField(default=dict, help_text="Field → column of the file, from 0.")
    day_first = models.BooleanField(null=True)
    found_places = models.BooleanField(default=False)
    complete = models.BooleanField(default=False)
    leaving_on = models.DateField(null=True, blank=True)

    read = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # verdict → how many
    trouble = models.CharField(max_length=20, blank=True)  # why the last attempt came to nothing
    lease_until = models.DateTimeField(null=True)  # real time: a worker is at it until then
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="applying"), name="one_import_is_applied"),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("people:import", args=[self.uuid])

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.CHECKING, self.State.APPLYING}


class ImportRow(models.Model):
    """One row of the file as understood, and what would become of it. Derived from the file; cleared after the run.

    No foreign keys into people: 100,000 rows are checked by joins, and nothing points here.
    """

    class Verdict(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        SAME = "same", _("Unchanged")
        LEAVING = "leaving", _("Leaving")
        BAD = "bad", _("Not taken in")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="lines", db_constraint=False)
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=7, choices=Verdict, default=Verdict.NEW)
    employee = models.BigIntegerField(null=True)  # whom it is about, where they are known already

    name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    staff_number = models.CharField(max_length=40, null=True)  # noqa: DJ001 as Employee's: unique where given
    preferred_name = models.CharField(max_length=120, blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    department = models.CharField(max_length=300, blank=True)
    site = models.CharField(max_length=120, blank=True)
    manager = models.CharField(max_length=254, blank=True)
    hired_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    problem = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=20, blank=True)  # the one refused
    value = models.CharField(max_length=120, blank=True)  # what stands there
    at_reading = models.BooleanField(default=False)  # refused by its shape: no later look at the people mends it

    class Meta:
        ordering = ["line"]
        indexes = [
            models.Index(fields=["run", "line"], name="rows_of_import"),
            models.Index(fields=["run", "verdict", "line"], name="unusual_rows_of_import", condition=~Q(verdict="new")),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.verdict}"
