from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals.querysets import SchemeQuerySet, SectionQuerySet
from appraisals.scoring import LADDER
from goals.models import Year
from journal import clock
from people.models import Department, Employee
from people.text import one_line


def usual_ladder() -> list[int]:
    return list(LADDER)


class Scheme(models.Model):
    """What the appraisals of one year count, whom they cover, and when each stage begins.

    Written by appraisals.rules.schemes. `started_at`: from then on everybody covered has an appraisal, and a change of
    weights needs a reason. The weight of the relationship section is not here: it is the year's share_percent.
    """

    year = models.OneToOneField(Year, models.PROTECT, related_name="scheme")
    halves = models.BooleanField(_("half points are allowed"), default=False)
    ladder = models.JSONField(_("ratings of the relationship section"), default=usual_ladder)
    departments = models.ManyToManyField(
        Department,
        blank=True,
        related_name="+",
        verbose_name=_("departments"),
        help_text=_("With those inside. None chosen: all of them."),
    )
    job_titles = models.TextField(_("jobs"), blank=True, help_text=_("One job title a line. Empty: all of them."))
    hired_by_on = models.DateField(
        _("hired by"), null=True, blank=True, help_text=_("Whoever began later is not covered. Empty: everybody.")
    )
    self_review_on = models.DateField(_("self-review begins"))
    review_on = models.DateField(_("manager’s review begins"))
    calibration_on = models.DateField(_("calibration begins"))
    share_on = models.DateField(_("shared from"))
    sign_by_on = models.DateField(_("last day for signing"))
    lock_on = models.DateField(_("locked from"))
    started_at = models.DateTimeField(null=True, editable=False)
    rolled_on = models.DateField(null=True, editable=False, help_text="The last day of which everything was scored.")
    share_known = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="The year’s share when it was last scored and logged."
    )
    changed_at = models.DateTimeField(null=True, editable=False, help_text="When a score last changed.")
    aggregated_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = SchemeQuerySet.as_manager()

    STAGES = ("self_review_on", "review_on", "calibration_on", "share_on", "sign_by_on", "lock_on")

    class Meta:
        ordering = ["-year__first_on"]
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gte=F("self_review_on"))
                & Q(calibration_on__gte=F("review_on"))
                & Q(share_on__gte=F("calibration_on"))
                & Q(sign_by_on__gte=F("share_on"))
                & Q(lock_on__gte=F("sign_by_on")),
                name="stages_in_order",
            )
        ]

    def __str__(self) -> str:
        return gettext("Appraisals %(year)s") % {"year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("appraisals:scheme", args=[self.pk])


class ScalePoint(models.Model):
    """One point of the scale: its name and what it looks like."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="scale")
    value = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=80, validators=[one_line])
    anchor = models.TextField(_("what it looks like"), blank=True)

    class Meta:
        ordering = ["scheme", "value"]
        verbose_name = _("point of the scale")
        verbose_name_plural = _("points of the scale")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="one_name_per_point"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=7), name="scale_of_seven_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.name}"


class Section(models.Model):
    """A part of the total. `weight` counts for who leads nobody, `weight_leading` for who leads somebody, in percent;
    both are null for the relationship section, whose weight is the year's."""

    class Kind(models.TextChoices):
        RELATIONSHIP = "relationship", _("Relationship goals")
        ENGAGING = "engaging", _("Engaging people")
        RATED = "rated", _("Rated")

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.RATED)
    name = models.CharField(_("name"), max_length=120, validators=[one_line])
    about = models.TextField(_("what belongs here"), blank=True)
    position = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField(_("weight"), null=True)
    weight_leading = models.PositiveSmallIntegerField(_("weight for managers"), null=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "position", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "kind"], condition=~Q(kind="rated"), name="one_standing_section_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind="relationship", weight=None, weight_leading=None)
                | (~Q(kind="relationship") & Q(weight__lte=100, weight_leading__lte=100)),
                name="weights_up_to_100",
            ),
            models.CheckConstraint(condition=~Q(kind="engaging") | Q(weight=0), name="engaging_counts_for_managers"),
        ]

    def __str__(self) -> str:
        return self.name

    def weight_for(self, leads: bool, share_percent: int) -> int:
        if self.kind == self.Kind.RELATIONSHIP:
            return share_percent
        return (self.weight_leading if leads else self.weight) or 0


class Criterion(models.Model):
    """What is rated inside a section; `weight` is percent of the section. `source`: what the product counts for it."""

    class Source(models.TextChoices):
        NONE = "", _("Nothing by itself")
        GOALS = "goals", _("Confirmed goals")
        ONE_ON_ONES = "one_on_ones", _("One-on-ones held")
        AGREED = "agreed", _("Goals agreed")
        ANSWERED = "answered", _("Reports answered")
        PROMISES = "promises", _("Promises kept")

    section = models.ForeignKey(Section, models.CASCADE, related_name="criteria")
    name = models.CharField(_("name"), max_length=120, validators=[one_line])
    about = models.TextField(_("what is looked at"), blank=True)
    position = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField(_("percent of the section"))
    source = models.CharField(max_length=12, choices=Source, blank=True, default=Source.NONE)

    class Meta:
        ordering = ["section", "position", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [models.CheckConstraint(condition=Q(weight__lte=100), name="criterion_up_to_100")]

    def __str__(self) -> str:
        return self.name


class WeightChange(models.Model):
    """Weights changed after the year had started: what stood before and after, and why. Never edited."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    before = models.JSONField()  # [[name, weight, weight for managers], …]
    after = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of weights")
        verbose_name_plural = _("changes of weights")

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.at:%Y-%m-%d}"
