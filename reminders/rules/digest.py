"""Summaries: everything that somebody wished to be told together, by what to do, longest overdue first."""

import logging
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.template.loader import render_to_string
from django.utils.timezone import now as real_now  # noqa: TID251 claims are about machines
from django.utils.translation import gettext_lazy as _

from outbox.kinds import Context, Kind
from outbox.mail import EVERYTHING, in_one_line, letter, speaking_to, stop_address
from outbox.models import LEASE, Hold, Notice
from outbox.rules.deliver import Marks, contexts_of, stored
from people.models import Employee
from reminders.models import Wishes
from reminders.rules.bell import Item, grouped, headline, item_of
from reminders.rules.kinds import KINDS

PEOPLE = 50  # claimed at a time
DIGEST = Kind("reminders.digest", template="reminders/mail/digest", title=_("Summary"))
State = Notice.State
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Digest:
    """groups: what to do → items about oneself; team: name of a person → items about them; news: deeds of others."""

    headline: str
    groups: list[tuple[str, list[Item]]]
    team: list[tuple[str, list[Item]]]
    news: list[Item]


def digest_of(found: Iterable[Item]) -> Digest:
    """Put items in order. One query for the names of the people they are about, if there are any."""
    found = sorted(found, key=lambda item: item.since)
    waits = [item for item in found if item.kind.due]
    names = dict(Employee.objects.filter(pk__in={item.whose for item in waits if item.whose}).values_list("pk", "name"))
    team: dict[str, list[Item]] = defaultdict(list)
    for item in waits:
        if item.whose in names:
            team[names[item.whose]].append(item)
    own = [item for item in waits if item.whose not in names]
    news = [item for item in found if not item.kind.due]
    return Digest(headline(len(waits)), grouped(own), list(team.items()), news)


def send_digests() -> int:
    """Send every summary whose hour has come: one mail per person, none where nothing is left to say.

    Returns how many people were looked at. A person is claimed, not a notice, so that two workers never send two.
    """
    looked_at = 0
    while people := claim_people():
        _send(people)
        looked_at += len(people)
    return looked_at


def claim_people() -> list[int]:
    """People whose summary is due, ours for LEASE. PostgreSQL skips whom another worker has just taken."""
    skip = " FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    now = stored(real_now())
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH mine AS MATERIALIZED (SELECT person_id FROM reminders_wishes"  # noqa: S608
            " WHERE (digest_until IS NULL OR digest_until <= %s) AND person_id IN"
            " (SELECT recipient_id FROM outbox_notice WHERE state = 'digest' AND not_before <= %s"
            f' AND kind NOT IN (SELECT kind FROM outbox_hold WHERE "on")) LIMIT %s{skip})'
            " UPDATE reminders_wishes SET digest_until = %s WHERE person_id IN (SELECT person_id FROM mine)"
            " RETURNING person_id",
            [now, now, PEOPLE, stored(real_now() + LEASE)],
        )
        return [pk for (pk,) in cursor.fetchall()]


class _Marks(Marks):
    """As for single mails, but what must be renewed on the way is the claim on the people."""

    def __init__(self, batch: list[Notice], people: list[int]) -> None:
        super().__init__(batch, State.DIGEST)
        self.people = people

    def renew(self) -> None:
        Wishes.objects.filter(person__in=self.people).update(digest_until=real_now() + LEASE)


def _send(people: list[int]) -> None:
    waiting = Notice.objects.filter(recipient__in=people, state=State.DIGEST, not_before__lte=real_now())
    batch = list(waiting.exclude(kind__in=Hold.objects.kinds()).select_related("recipient").order_by("pk"))
    contexts, marks = contexts_of(batch, KINDS), _Marks(batch, people)
    told: dict[Employee, list[Notice]] = defaultdict(list)
    for notice in batch:
        if notice.pk in contexts:
            told[notice.recipient].append(notice)
        else:
            marks.end(State.SETTLED, notice)
    try:
        if told:
            _send_each(told, contexts, marks)
    finally:
        marks.write()
        Wishes.objects.filter(person__in=people).update(digest_until=None)


def _send_each(told: dict[Employee, list[Notice]], contexts: dict[int, Context], marks: Marks) -> None:
    with get_connection() as smtp:
        for person, notices in told.items():
            smtp.open()
            try:
                _compose(person, notices, contexts, smtp).send()
            except Exception as error:  # as in outbox: the others want to leave
                log.warning("a summary was not sent: %s", type(error).__name__)
                smtp.close()
                for notice in notices:
                    marks.fail(notice, error)
            else:
                marks.end(State.SENT, *notices)
            marks.keep_up()


def _compose(
    person: Employee, notices: list[Notice], contexts: dict[int, Context], smtp: BaseEmailBackend
) -> EmailMultiAlternatives:
    stop = stop_address(person, EVERYTHING)
    with speaking_to(person):
        digest = digest_of(item_of(notice, contexts[notice.pk], settings.SITE_URL) for notice in notices)
        frame: Context = {"digest": digest, "recipient": person, "site": settings.SITE_URL, "stop": stop}
        frame |= {"kind": DIGEST, "subject": in_one_line(f"{DIGEST.template}.subject.txt", frame)}
        frame["text"] = render_to_string(f"{DIGEST.template}.txt", frame, using="text").strip()
        html = render_to_string(f"{DIGEST.template}.html", frame)
        text = re.sub(r"\n{3,}", "\n\n", render_to_string("outbox/mail.txt", frame, using="text").strip()) + "\n"
    name = f"digest.{person.pk}.{max(notice.pk for notice in notices)}"
    return letter(person, frame["subject"], text, html, name, stop, smtp)
