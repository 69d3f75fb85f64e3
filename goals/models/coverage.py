from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.models.years import Year
from goals.querysets.coverage import CoverageQuerySet
from people.models import Department


class Coverage(models.Model):
    """Derived: how far the people of one department are in a year; without a department, those who have none.

    people: who works there. agreed: with as many agreed goals as the year asks of everybody. confirmed: with as many
    confirmed ones. waiting: not agreed, but something lies before one of the two. Kept by goals.rules.coverage, so
    that HR's page costs the same for a hundred people and a hundred thousand.
    """

    year = models.ForeignKey(Year, models.CASCADE, related_name="coverage")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    people = models.PositiveIntegerField()
    agreed = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()
    gap = models.PositiveIntegerField(help_text="People without as many agreed goals as are asked for.")
    counted_at = models.DateTimeField()

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        constraints = [
            models.UniqueConstraint(fields=["year", "department"], name="one_coverage_a_department"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(department=None), name="one_coverage_without_department"
            ),
        ]
        indexes = [models.Index(fields=["year", "-gap", "id"], name="coverage_by_gap")]

    def __str__(self) -> str:
        return f"{self.department_id} in {self.year_id}"

    @property
    def nothing_yet(self) -> int:
        return self.gap - self.waiting
