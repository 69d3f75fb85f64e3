import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobs.models.descriptions import Clause
from jobs.querysets import GroundQuerySet, ObjectionQuerySet, RulingQuerySet
from journal import clock
from people.models import Employee


class Ground(models.Model):
    """Why HR may refuse a clause: a short list that starts with three (migration 0003) and that HR extends."""

    text = models.CharField(_("ground"), max_length=120, unique=True)
    is_offered = models.BooleanField(_("offered for new rulings"), default=True)

    objects = GroundQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="ground_has_words")]

    def __str__(self) -> str:
        return gettext(self.text)  # the three of the start are translated, HR's own stand as written


class Ruling(models.Model):
    """What HR decided on a clause, once. Written by jobs.rules.ruling; the database refuses to change or delete it."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGED = "changed", _("Approved with changed wording")
        QUESTION = "question", _("Sent back with a question")
        REFUSED = "refused", _("Refused")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="rulings")
    verdict = models.CharField(max_length=8, choices=Verdict)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ground = models.ForeignKey(Ground, models.PROTECT, null=True, blank=True, verbose_name=_("ground"))
    words = models.TextField(_("why"), blank=True)
    proposed = models.TextField(help_text="The manager's words that were ruled on.")
    wording = models.TextField(_("wording"), help_text="The words as they stand after the ruling.")
    fingerprint = models.CharField(max_length=64, editable=False, help_text="That of the clause as proposed.")
    topic = models.CharField(max_length=13, blank=True, editable=False)

    objects = RulingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="refused", ground__isnull=False) | (~Q(verdict="refused") & Q(ground=None)),
                name="refused_with_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(verdict="approved") | ~Q(words=""), name="whatever_is_not_approved_has_words"
            ),
        ]
        indexes = [models.Index(fields=["fingerprint"], name="rulings_on_same_words")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.clause_id}"


class Objection(models.Model):
    """The manager's answer to a refusal or a question, dated, never overwritten (the database refuses it)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="objections")
    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="answers")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField(_("answer"))
    wording = models.TextField(_("wording"), help_text="The words proposed from now on; often the same.")

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [models.UniqueConstraint(fields=["ruling"], name="one_answer_per_ruling")]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.clause_id}"
