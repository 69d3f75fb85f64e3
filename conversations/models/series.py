import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conversations.querysets import OneOnOneQuerySet, SeriesQuerySet
from journal import clock
from people.models import Employee
from people.text import one_line

SHORTEST, LONGEST, USUAL = 10, 120, 30  # minutes


class Series(models.Model):
    """The one-on-ones of a manager and a direct: when, how long, how often, where.

    Written by conversations.rules.series. Closed for good when the two are no longer a pair; it stays theirs to read.
    """

    class Rhythm(models.TextChoices):
        WEEKLY = "1", _("every week")
        SECOND = "2", _("every second week")
        THIRD = "3", _("every third week")
        FOURTH = "4", _("every fourth week")
        MONTHLY = "month", _("once a month, in the same week of it")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    manager = models.ForeignKey(Employee, models.PROTECT, related_name="+", editable=False)
    direct = models.ForeignKey(Employee, models.PROTECT, related_name="+", editable=False)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, default=Weekday.TUESDAY)
    at = models.TimeField(_("time"))
    zone = models.CharField(max_length=60, editable=False)  # the manager's when the series was made
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"),
        default=USUAL,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    rhythm = models.CharField(_("rhythm"), max_length=5, choices=Rhythm, default=Rhythm.SECOND)
    place = models.CharField(_("place or link"), max_length=200, blank=True, validators=[one_line])
    first_on = models.DateField(_("first date"))
    last_on = models.DateField(_("last date"), null=True, blank=True)
    closed_on = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["direct__name", "pk"]
        verbose_name = _("series of one-on-ones")
        verbose_name_plural = _("series of one-on-ones")
        constraints = [
            models.UniqueConstraint(
                fields=["manager", "direct"], condition=Q(closed_on=None), name="one_open_series_per_pair"
            ),
            models.CheckConstraint(condition=~Q(manager=F("direct")), name="nobody_talks_with_themselves"),
            models.CheckConstraint(condition=Q(minutes__range=(SHORTEST, LONGEST)), name="length_of_a_one_on_one"),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} and {self.direct_id}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:series", args=[self.uuid])

    def one_of(self, pk: int) -> Employee:
        """Whoever of the two has this key; both are at hand, so nobody is fetched."""
        return self.manager if pk == self.manager_id else self.direct

    def other(self, user: Employee) -> Employee:
        """The other one of the two."""
        return self.direct if user.pk == self.manager_id else self.manager


class OneOnOne(models.Model):
    """One meeting of a series, and the sheet that both open. `number` counts within the series; `planned_on` is the
    day the rhythm gave it, `on` the day it takes place (both where the manager lives), `starts_at` the moment.

    `state`, `on`, `starts_at`, `moved` and `manager_part_at` are written by conversations.rules.series alone.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Missed")
        DROPPED = "dropped", _("Called off")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="one_on_ones")
    number = models.PositiveIntegerField()
    planned_on = models.DateField()
    on = models.DateField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    moved = models.PositiveSmallIntegerField(default=0, help_text="How often it was given another date.")
    manager_part_at = models.DateTimeField(null=True, help_text="When the manager's part started; null: not yet.")
    said_at = models.DateTimeField(null=True, help_text="When somebody said that it was held or missed.")
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = OneOnOneQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("one-on-one")
        verbose_name_plural = _("one-on-ones")
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="one_one_on_one_per_number"),
            models.CheckConstraint(
                condition=Q(said_at=None) | Q(state__in=["held", "missed"]), name="said_when_held_or_missed"
            ),
        ]
        indexes = [
            models.Index(fields=["on"], name="one_on_ones_to_come", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return f"{self.series_id} no. {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:sheet", args=[self.uuid])

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()

    @property
    def is_planned(self) -> bool:
        return self.state == self.State.PLANNED

    @property
    def begins(self) -> list[datetime]:
        """When each of the three parts begins, and the end: thirds of the whole, in whole minutes."""
        third = self.minutes // 3
        return [self.starts_at + timedelta(minutes=n) for n in (0, third, 2 * third, self.minutes)]

    def in_zone(self, zone: str) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(zone))
