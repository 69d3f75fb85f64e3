"""Notices out, at least once: claim, ask again, put into words, send, mark."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.models import F, QuerySet
from django.utils.timezone import now as real_now  # noqa: TID251 leases are about machines

from journal import clock
from journal.prepared import asked
from journal.rules import objects_of
from outbox.kinds import Context, Kind
from outbox.ledger import Ledger, dead
from outbox.mail import compose
from outbox.models import LEASE, Notice
from outbox.querysets import NoticeQuerySet

BATCH = 250
RENEW = LEASE / 4  # so often a batch that takes long is marked and its lease renewed
MAX_ATTEMPTS = 5
FIRST_REST = timedelta(minutes=5)
State = Notice.State
Kinds = Mapping[str, Kind]
Plan = Callable[[Notice, Kind, datetime], "tuple[State, datetime] | None"]
log = logging.getLogger(__name__)


def at_once(notice: Notice, kind: Kind, moment: datetime) -> None:
    """The plan of those who have no wishes: everything leaves now."""


def deliver(kinds: Kinds, today: date | None = None, plan: Plan = at_once, having: str = "recipient") -> int:
    """Send one batch of open notices over one connection. Returns how many it took: 0 when nothing waits.

    today: asks what is due by this day; None: by the day it is where each recipient lives.
    plan: says of each notice whether it leaves now (None), or else in which state it waits and until when.
    having: what of the recipient the plan looks at (select_related).

    Claim, send, mark are three steps, so that no SMTP talk holds a lock. A worker that dies in between leaves its
    batch to be offered again after LEASE. What it had sent by then stands in its ledger, to the last mail but one, for
    the workers of its host: nothing is lost, and at most one mail goes out twice. Where the whole host is gone, what it
    had sent of its batch since the last RENEW goes out twice.
    Raises what connecting raises (SMTPException, OSError): then nothing of the rest was tried, no attempt is counted.
    """
    settle_the_dead()
    batch = claim(having)
    if not batch:
        return 0
    contexts = contexts_of(batch, kinds, today)
    marks = Marks(batch)
    try:
        leaving = []
        for notice in batch:
            kind, context = kinds.get(notice.kind), contexts.get(notice.pk)
            if kind is None or context is None:
                marks.end(State.SETTLED, notice)
            elif wait := plan(notice, kind, clock.now()):
                marks.rest(notice, *wait)
            else:
                leaving.append((notice, kind, context))
        if leaving:
            _send(leaving, marks)
    finally:
        marks.write()
    return len(batch)


def _send(leaving: list[tuple[Notice, Kind, Context]], marks: "Marks") -> None:
    with get_connection() as smtp:
        for notice, kind, context in leaving:
            smtp.open()  # a new connection only where the last one broke
            try:
                if kind.context:
                    context = context | kind.context(notice.recipient, context)
                compose(notice, kind, context, smtp).send()
            except Exception as error:  # whatever is wrong with this one, the others want to leave
                log.warning("notice %s was not sent: %s", notice.pk, type(error).__name__)
                marks.fail(notice, error)
                smtp.close()
            else:
                marks.end(State.SENT, notice)
            marks.keep_up()


def claim(having: str = "recipient", batch: int | None = None) -> list[Notice]:
    """The notices that have waited longest, ours for LEASE. PostgreSQL skips what another worker has just taken.

    One statement takes them and one reads them; kinds that HR holds back stay where they are.
    """
    skip = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH mine AS MATERIALIZED (SELECT id FROM outbox_notice WHERE state = 'open' AND not_before <= %s"  # noqa: S608
            f' AND kind NOT IN (SELECT kind FROM outbox_hold WHERE "on") ORDER BY not_before, id LIMIT %s{skip})'
            " UPDATE outbox_notice SET not_before = %s WHERE id IN (SELECT id FROM mine) RETURNING id",
            [stored(real_now()), batch or BATCH, stored(real_now() + LEASE)],
        )
        mine = [pk for (pk,) in cursor.fetchall()]
    return list(Notice.objects.filter(pk__in=mine).select_related(having).order_by("pk")) if mine else []


def settle_the_dead() -> None:
    """Mark what workers of this host had sent when they died, or when the database did."""
    for pks in dead(settings.OUTBOX_LEDGER):
        unmarked = Notice.objects.filter(pk__in=pks, state__in=[State.OPEN, State.DIGEST])
        unmarked.update(state=State.SENT, ended_at=clock.now())


def stored(moment: datetime) -> Any:
    """A moment as this database keeps it, for SQL written by hand."""
    return connection.ops.adapt_datetimefield_value(moment)


def contexts_of(batch: Iterable[Notice], kinds: Kinds, today: date | None = None) -> dict[int, Context]:
    """What each notice is put into words with, by its pk; a notice that is missing here need not be told any more.

    The very queryset that raised a reminder is asked again, once per kind (and day, where recipients live in several):
    what has been done meanwhile is not in it. Pages ask here too, so that they never disagree with the mails.
    """
    batch = [notice for notice in batch if notice.kind in kinds and notice.recipient.is_active]
    wanted = defaultdict(list)
    for notice in batch:
        if notice.context is None:
            wanted[notice.kind, today or clock.today(notice.recipient.time_zone)].append(notice.about)
    due = {}
    for (name, day), about in wanted.items():
        ask = kinds[name].due
        for thing in asked(_still_due, ask, day, about) if ask else ():
            due[name, day, thing.pk, thing.recipient_id, thing.occasion] = {"thing": thing}
    objects = objects_of(subject for notice in batch for subject in (notice.context or {}).values())
    contexts: dict[int, Context] = {}
    for notice in batch:
        if notice.context is None:
            day = today or clock.today(notice.recipient.time_zone)
            context: dict[str, Any] | None = due.get(
                (notice.kind, day, notice.about, notice.recipient_id, notice.occasion)
            )
        else:
            context = {name: objects.get(subject) for name, subject in notice.context.items()}
        if context is not None and all(context.values()):
            contexts[notice.pk] = context | {"recipient": notice.recipient, "site": settings.SITE_URL}
    return contexts


def _still_due(ask: Callable[[date], QuerySet[Any]], day: date, about: list[int]) -> QuerySet[Any]:
    return ask(day).filter(pk__in=about)


class Marks:
    """How each notice of a batch has ended, written together: one statement per end, not one per mail.

    source: the state in which the batch was taken; whoever changed a row meanwhile has changed it for good.
    """

    def __init__(self, batch: list[Notice], source: State = State.OPEN) -> None:
        self.source = source
        self.undone = {notice.pk for notice in batch}
        self.ended: dict[State, list[int]] = defaultdict(list)
        self.resting: dict[tuple[State, datetime], list[int]] = defaultdict(list)
        self.written = time.monotonic()
        self.ledger = Ledger(settings.OUTBOX_LEDGER)

    def end(self, state: State, *notices: Notice) -> None:
        pks = [notice.pk for notice in notices]
        if state == State.SENT:
            self.ledger.note(pks)
        self.undone.difference_update(pks)
        self.ended[state] += pks

    def rest(self, notice: Notice, state: State, until: datetime) -> None:
        self.undone.discard(notice.pk)
        self.resting[state, until].append(notice.pk)

    def fail(self, notice: Notice, error: Exception) -> None:
        """Note the reason in the notice's own row; it rests longer each time, and is given up in the end."""
        self.undone.discard(notice.pk)
        given_up = notice.attempts + 1 >= MAX_ATTEMPTS
        state = State.BOUNCED if is_refusal(error) else State.FAILED if given_up else self.source
        self._rows([notice.pk]).update(
            attempts=F("attempts") + 1,
            error=str(error).replace("\x00", "")[:500],
            not_before=real_now() + FIRST_REST * 2**notice.attempts,
            state=state,
            ended_at=None if state == self.source else clock.now(),
        )

    def keep_up(self) -> None:
        """Write what is done and stay the owner of what is not, if the last time is a while ago."""
        if time.monotonic() - self.written >= RENEW.total_seconds():
            self.write()
            self.renew()

    def renew(self) -> None:
        self._rows(self.undone).update(not_before=real_now() + LEASE)

    def write(self) -> None:
        now = clock.now()
        with self.ledger.settled():
            for state, pks in self.ended.items():
                over = {"over_at": now} if state == State.SETTLED else {}
                self._rows(pks).update(state=state, ended_at=now, **over)
        for (state, until), pks in self.resting.items():
            ended_at = now if state == State.KEPT else None
            self._rows(pks).update(state=state, ended_at=ended_at, not_before=real_now() + (until - now))
        self.ended.clear()
        self.resting.clear()
        self.written = time.monotonic()

    def _rows(self, pks: Iterable[int]) -> NoticeQuerySet:
        return Notice.objects.filter(pk__in=pks, state=self.source)


def is_refusal(error: Exception) -> bool:
    """Whether the server says for good that there is nobody at this address (a 5xx to RCPT TO)."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _reason in error.recipients.values())
