import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from goals.measures import MEASURES, Measure
from goals.models.catalogue import Idea
from goals.models.years import Year
from goals.querysets.goals import ChangedQuerySet, GoalQuerySet, OfferQuerySet, ReasonQuerySet, TurnQuerySet
from jobs.models import Clause
from journal import clock
from people.models import Employee


class Offer(models.Model):
    """What a manager laid before one person at one time: one goal or a shortlist of up to five, its `goals`.

    Answered once one of them is picked or changed, or something else is offered in its place. That another of equal
    weight was asked for stands here alone: the appraisal never looks at offers. Written by goals.rules.offering.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="offers")
    year = models.ForeignKey(Year, models.PROTECT, related_name="offers")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    other_wanted_at = models.DateTimeField(null=True, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["owner", "year"], condition=Q(answered_at=None), name="one_open_offer")
        ]

    def __str__(self) -> str:
        return f"{self.by_id} → {self.owner_id}"


class Goal(models.Model):
    """One observable thing that `owner` does in a year, as both agreed on it.

    `state` is written by goals.rules.agreeing, between ACTIVE, REPORTED and CONFIRMED by goals.rules.counting; so are
    `counted` (what counts of the reports) and `confirmed` (of those the manager confirmed). `target` follows from
    measure and parameters. `author` wrote the draft: until it is handed on (`handed_on_at`) only they see it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OFFERED = "offered", _("Offered")
        PROPOSED = "proposed", _("Proposed")
        SENT_BACK = "sent_back", _("Sent back")
        ACTIVE = "active", _("Agreed")
        REPORTED = "reported", _("Reported complete")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    AGREED = (State.ACTIVE, State.REPORTED, State.CONFIRMED)
    OPEN = (State.DRAFT, State.OFFERED, State.PROPOSED, State.SENT_BACK)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="goals")
    year = models.ForeignKey(Year, models.PROTECT, related_name="goals")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, null=True, blank=True, related_name="goals")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, editable=False, related_name="goals")
    behaviour = models.CharField(_("what a camera would see"), max_length=300)
    details = models.TextField(_("how"), blank=True)
    because = models.TextField(_("because"), blank=True, help_text="The business reason; no agreement without it.")
    stands_for = models.CharField(_("what it stands for"), max_length=200, blank=True)
    measure = models.CharField(_("how it is counted"), max_length=10, help_text="A key of MEASURES.")
    parameters = models.JSONField(default=dict, blank=True)
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="goals")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    target = models.PositiveSmallIntegerField(default=1)
    counted = models.PositiveSmallIntegerField(default=0, editable=False)
    confirmed = models.PositiveSmallIntegerField(default=0, editable=False)
    begun_at = models.DateTimeField(default=clock.now)
    handed_on_at = models.DateTimeField(null=True, editable=False)
    offered_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    doubted_at = models.DateTimeField(null=True, editable=False, help_text="The owner: I don't see it (the because).")
    due_on = models.DateField(_("by"))
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["owner", "year", "pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(condition=~Q(behaviour=""), name="goal_says_what_is_seen"),
            models.CheckConstraint(condition=Q(confirmed__lte=F("counted")), name="confirmed_is_counted"),
            models.CheckConstraint(
                condition=~Q(state__in=["active", "reported", "confirmed"])
                | (~Q(because="") & Q(clause__isnull=False, agreed_at__isnull=False)),
                name="agreed_with_reason_and_clause",
            ),
        ]
        indexes = [
            models.Index(fields=["year", "owner", "state"], name="goals_of_a_year"),
            models.Index(fields=["due_on"], name="goals_under_way", condition=Q(state__in=["active", "reported"])),
        ]

    def __str__(self) -> str:
        return Truncator(self.behaviour).chars(120)

    def get_absolute_url(self) -> str:
        return reverse("goals:goal", args=[self.uuid])

    @property
    def counting(self) -> Measure:
        return MEASURES[self.measure]

    @property
    def is_met(self) -> bool:
        return self.confirmed >= self.target

    @property
    def is_agreed(self) -> bool:
        return self.state in self.AGREED

    @property
    def progress(self) -> str:
        """ "4 of 6", "3 of 4 dates"."""
        return self.counting.progress(self.parameters, self.counted)


class Reason(models.Model):
    """One more reason why a goal is asked for, dated: all of them stand there, and none is changed or taken away.

    New until the other side has read it. Written by goals.rules.agreeing.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="reasons")
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField(_("reason"))
    read_at = models.DateTimeField(null=True, editable=False)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="reason_has_words")]

    def __str__(self) -> str:
        return f"{self.by_id} on {self.goal_id}"


class Turn(models.Model):
    """Whose turn it was in agreeing on a goal, and what they did with it: the thread under a goal, never edited.

    before, after: what a change replaced and what by ({field: value}); words: why it was sent back or withdrawn.
    A change of an agreed goal waits as a turn with `answer` empty until the other side has answered; one at a time.
    """

    class Answer(models.TextChoices):
        WAITS = "waits", _("Waits")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="turns")
    move = models.CharField(max_length=20)
    by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    words = models.TextField(_("words"), blank=True)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answer_words = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Employee, models.PROTECT, null=True, editable=False, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        constraints = [
            models.UniqueConstraint(fields=["goal"], condition=Q(answer="waits"), name="one_change_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.move} {self.goal_id}"


class Changed(models.Model):
    """A count of `owner` in `year` changed: the roll-up of the appraisals takes these rows and deletes them.

    Written by each deed that changes a count, in its transaction; as often as it happens: a unique row would be lost
    where the roll-up takes it while a second deed is not committed yet.
    """

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="+")
    year = models.ForeignKey(Year, models.CASCADE, related_name="+")

    objects = ChangedQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed count")
        verbose_name_plural = _("changed counts")

    def __str__(self) -> str:
        return f"{self.owner_id} in {self.year_id}"
