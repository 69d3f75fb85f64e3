from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outbox.kinds import Kind
from reminders.hours import Hours
from reminders.querysets import WishesQuerySet


class Wishes(models.Model):
    """How one person wants to be told. Who never said anything has no row, and the defaults.

    Written by reminders.rules.wishes; `digest_until` by reminders.rules.digest.
    """

    class How(models.TextChoices):
        AT_ONCE = "", _("At once")
        DAILY = "daily", _("Daily summary")
        WEEKLY = "weekly", _("Weekly summary")
        OFF = "off", _("No mail")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="wishes")
    kinds = models.JSONField(default=dict, help_text='By name of the kind: {"goals.report_due": "daily"}.')
    quiet_from = models.PositiveSmallIntegerField(_("no mail from"), default=19)
    quiet_until = models.PositiveSmallIntegerField(_("until"), default=7)
    working_days = models.CharField(max_length=7, default="12345", help_text="ISO weekdays.")
    digest_hour = models.PositiveSmallIntegerField(_("summaries at"), default=8)
    digest_day = models.PositiveSmallIntegerField(_("weekly summary on"), default=1)
    digest_until = models.DateTimeField(null=True, help_text="A worker's claim on this person's summary, until then.")

    objects = WishesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_until__lte=23, digest_hour__lte=23), name="hours_of_a_day"
            ),
            models.CheckConstraint(condition=Q(digest_day__range=(1, 7)), name="day_of_a_week"),
            models.CheckConstraint(condition=~Q(working_days=""), name="some_day_of_work"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}"

    def how(self, kind: Kind) -> "Wishes.How":
        """How this kind reaches them; what cannot be switched off never says OFF."""
        wished = self.How(self.kinds.get(kind.name, ""))
        return self.How.AT_ONCE if wished == self.How.OFF and kind.why_always else wished

    def hours(self, zone: str) -> Hours:
        return Hours(zone, self.quiet_from, self.quiet_until, frozenset(map(int, self.working_days)))
