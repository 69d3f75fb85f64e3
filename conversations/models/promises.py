import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conversations.models.coaching import Aspiration
from conversations.models.series import OneOnOne, Series
from conversations.querysets import ActionQuerySet, NewDateQuerySet, RepairQuerySet
from journal import clock
from people.models import Employee
from people.sealed import SealedTextField


class Action(models.Model):
    """What one of the two will do by a day. A promise is an action of the manager that the direct counts on: it is
    kept, or repaired. A helping step is one for an aspiration.

    `state` is written by conversations.rules.promises and by nothing else; the day of a promise by rules.new_dates.
    """

    class Kind(models.TextChoices):
        ACTION = "action", _("Action")
        PROMISE = "promise", _("Promise")
        STEP = "step", _("Helping step")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        BROKEN = "broken", _("Cannot be kept")
        DROPPED = "dropped", _("No longer needed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="actions")
    sheet = models.ForeignKey(OneOnOne, models.PROTECT, null=True, related_name="actions")  # where it was agreed
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.ACTION)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+", verbose_name=_("who"))
    aspiration = models.ForeignKey(Aspiration, models.PROTECT, null=True, related_name="steps")
    words = SealedTextField(_("words"))
    due_on = models.DateField(_("by"))
    made_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="settled_actions_have_a_moment",
            ),
            models.CheckConstraint(condition=~Q(state="broken") | Q(kind="promise"), name="only_promises_break"),
            models.CheckConstraint(
                condition=Q(kind="step") | Q(aspiration=None),  # a step outlives an aspiration that was erased
                name="only_steps_help_an_aspiration",
            ),
        ]
        indexes = [
            models.Index(fields=["series"], name="actions_open", condition=Q(state="open")),
            models.Index(fields=["due_on"], name="actions_due", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:action", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def days_late(self) -> int:
        """Whole days since its day passed while it is open; 0: it has not, or it is settled."""
        return max(0, (clock.today() - self.due_on).days) if self.is_open else 0

    @property
    def is_promise(self) -> bool:
        return self.kind == self.Kind.PROMISE

    @property
    def with_whom(self) -> Employee:
        """The other one of the two."""
        return self.series.direct if self.owner_id == self.series.manager_id else self.series.manager


class Repair(models.Model):
    """What the manager says of a promise that cannot be kept: owning it, what was learned, how to make up for it.
    Nothing here asks the other for a remedy; they may answer or not."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promise = models.OneToOneField(Action, models.PROTECT, related_name="repair")
    owned = SealedTextField(_("I own it"))
    learned = SealedTextField(_("What I learned"))
    amends = SealedTextField(_("How I mean to make it up"))
    at = models.DateTimeField(default=clock.now)
    answer = SealedTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = RepairQuerySet.as_manager()

    def __str__(self) -> str:
        return f"repair of {self.promise_id}"


class NewDate(models.Model):
    """Another day for a promise, asked for in words by one of the two; it holds once the other agrees, and the day
    before stays to be read. `state` is written by conversations.rules.new_dates and where its promise is settled."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        AGREED = "agreed", _("Agreed by both")
        DECLINED = "declined", _("Not agreed")
        GONE = "gone", _("Taken back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    promise = models.ForeignKey(Action, models.PROTECT, related_name="new_dates")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    words = SealedTextField(_("why"))
    from_on = models.DateField()
    due_on = models.DateField(_("new date"))
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    answered_at = models.DateTimeField(null=True)

    objects = NewDateQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("new date of a promise")
        verbose_name_plural = _("new dates of promises")
        constraints = [
            models.UniqueConstraint(
                fields=["promise"], condition=Q(state="asked"), name="one_new_date_asked_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(from_on=F("due_on")), name="a_new_date_is_another_day"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at=None) | (~Q(state="asked") & Q(answered_at__isnull=False)),
                name="answered_new_dates_have_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"new date of {self.promise_id}"

    def get_absolute_url(self) -> str:
        return self.promise.get_absolute_url()
