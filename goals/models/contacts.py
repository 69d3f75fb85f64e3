from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goals.querysets.contacts import EdgeQuerySet, FindableQuerySet, TieQuerySet
from people.models import Department, Employee


class Job(models.Model):
    """A job title as somebody met gave it, in lower case: few words to search where encounters are many."""

    title = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.title


class Tie(models.Model):
    """Derived: `owner` has met somebody in `department` with `job`; without a job, anybody there at all.

    One row per colleague, department and job, so that the finder reads an index and never the encounters. Kept by
    goals.rules.contacts with each encounter; colleagues who do not wish to be found have none.
    """

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="ties")
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    job = models.ForeignKey(Job, models.CASCADE, null=True, related_name="+")
    last_on = models.DateField()

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "department"], condition=Q(job=None), name="one_tie_to_a_place"),
            models.UniqueConstraint(fields=["owner", "department", "job"], name="one_tie_to_a_job"),
        ]
        indexes = [
            models.Index(fields=["department", "-last_on"], name="ties_to_a_department", condition=Q(job=None)),
            models.Index(fields=["job", "-last_on"], name="ties_to_a_job", condition=Q(job__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} → {self.department_id}"


class Edge(models.Model):
    """Derived: how many people of one department were met by how many of another in a year.

    `contacts` counts different people met, `people` the colleagues who met them: fewer than five of those are shown
    only to who may read the steps behind. Kept by goals.rules.contacts.
    """

    year = models.ForeignKey("goals.Year", models.CASCADE, related_name="+")
    from_department = models.ForeignKey(Department, models.CASCADE, related_name="edges")
    to_department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    contacts = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    objects = EdgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_department", "to_department", "year"], name="one_edge_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.from_department_id} → {self.to_department_id}"


class Place(models.Model):
    """Derived: where a department stands in the picture, computed in the background (goals.tasks.place_departments)."""

    department = models.OneToOneField(Department, models.CASCADE, related_name="+")
    x = models.FloatField()
    y = models.FloatField()

    def __str__(self) -> str:
        return f"{self.department_id}: {self.x:.2f}, {self.y:.2f}"


class Findable(models.Model):
    """Somebody's own choice whether colleagues find them as one who knows somebody. No row: they do."""

    employee = models.OneToOneField(Employee, models.CASCADE, related_name="findable")
    is_on = models.BooleanField(_("colleagues may find me"))

    objects = FindableQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.is_on}"
