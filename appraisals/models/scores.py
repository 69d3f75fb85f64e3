"""Derived rows: written by appraisals/rollup.py and aggregates.py, never edited, always possible to compute anew."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.models.appraisals import Appraisal
from appraisals.models.schemes import Scheme, Section
from appraisals.querysets import AggregateQuerySet, RollQuerySet
from journal import clock
from people.models import Employee


class SectionScore(models.Model):
    """What a section of an appraisal scores, in ten-thousandths; null: left out. `weight`: as it counts for them.

    `computed`: the relationship rating from the counts (hundredths), whether overridden or not. `frozen` with the
    signature: the database then refuses every change.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="section_scores")
    section = models.ForeignKey(Section, models.PROTECT, related_name="scores")
    weight = models.PositiveSmallIntegerField()
    score = models.PositiveIntegerField(null=True)
    facts = models.PositiveSmallIntegerField(null=True)
    computed = models.PositiveSmallIntegerField(null=True)
    frozen = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["appraisal", "section__position"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "section"], name="one_score_per_section")]

    def __str__(self) -> str:
        return f"{self.section_id}: {self.score}"


class Score(models.Model):
    """The total of an appraisal in hundredths, of which `facts` ten-thousandths rest on evidence; null: no entries."""

    appraisal = models.OneToOneField(Appraisal, models.PROTECT, primary_key=True, related_name="score")
    total = models.PositiveSmallIntegerField(null=True)
    facts = models.PositiveSmallIntegerField(null=True)
    weight = models.PositiveSmallIntegerField(default=0, help_text="Of the sections that have a score.")
    frozen = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["appraisal"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total=None) | Q(total__gte=100, total__lte=700), name="total_on_the_scale"
            )
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id}: {self.total}"


class Changed(models.Model):
    """`appraisal` has to be scored anew: written with the deed that changed something, deleted by the roll-up.

    Rows are only added, so nobody who saves a rating waits for a roll that is under way.
    """

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.appraisal_id)


class Roll(models.Model):
    """One scoring of a whole round, in slices of appraisals; a killed worker's is carried on by the next tick."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="rolls")
    asked_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    people = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    next_id = models.BigIntegerField(default=0, help_text="Appraisals below it are scored.")
    finished_at = models.DateTimeField(null=True)

    objects = RollQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("roll-up")
        verbose_name_plural = _("roll-ups")
        constraints = [
            models.UniqueConstraint(fields=["scheme"], condition=Q(finished_at=None), name="one_roll_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}: {self.done} of {self.people}"


class Aggregate(models.Model):
    """Many people's scores in one row: a team (a manager's whole line), a department with those inside, or everybody.

    `section_ref` 0 is the total, else a section's id; `of` the manager's or department's id, 0 for everybody.
    `mean` in hundredths; `at_1` … `at_7`: how many at each point, half goes up; `in_…`: how many at each stage (on
    the total's row). `withheld`: fewer than five scored, or would give such a one away.
    """

    class Level(models.TextChoices):
        TEAM = "team", _("Team")
        DEPARTMENT = "department", _("Department")
        EVERYBODY = "everybody", _("Everybody")

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="aggregates")
    level = models.CharField(max_length=10, choices=Level)
    of = models.BigIntegerField()
    section_ref = models.BigIntegerField()
    people = models.PositiveIntegerField()
    scored = models.PositiveIntegerField()
    mean = models.PositiveSmallIntegerField(null=True)
    at_1 = models.PositiveIntegerField(default=0)
    at_2 = models.PositiveIntegerField(default=0)
    at_3 = models.PositiveIntegerField(default=0)
    at_4 = models.PositiveIntegerField(default=0)
    at_5 = models.PositiveIntegerField(default=0)
    at_6 = models.PositiveIntegerField(default=0)
    at_7 = models.PositiveIntegerField(default=0)
    in_open = models.PositiveIntegerField(default=0)
    in_self_review = models.PositiveIntegerField(default=0)
    in_review = models.PositiveIntegerField(default=0)
    in_calibration = models.PositiveIntegerField(default=0)
    in_shared = models.PositiveIntegerField(default=0)
    in_signed = models.PositiveIntegerField(default=0)
    in_locked = models.PositiveIntegerField(default=0)
    withheld = models.BooleanField(default=False, db_default=False)

    objects = AggregateQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "level", "of", "section_ref"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "level", "of", "section_ref"], name="one_row_per_cell")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.of}: {self.mean}"
