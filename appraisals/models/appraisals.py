import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.models.schemes import Scheme, Section
from appraisals.querysets import AppraisalQuerySet, PassageQuerySet, WordsQuerySet
from goals.models import Year
from journal import clock
from people.models import Employee


class Appraisal(models.Model):
    """Somebody's appraisal of a year, in one of its versions. Made by appraisals.rules.coverage; `state` is written by
    appraisals.rules.stages and appraisals.rules.signing alone.

    `replaced_at` is set when the next version begins. Once signed, the database refuses every other change
    (migration 0002). `part`: ten-thousandths of the year that they were there.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        SELF_REVIEW = "self_review", _("Self-review")
        REVIEW = "review", _("Manager’s review")
        CALIBRATION = "calibration", _("Calibration")
        SHARED = "shared", _("Shared")
        SIGNED = "signed", _("Signed")
        LOCKED = "locked", _("Locked")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="appraisals")
    year = models.ForeignKey(Year, models.PROTECT, related_name="appraisals")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="appraisals")
    reviewer = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="appraisals_to_review")
    number = models.PositiveSmallIntegerField(default=1, help_text="Version; reopening starts the next one.")
    state = models.CharField(max_length=11, choices=State, default=State.OPEN, editable=False)
    leads = models.BooleanField(default=False, help_text="Whether the managers’ weights count.")
    part = models.PositiveSmallIntegerField(default=10_000)
    from_on = models.DateField()
    until_on = models.DateField()
    opened_at = models.DateTimeField(default=clock.now)
    handed_in_at = models.DateTimeField(null=True, editable=False)
    handed_on_at = models.DateTimeField(null=True, editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    step = models.CharField(max_length=12, blank=True, editable=False, help_text="The last step that said something.")
    step_words = models.TextField(blank=True, help_text="What the last step said: why without, back, or reopened.")
    step_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)

    objects = AppraisalQuerySet.as_manager()

    FROZEN = (State.SIGNED, State.LOCKED)

    class Meta:
        ordering = ["-year__first_on", "employee__name", "-number"]
        verbose_name = _("appraisal")
        verbose_name_plural = _("appraisals")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "employee"], condition=Q(replaced_at=None), name="one_appraisal_in_force"
            ),
            models.UniqueConstraint(fields=["scheme", "employee", "number"], name="one_appraisal_per_version"),
            models.CheckConstraint(condition=Q(part__lte=10_000), name="part_of_a_year"),
        ]
        indexes = [
            models.Index(fields=["reviewer", "state"], name="appraisals_to_review"),
            models.Index(fields=["scheme", "state"], name="appraisals_of_a_round"),
            models.Index(fields=["employee", "year"], name="appraisals_of_a_person"),
        ]

    def __str__(self) -> str:
        return gettext("Appraisal %(year)s of %(name)s") % {"year": self.year, "name": self.employee}

    def get_absolute_url(self) -> str:
        return reverse("appraisals:appraisal", args=[self.uuid])

    @property
    def is_frozen(self) -> bool:
        return self.state in self.FROZEN

    @property
    def is_replaced(self) -> bool:
        return self.replaced_at is not None


class Passage(models.Model):
    """What one side writes about a section, or (without one) about the year as a whole. Saved while it is typed."""

    class Side(models.TextChoices):
        SELF = "self", _("Self-review")
        MANAGER = "manager", _("Manager’s review")

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="passages")
    side = models.CharField(max_length=7, choices=Side)
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["appraisal", "side", "section__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "side", "section"], name="one_passage_per_section", condition=~Q(section=None)
            ),
            models.UniqueConstraint(
                fields=["appraisal", "side"], name="one_passage_on_the_whole", condition=Q(section=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.side}"


class Words(models.Model):
    """What an earlier or a second manager says about their part, under their own name; nobody else edits it."""

    class Why(models.TextChoices):
        EARLIER = "earlier", _("Led them earlier in the year")
        SECOND = "second", _("Leads them too")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="words")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="appraisal_words")
    why = models.CharField(max_length=7, choices=Why)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    words = models.TextField(_("words"), blank=True)
    handed_on_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = WordsQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("words of another manager")
        verbose_name_plural = _("words of other managers")
        constraints = [models.UniqueConstraint(fields=["appraisal", "author"], name="one_voice_per_manager")]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.appraisal_id}"

    def get_absolute_url(self) -> str:
        return reverse("appraisals:words", args=[self.uuid])
