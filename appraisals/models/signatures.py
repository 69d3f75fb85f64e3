from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from appraisals.models.appraisals import Appraisal
from people.models import Employee


class Chain(models.Model):
    """The end of the chain of signatures: one row, and the lock that lets one signature in at a time."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


class Signature(models.Model):
    """The signed content of an appraisal, as it was, chained to the signature before it. Never changed or removed.

    `signer` null: closed unsigned, `reason` says why. `content`: canonical JSON (appraisals/document.py).
    """

    appraisal = models.OneToOneField(Appraisal, models.PROTECT, related_name="signature")
    number = models.PositiveBigIntegerField(unique=True)
    signed_at = models.DateTimeField()
    signer = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    comment = models.TextField(_("your answer"), blank=True)
    reason = models.TextField(blank=True)
    content = models.TextField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.CheckConstraint(
                condition=Q(signer__isnull=False, reason="") | (Q(signer=None) & ~Q(reason="")),
                name="signed_or_closed_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"
