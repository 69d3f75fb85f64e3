import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.models.descriptions import Clause, Version
from jobs.querysets import CommentQuerySet, ReadingQuerySet
from journal import clock
from people.models import Employee


class Reading(models.Model):
    """`employee` is asked to read `version`; acknowledged means received and read, not necessarily agreed.

    Written by jobs.rules.reading. Once acknowledged the database refuses every change.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="readings")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="readings")
    given_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "pk"]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(fields=["version", "employee"], name="one_reading_per_version"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(opened_at__isnull=False), name="read_before_acknowledged"
            ),
        ]
        indexes = [
            models.Index(fields=["employee"], name="readings_open", condition=Q(acknowledged_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} reads {self.version_id}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:reading", args=[self.pk])


class Comment(models.Model):
    """What a covered employee says on one clause; open until their manager has answered it.

    The two of them read it, nobody else. The one-on-one picks the open ones up (CommentQuerySet.open_between).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="comments")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="clause_comments")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField(_("comment"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="answered_with_words",
            )
        ]
        indexes = [models.Index(fields=["author"], name="comments_open", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.clause_id}"

    def get_absolute_url(self) -> str:
        return reverse("jobs:comment", args=[self.uuid])
