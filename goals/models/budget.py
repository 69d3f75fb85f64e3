import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.querysets.reports import ClaimQuerySet
from journal import clock
from people.models import Employee


class Claim(models.Model):
    """Money spent on a goal, asked back with a receipt. `state` is written by goals.rules.budget and nothing else.

    Amounts are cents of the organisation's one currency.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        REFUSED = "refused", _("Refused")
        PAID = "paid", _("Paid")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey("goals.Goal", models.PROTECT, related_name="claims")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="claims")
    year = models.ForeignKey("goals.Year", models.PROTECT, related_name="+")
    cents = models.PositiveIntegerField(_("amount"))
    receipt = models.FileField(upload_to="receipts/", max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.CLAIMED, editable=False)
    reason = models.TextField(blank=True, editable=False, help_text="Why it was refused.")
    claimed_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    paid_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    paid_at = models.DateTimeField(null=True, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-claimed_at", "-pk"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(fields=["goal"], condition=~Q(state="refused"), name="one_claim_per_goal"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="claim_of_something"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(reason=""), name="refused_with_a_reason"),
        ]
        indexes = [models.Index(fields=["owner", "year"], name="claims_of_a_year")]

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02}"

    def get_absolute_url(self) -> str:
        return reverse("goals:claim", args=[self.uuid])
