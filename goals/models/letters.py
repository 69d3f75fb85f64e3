from django.db import models

from goals.models.years import Year
from goals.querysets.letters import GapLetterQuerySet
from people.models import Employee


class GapLetter(models.Model):
    """HR has written to a manager that goals are missing in their team. One row for each manager and year; written anew
    by goals.rules.letters, which is the only one to do so. key: of the form that did."""

    year = models.ForeignKey(Year, models.CASCADE, related_name="+")
    manager = models.ForeignKey(Employee, models.CASCADE, related_name="+")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField()

    objects = GapLetterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "manager"], name="one_gap_letter_a_manager")]
        indexes = [models.Index(fields=["key"], name="gap_letters_of_a_form")]

    def __str__(self) -> str:
        return f"{self.by_id} to {self.manager_id} about {self.year_id}"
