import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobs.library import Topic
from jobs.querysets import AssignmentQuerySet, ClauseQuerySet, JobDescriptionQuerySet, VersionQuerySet
from jobs.words import shortened
from journal import clock
from people.models import Department, Employee


class JobDescription(models.Model):
    """What a job is there for: one row for all of its versions. Made by jobs.rules.drafting.begin()."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120, help_text=_("That of the latest version."))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="job_descriptions", verbose_name=_("department")
    )
    begun_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=clock.now)

    objects = JobDescriptionQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("job description")
        verbose_name_plural = _("job descriptions")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:description", args=[self.pk])


class Version(models.Model):
    """One numbered text of a job description. Once published the database refuses every change (migration 0002).

    In force on a day is the published version with the latest `in_force_from` up to that day: two published ones
    never share a day, so it is exactly one. `state` is written by jobs.rules.drafting.move() and
    jobs.rules.publishing.publish() and by nothing else.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Waits for support")
        WITH_HR = "with_hr", _("With HR")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.DRAFT, State.OFFERED, State.WITH_HR)

    description = models.ForeignKey(JobDescription, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    offered_at = models.DateTimeField(null=True, editable=False)
    supported_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    supported_at = models.DateTimeField(null=True, editable=False)
    support_words = models.TextField(_("words of support"), blank=True)
    returned_words = models.TextField(
        blank=True, help_text="Why the manager's manager sent it back, until offered anew."
    )
    in_force_from = models.DateField(_("in force from"), null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=0, help_text="Counts saves; a save that saw an older one is told.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["description", "-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["description", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["description", "in_force_from"],
                condition=Q(state="published"),
                name="one_version_in_force_on_a_date",
            ),
            models.UniqueConstraint(
                fields=["description"], condition=Q(state__in=["draft", "offered", "with_hr"]), name="one_open_draft"
            ),
            models.CheckConstraint(
                condition=Q(state="published", in_force_from__isnull=False, published_at__isnull=False)
                | (~Q(state="published") & Q(in_force_from=None, published_at=None)),
                name="published_from_a_date",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(title)s, version %(number)s") % {"title": self.title, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("jobs:version", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Clause(models.Model):
    """One statement of one version.

    `identity` is the same in every version that carries the clause on: rulings, comments and goals follow it.
    `text` is what binds: the manager's words, or HR's once HR approved with changed wording (both stand in `ruling`).
    `state` and `ruling` are written by jobs.rules.ruling and, for what is carried on unchanged, jobs.rules.drafting.
    """

    class Kind(models.TextChoices):
        ESSENTIAL = "essential", _("Essential function")
        MARGINAL = "marginal", _("Marginal function")
        DUTY = "duty", _("General duty")
        CONDUCT = "conduct", _("Standard of conduct")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        WAITS = "waits", _("Waits for a ruling")
        QUESTION = "question", _("HR asks")
        REFUSED = "refused", _("Refused")
        APPROVED = "approved", _("Approved")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    version = models.ForeignKey(Version, models.PROTECT, related_name="clauses")
    identity = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="The same clause in the version before.",
    )
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("wording"))
    kind = models.CharField(_("class"), max_length=9, choices=Kind)
    topic = models.CharField(_("about"), max_length=13, choices=Topic, blank=True)
    reason = models.TextField(_("why it is there"), blank=True)
    practised_since = models.PositiveSmallIntegerField(_("practised since"), null=True, blank=True)
    proof = models.TextField(_("earlier goals that show it"), blank=True, help_text=_("One a line."))
    covers = models.CharField(_("positions it covers"), max_length=200, blank=True, help_text=_("Empty: all of them."))
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+", help_text="Who wrote the words last.")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    waits_since = models.DateTimeField(null=True, editable=False)
    ruling = models.ForeignKey(
        "jobs.Ruling",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="What HR said last on exactly these words.",
    )
    cites = models.ForeignKey("jobs.Ruling", models.PROTECT, null=True, blank=True, related_name="+")
    fingerprint = models.CharField(max_length=64, editable=False, help_text="Equal for equal words of equal class.")
    revision = models.PositiveIntegerField(default=0, help_text="Counts changes; a ruling on an older one is told.")

    objects = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ["version", "position", "pk"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [
            models.UniqueConstraint(fields=["version", "identity"], name="one_clause_per_identity"),
            models.CheckConstraint(condition=~Q(text=""), name="clause_has_words"),
            models.CheckConstraint(
                condition=~Q(state="waits") | Q(waits_since__isnull=False), name="waiting_clause_knows_since_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(ruling__isnull=False), name="approved_by_a_ruling"
            ),
        ]
        indexes = [
            models.Index(fields=["waits_since", "id"], name="clauses_waiting", condition=Q(state="waits")),
            models.Index(fields=["fingerprint"], name="clauses_same_words"),
        ]

    def __str__(self) -> str:
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        return reverse("jobs:clause", args=[self.pk])

    @property
    def days_waiting(self) -> int:
        return (clock.now() - self.waits_since).days if self.waits_since else 0


class Assignment(models.Model):
    """`employee` does this job from `from_on` up to the day before `ended_on`. Written by jobs.rules.publishing.

    A row that ends on the day it began covers no day; it stays as history.
    """

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assignments")
    description = models.ForeignKey(JobDescription, models.PROTECT, related_name="assignments")
    from_on = models.DateField(_("from"))
    ended_on = models.DateField(_("ended"), null=True, blank=True, help_text=_("First day that is no longer covered."))

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["employee", "-from_on", "-pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["employee"], condition=Q(ended_on=None), name="one_job_in_force"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("from_on")), name="assignment_ends_after_it_began"
            ),
        ]
        indexes = [models.Index(fields=["description", "ended_on"], name="people_of_a_description")]

    def __str__(self) -> str:
        return f"{self.employee_id} → {self.description_id}"
