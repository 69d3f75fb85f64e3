"""Notices in: with a deed (post), by what is due (sweep), and out of sight once the matter is over (settle)."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Case, CharField, DateTimeField, Exists, F, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import now as real_now  # noqa: TID251 leases are about machines

from journal import clock
from journal.models import Entry
from journal.querysets import subject_of
from outbox.kinds import Kind
from outbox.models import LEASE, Notice

if TYPE_CHECKING:
    from people.models import Employee

State = Notice.State


def post(kind: Kind, recipient: "Employee", entry: Entry, **context: Model) -> None:
    """Tell `recipient` of the deed that `entry` records. Call it in the transaction of the deed.

    Only the ids of `context` are kept: the mail says what is true when it leaves.
    """
    subjects = {name: subject_of(obj) for name, obj in context.items()}
    read_at = clock.now() if kind.by_mail_only else None
    Notice.objects.create(
        kind=kind.name, about=entry.pk, recipient=recipient, context=subjects, raised_at=clock.now(), read_at=read_at
    )


def sweep(kind: Kind, today: date, zones: Collection[str] | None = None) -> int:
    """Write a notice for everything of this kind that is due and not told yet. Returns how many are new.

    zones: only for recipients who live in these time zones, where it is `today`; None: for everybody.
    One statement for any number of people. The anti-join makes a sweep that finds nothing new cheap (0.15 of the
    first against 0.4 without it, PostgreSQL); the unique key is what holds when two sweeps run at once.
    """
    if kind.due is None:
        return 0
    moment = Value(clock.now(), output_field=DateTimeField())
    due = untold(kind, today, zones).order_by("pk")
    columns = due.values_list(Value(kind.name), "pk", "recipient_id", _occasion(F("occasion")), moment)
    select, params = columns.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        # WHERE true: without it SQLite reads ON as part of the FROM.
        cursor.execute(
            "INSERT INTO outbox_notice (kind, about, recipient_id, occasion, raised_at)"  # noqa: S608 the ORM compiled it
            f" SELECT * FROM ({select}) AS due WHERE true ON CONFLICT DO NOTHING",
            params,
        )
        new: int = cursor.rowcount
    return new


def untold(kind: Kind, today: date, zones: Collection[str] | None = None) -> QuerySet[Any]:
    """What is due by `today` and has no notice yet, as `kind.due` gives it. For kinds that have a `due`."""
    assert kind.due is not None  # noqa: S101 a deed is not due
    told = Notice.objects.exclude(state=State.SETTLED).filter(
        kind=kind.name,
        about=OuterRef("pk"),
        recipient=OuterRef("recipient_id"),
        occasion=_occasion(OuterRef("occasion")),
    )
    return kind.due(today).filter(living_in(zones, "recipient_id"), ~Exists(told))


def settle(kind: Kind, today: date, zones: Collection[str] | None = None) -> int:
    """End what is no longer due, bring back to the pages what is due again after all. Returns how many changed.

    Two statements for any number of people. A notice that somebody is just sending is left to them.
    """
    if kind.due is None:
        return 0
    now = clock.now()
    being_sent = Q(state=State.OPEN, not_before__gt=real_now(), not_before__lte=real_now() + LEASE)
    mine = Notice.objects.filter(living_in(zones, "recipient"), kind=kind.name)
    due = kind.due(today).alias(told_as=_occasion(F("occasion")))
    still = Exists(
        due.filter(pk=OuterRef("about"), recipient_id=OuterRef("recipient_id"), told_as=OuterRef("occasion"))
    )
    unsent = Q(state__in=[State.OPEN, State.DIGEST])
    over = mine.filter(~still, ~being_sent, over_at=None)
    settled = over.update(
        over_at=now,
        ended_at=Case(When(unsent, then=Value(now)), default=F("ended_at")),
        state=Case(When(unsent, then=Value(State.SETTLED)), default=F("state")),
    )
    back = mine.exclude(over_at=None).exclude(state=State.SETTLED).filter(still)
    return settled + back.update(over_at=None)


def _occasion(said: F) -> Coalesce:
    """What is due on no occasion of its own is told once."""
    return Coalesce(said, Value(""), output_field=CharField())


def living_in(zones: Collection[str] | None, path: str) -> Q:
    """Condition for rows whose recipient (at `path`) lives in one of `zones`; None is everywhere."""
    if zones is None:
        return Q()
    people: QuerySet[Any] = get_user_model()._default_manager.filter(time_zone__in=zones)
    return Q(**{f"{path}__in": people.order_by().values("pk")})
