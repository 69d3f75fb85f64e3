"""The secret address of somebody's calendar: made, renewed, and found by whoever knows it."""

import hashlib
import secrets

from django.db import transaction

from conversations.models import Feed
from journal import clock
from journal.rules import record
from people.models import Employee


def feed_of(owner: Employee) -> Feed | None:
    return Feed.objects.filter(owner=owner).first()


def renew(*, by: Employee) -> Feed:
    """A new secret address for `by`; the one before shows nothing any more."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        feed, _made = Feed.objects.update_or_create(
            owner=by, defaults={"secret": secret, "secret_hash": hashed(secret), "renewed_at": clock.now()}
        )
        record("feed.renew", feed, by=by)
    return feed


def owner_of(secret: str) -> Employee | None:
    """Whose calendar the address is; None if it was renewed, made up, or its owner has left."""
    feed = Feed.objects.filter(secret_hash=hashed(secret)).select_related("owner").first()
    return feed.owner if feed and feed.owner.is_active else None


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
