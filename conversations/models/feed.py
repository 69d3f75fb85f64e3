from django.db import models

from conversations.querysets import FeedQuerySet
from journal import clock
from people.models import Employee
from people.sealed import SealedTextField


class Feed(models.Model):
    """The secret address of somebody's calendar. The secret is sealed; `secret_hash` finds it and reveals nothing."""

    owner = models.OneToOneField(Employee, models.CASCADE, related_name="+")
    secret = SealedTextField()
    secret_hash = models.CharField(max_length=64, unique=True)
    renewed_at = models.DateTimeField(default=clock.now)

    objects = FeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"feed of {self.owner_id}"
