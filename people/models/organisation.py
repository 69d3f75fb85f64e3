from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.querysets import DepartmentQuerySet, SiteQuerySet
from people.text import one_line


class Site(models.Model):
    """A place where people work; its time zone is what a newcomer there starts with."""

    name = models.CharField(_("name"), max_length=120, unique=True, validators=[one_line])
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of the organisation, inside another one or at the top. Written by people.rules.departments."""

    name = models.CharField(_("name"), max_length=120, validators=[one_line])
    code = models.CharField(
        _("short name"), max_length=40, unique=True, validators=[one_line], help_text=_("As it stands in the HR file.")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    hr_partner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partner_named_in",
        verbose_name=_("HR partner"),
        help_text=_("Empty: the partner of the department above."),
    )
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="partner_of",
        help_text="Derived: `hr_partner`, or that of the nearest department above that names one.",
    )

    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="department_not_inside_itself")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("people:department", args=[self.pk])


class DepartmentLine(models.Model):
    """`below` lies inside `above`, `depth` steps down; every department stands in its own line at depth 0."""

    above = models.ForeignKey(Department, models.CASCADE, related_name="lines_down")
    below = models.ForeignKey(Department, models.CASCADE, related_name="lines_up")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["above", "below"], name="one_department_line_between_two")]

    def __str__(self) -> str:
        return f"{self.above_id} → {self.below_id} ({self.depth})"
