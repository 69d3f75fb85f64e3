import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.models.appraisals import Appraisal
from appraisals.models.schemes import Criterion
from appraisals.querysets import EvidenceQuerySet, MovedRatingQuerySet, RatingQuerySet
from goals.models import Report
from journal import clock
from people.models import Employee
from people.text import one_line


class Rating(models.Model):
    """What a criterion of an appraisal is rated, in hundredths of a point; null: taken away again.

    On the relationship section's criterion it is an override of what the goals come to, and always has words.
    `on_facts`: dated, confirmed evidence stands beside it. Written by appraisals.rules.rating and .calibration.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="ratings")
    points = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(_("words"), blank=True)
    on_facts = models.BooleanField(default=False)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["appraisal", "criterion__section__position", "criterion__position"]
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "criterion"], name="one_rating_per_criterion"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=100, points__lte=700), name="rating_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"


class MovedRating(models.Model):
    """A rating that was moved in calibration: from where, to where, by whom, with which words. Never edited."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="moved_ratings")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField()
    words = models.TextField()
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = MovedRatingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("moved rating")
        verbose_name_plural = _("moved ratings")

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.before} → {self.after}"


class Evidence(models.Model):
    """Something beside a rating: a confirmed report, a note that its writer released, a dated line, a file.

    It carries the rating as a fact once it is dated and `accepted_at`: at once where the reviewer attached it or a
    confirmed report stands behind it, else when the reviewer accepts it. A shared note has two writers: one attaches a
    sentence of it, the other is `asked`, and until `released_at` nobody else reads it and it carries nothing.
    """

    class Kind(models.TextChoices):
        LINE = "line", _("A dated line")
        REPORT = "report", _("A report of a goal")
        NOTE = "note", _("A shared note")
        FILE = "file", _("A file")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.LINE)
    label = models.CharField(_("what it shows"), max_length=300, validators=[one_line])
    happened_on = models.DateField(_("day"))
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True, help_text="The words of a note as they were when it was released.")
    file = models.FileField(upload_to="appraisals/%Y/", blank=True)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, editable=False)
    asked = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    released_at = models.DateTimeField(null=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Where the other writer of a note answers."""
        return reverse("appraisals:note_release", args=[self.uuid])

    @property
    def waits(self) -> bool:
        """Whether the other who wrote the note has not answered yet."""
        return self.asked_id is not None and self.released_at is None
