import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.models.notebook import Contact
from goals.querysets.reports import EncounterQuerySet, ReportQuerySet
from goals.whynot import Why
from journal import clock
from people.models import Department, Employee


class Report(models.Model):
    """One dated step towards a goal, told by its owner. Written by goals.rules.reporting.

    `counts` and `why_not` are written by goals.rules.counting and by nothing else.
    """

    class State(models.TextChoices):
        NEW = "new", _("Waits to be read")
        MORE = "more", _("Tell more")
        CONFIRMED = "confirmed", _("Confirmed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey("goals.Goal", models.PROTECT, related_name="reports")
    happened_on = models.DateField(_("when"))
    what = models.TextField(_("what"), blank=True, max_length=1000)
    evidence = models.FileField(upload_to="evidence/", blank=True, max_length=120)
    state = models.CharField(max_length=9, choices=State, default=State.NEW, editable=False)
    question = models.TextField(blank=True, editable=False, help_text="What the manager asks, while it is open.")
    counts = models.BooleanField(default=False, editable=False)
    why_not = models.CharField(max_length=60, blank=True, editable=False)
    logged_at = models.DateTimeField(default=clock.now, editable=False)
    told_at = models.DateTimeField(default=clock.now, editable=False, help_text="When it last came to the manager.")
    answered_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=~Q(state="more") | ~Q(question=""), name="asks_for_more_with_words"),
            models.CheckConstraint(
                condition=Q(state="new") | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="answered_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["goal", "-happened_on"], name="reports_of_a_goal"),
            models.Index(fields=["goal"], name="reports_unread", condition=Q(state="new")),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("goals:report", args=[self.uuid])

    @property
    def reason(self) -> Why | None:
        """Why it does not count, if it does not."""
        return Why.unpack(self.why_not)


class Encounter(models.Model):
    """A person met in a step: department and job title as they were that day. Who it was stands in the notebook.

    `counts` and `why_not` are written by goals.rules.counting; owner, year, day and the owner's department of that
    day stand here too, so that who knows whom is counted from this table alone.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="encounters")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="encounters")
    position = models.PositiveSmallIntegerField()
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    shares_name = models.BooleanField(_("share the name"), default=False)
    counts = models.BooleanField(default=False, editable=False)
    why_not = models.CharField(max_length=60, blank=True, editable=False)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="encounters")
    year = models.ForeignKey("goals.Year", models.PROTECT, related_name="+")
    happened_on = models.DateField()
    from_department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    peer = models.BooleanField(null=True, help_text="Whether the job is the owner's or a similar one; None: unknown.")

    objects = EncounterQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position"]
        verbose_name = _("encounter")
        verbose_name_plural = _("encounters")
        constraints = [
            models.UniqueConstraint(fields=["report", "contact"], name="one_encounter_per_step_and_person"),
        ]
        indexes = [
            models.Index(fields=["owner", "department"], name="encounters_of_a_colleague"),
            models.Index(
                fields=["year", "from_department", "department", "contact"], name="encounters_between_departments"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.job_title, str(self.department or "")) if part)

    @property
    def reason(self) -> Why | None:
        return Why.unpack(self.why_not)

    @property
    def elsewhere(self) -> bool | None:
        """Whether they work in another department than the owner did that day; None while none is named."""
        return None if self.department_id is None else self.department_id != self.from_department_id


class Remark(models.Model):
    """What the manager asked about a step, and what its owner answered: in order, never changed."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="remarks")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="remark_has_words")]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.report_id}"
