import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conversations.models.series import OneOnOne, Series
from conversations.querysets import PrivateNoteQuerySet, SharedNoteQuerySet, TopicQuerySet
from journal import clock
from people.models import Employee
from people.sealed import SealedTextField


class Topic(models.Model):
    """A line that one of the two wrote on the sheet; open until it is settled, and carried on until then.

    `sheet` is where it stands now, `first_sheet` where it was written. `shown_at`: when the other could first read it;
    null is a topic of the manager before the manager's part. Written by conversations.rules.sheet.
    """

    class Part(models.TextChoices):
        DIRECT = "direct", _("The direct’s part")
        MANAGER = "manager", _("The manager’s part")
        AHEAD = "ahead", _("What is ahead")

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        IDEA = "idea", _("Idea")
        CONCERN = "concern", _("Concern")
        ASPIRATION = "aspiration", _("Aspiration")
        SUGGESTION = "suggestion", _("Suggestion for improvement")

    class Reply(models.TextChoices):
        YES = "yes", _("Yes, by a date")
        NO = "no", _("No, because")
        LATER = "later", _("Later")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, models.PROTECT, related_name="topics")
    sheet = models.ForeignKey(OneOnOne, models.PROTECT, related_name="topics")
    first_sheet = models.ForeignKey(OneOnOne, models.PROTECT, related_name="+")
    part = models.CharField(max_length=7, choices=Part)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TOPIC)
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    words = SealedTextField(_("words"))
    at = models.DateTimeField(default=clock.now)
    shown_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reply = models.CharField(_("answer"), max_length=5, choices=Reply, blank=True)
    reply_words = SealedTextField(_("words"), blank=True)
    reply_on = models.DateField(_("date"), null=True)
    replied_at = models.DateTimeField(null=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.CheckConstraint(condition=Q(part="manager") | Q(shown_at__isnull=False), name="only_theirs_hidden"),
        ]
        indexes = [models.Index(fields=["series"], name="topics_open", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"topic {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:topic", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def awaits_reply(self) -> bool:
        return self.kind == self.Kind.SUGGESTION and self.is_open


class SharedNote(models.Model):
    """What the two wrote down together. Written by conversations.rules.notes.share, which puts two texts together."""

    sheet = models.OneToOneField(OneOnOne, models.PROTECT, related_name="shared_note")
    text = SealedTextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = SharedNoteQuerySet.as_manager()

    def __str__(self) -> str:
        return f"shared note of {self.sheet_id}"


class PrivateNote(models.Model):
    """What one of the two wrote for themselves. Nobody else's: no other table, page, export or admin shows it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(OneOnOne, models.PROTECT, related_name="private_notes")
    author = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    text = SealedTextField(blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-sheet__starts_at", "pk"]
        verbose_name = _("private note")
        verbose_name_plural = _("private notes")
        constraints = [models.UniqueConstraint(fields=["sheet", "author"], name="one_private_note_per_sheet")]

    def __str__(self) -> str:
        return f"private note {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("conversations:private_note", args=[self.uuid])
