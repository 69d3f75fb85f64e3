from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from outbox.querysets import HoldQuerySet, NoticeQuerySet

LEASE = timedelta(seconds=60)  # how long a claim holds; renewed while its batch runs, and offered again after a crash


class Notice(models.Model):
    """Something to tell one person once. Written by the sweep or with a deed, put into words when it is sent.

    `state` is about the mail, `over_at` about the matter: a mail that has left does not end what it told of.
    What the database fills in by itself, a sweep's INSERT … SELECT need not name.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waits")
        DIGEST = "digest", _("Waits for the summary")
        SENT = "sent", _("Sent")
        KEPT = "kept", _("In the application only, as the recipient wishes")
        SETTLED = "settled", _("No longer due when its turn came")
        FAILED = "failed", _("Given up")
        BOUNCED = "bounced", _("Refused by the recipient's mail server")

    kind = models.CharField(max_length=40)  # outbox.kinds.Kind.name
    about = models.BigIntegerField(help_text="The thing that is due, or the journal entry of the deed.")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=40, blank=True, db_default="")
    context = models.JSONField(null=True, help_text='For a deed, what the template needs: {"goal": "goals.goal:17"}.')
    state = models.CharField(max_length=8, choices=State, db_default=State.OPEN)
    not_before = models.DateTimeField(db_default=Now(), help_text="Nobody's until then: being sent, or resting.")
    attempts = models.PositiveSmallIntegerField(db_default=0)
    error = models.TextField(blank=True, db_default="")
    raised_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, help_text="When the mail was sent, settled or given up.")
    over_at = models.DateTimeField(null=True, help_text="When its matter was found done: it shows nowhere then.")
    read_at = models.DateTimeField(null=True, help_text="When the recipient saw it in the application.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "recipient", "occasion"],
                condition=~Q(state="settled"),  # what was settled and is due again after all is told after all
                name="one_notice_per_occasion",
            )
        ]
        indexes = [
            models.Index(fields=["not_before"], name="outbox_open", condition=Q(state="open")),
            models.Index(fields=["not_before"], name="outbox_digest", condition=Q(state="digest")),
            models.Index(fields=["recipient"], name="outbox_unread", condition=Q(read_at=None, over_at=None)),
            models.Index(fields=["recipient", "-id"], name="outbox_shown", condition=Q(over_at=None)),
            models.Index(fields=["kind", "ended_at"], name="outbox_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} → {self.recipient_id}"


class Hold(models.Model):
    """HR's switch: while `on`, no mail of this kind leaves; what waits goes out afterwards if it is still due."""

    kind = models.CharField(max_length=40, unique=True)
    on = models.BooleanField()
    since = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    def __str__(self) -> str:
        return self.kind
