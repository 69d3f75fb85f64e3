import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conversations.models.series import Series
from conversations.querysets import AspirationQuerySet, CoachingNoteQuerySet, FeedbackQuerySet
from journal import clock
from people.models import Employee
from people.sealed import SealedTextField


class CoachingNote(models.Model):
    """A situation, the choice made in it, and what came of it. It enters the appraisal only if both chose so:
    `manager_chose_at` and `direct_chose_at` say when."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="coaching_notes")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    situation = SealedTextField(_("situation"))
    choice = SealedTextField(_("choice made"))
    result = SealedTextField(_("result"), blank=True)
    manager_chose_at = models.DateTimeField(null=True, editable=False)
    direct_chose_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = CoachingNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name = _("coaching note")
        verbose_name_plural = _("coaching notes")

    def __str__(self) -> str:
        return f"coaching note {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:coaching", args=[self.uuid])

    @property
    def is_in_appraisal(self) -> bool:
        return self.manager_chose_at is not None and self.direct_chose_at is not None


class Feedback(models.Model):
    """What one saw the other do, what it led to, and what next time; the other may answer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="feedback")
    giver = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    behaviour = SealedTextField(_("when you …"))
    effect = SealedTextField(_("it led to …"))
    next_time = SealedTextField(_("next time"), blank=True)
    answer = SealedTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [models.CheckConstraint(condition=~Q(giver=F("receiver")), name="feedback_to_the_other")]
        indexes = [models.Index(fields=["series"], name="feedback_open", condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return f"feedback {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:feedback", args=[self.uuid])


class Aspiration(models.Model):
    """Where somebody wants to go. Theirs alone until they share it with the manager they have then; a next manager
    reads it only if it is shared again. The manager's helping steps are conversations.Action of kind "step"."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="aspirations")
    words = SealedTextField(_("where you want to go"))
    at = models.DateTimeField(default=clock.now)
    shared_with = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    shared_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("aspiration")
        verbose_name_plural = _("aspirations")
        constraints = [
            models.CheckConstraint(
                condition=Q(shared_with=None, shared_at=None) | Q(shared_with__isnull=False, shared_at__isnull=False),
                name="shared_with_somebody_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"aspiration {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:aspiration", args=[self.uuid])
