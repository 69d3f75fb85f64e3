"""HR's view of the post: what left for how many, what did not and why, and the switch for each kind. No words of it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import now as real_now  # noqa: TID251 not_before is about machines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from journal import clock
from journal.rules import record
from outbox.kinds import Kind
from outbox.models import LEASE, Hold, Notice
from outbox.rules.sweep import untold
from people.models import Employee
from reminders.models import Wishes
from reminders.rules.kinds import KINDS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

State = Notice.State
How = Wishes.How
DAYS = 30
FEW = 5
HEADINGS = [_l("Sent"), _l("To people"), _l("Waits"), _l("Done before"), _l("No mail wished"), _l("Failed")]
HEADINGS += [_l("New tomorrow")]
DISCREET = ("conversations.", "goals.")  # HR may not open the rows behind these: fewer than FEW are not counted out


@dataclass
class Row:
    """One kind: mails by how they ended in the last 30 days, people reached, what waits, what tomorrow adds."""

    kind: Kind
    held: bool
    waits: int = 0
    sent: int = 0
    people: int = 0
    kept: int = 0
    settled: int = 0
    failed: int = 0
    bounced: int = 0
    tomorrow: int = 0

    @property
    def is_quiet(self) -> bool:
        """Nothing to tell of this kind: it stands below the others."""
        return not (self.held or self.waits or self.tomorrow or self.failed or self.bounced or self.sent or self.kept)

    def cells(self) -> "list[tuple[StrOrPromise, int | None]]":
        """(heading, number) in the order of HEADINGS; None where it is a few people of a discreet kind."""
        failed = self.failed + self.bounced
        numbers = [self.sent, self.people, self.waits, self.settled, self.kept, failed, self.tomorrow]
        return [(heading, shown(self.kind, number)) for heading, number in zip(HEADINGS, numbers, strict=True)]

    def add(self, state: str, count: int, people: int) -> None:
        if state in {State.OPEN, State.DIGEST}:
            self.waits += count
        else:
            setattr(self, state, count)
        if state == State.SENT:
            self.people = people


def rows() -> list[Row]:
    """One per kind, in the order of the list of modules. One query, and for tomorrow one per kind with a `due`."""
    held = set(Hold.objects.kinds())
    found = {name: Row(kind, name in held) for name, kind in KINDS.items()}
    lately = Q(ended_at__gte=clock.now() - timedelta(days=DAYS)) | Q(state__in=[State.OPEN, State.DIGEST])
    ends = Notice.objects.filter(lately, kind__in=KINDS).order_by().values("kind", "state")
    for end in ends.annotate(count=Count("pk"), people=Count("recipient", distinct=True)):
        found[end["kind"]].add(end["state"], end["count"], end["people"])
    for name, count in foreseen(clock.today() + timedelta(days=1)).items():
        found[name].tomorrow = count
    return list(found.values())


def foreseen(day: date) -> dict[str, int]:
    """By kind: how many notices would be raised if it were `day` everywhere. Deeds cannot be foreseen."""
    return {name: untold(kind, day).count() for name, kind in KINDS.items() if kind.due}


@dataclass
class Foreseen:
    """What a day will add of one kind: mails, to how many people, and how many of these wish it otherwise than at once.
    None for a few people of a discreet kind."""

    kind: Kind
    held: bool
    mails: int | None
    people: int | None
    daily: int | None
    weekly: int | None
    off: int | None


def preview(day: date) -> list[Foreseen]:
    """The mail that would be raised if it were `day` everywhere, by kind (three queries each). No words, no names."""
    held = set(Hold.objects.kinds())
    found = []
    for name, kind in KINDS.items():
        if kind.due and (mails := untold(kind, day).count()):
            people = untold(kind, day).order_by().values("recipient_id")
            wished = Wishes.objects.filter(person__in=people, kinds__has_key=name).values_list("kinds", flat=True)
            ways = Counter(kinds[name] for kinds in wished)
            numbers = [mails, people.distinct().count(), ways[How.DAILY], ways[How.WEEKLY], ways[How.OFF]]
            found.append(Foreseen(kind, name in held, *(shown(kind, number) for number in numbers)))
    return found


def shown(kind: Kind, number: int) -> int | None:
    """`number`, or None where so few people must not be told apart."""
    return None if 0 < number < FEW and kind.name.startswith(DISCREET) else number


def troubles() -> QuerySet[Notice]:
    """Mails that failed in the last 30 days, newest first: resting until the next try, given up, or refused."""
    lately = Q(ended_at__gte=clock.now() - timedelta(days=DAYS), state__in=[State.FAILED, State.BOUNCED])
    failing = Q(state__in=[State.OPEN, State.DIGEST], attempts__gt=0)
    return Notice.objects.filter(lately | failing, kind__in=KINDS).select_related("recipient").order_by("-pk")


def refusing() -> list[tuple[Employee, list[str]]]:
    """People whose address was refused for good in the last 30 days, with the reasons."""
    reasons: dict[Employee, set[str]] = defaultdict(set)
    for notice in troubles().filter(state=State.BOUNCED)[:200]:
        reasons[notice.recipient].add(notice.error)
    return [(person, sorted(said)) for person, said in reasons.items()]


def hold(kind: Kind, on: bool, *, by: Employee) -> Hold:
    """Let no mail of this kind leave, or let them leave again. What is still due goes out afterwards.

    Raises PermissionDenied for anybody but HR administrators, ValidationError("urgent") for links to sign in.
    """
    _may(by)
    if on and kind.urgent:
        raise ValidationError(_("Without these mails nobody can sign in, so they cannot be held back."), "urgent")
    with transaction.atomic():
        switch, _made = Hold.objects.update_or_create(kind=kind.name, defaults={"on": on, "since": clock.now()})
        record("notices.hold" if on else "notices.release", switch, by=by, kind=kind.name)
    return switch


def send_now(*, by: Employee) -> int:
    """Try everything again that failed, now. Returns how many. What waits for somebody's morning goes on waiting."""
    _may(by)
    being_sent = Q(not_before__gt=real_now(), not_before__lte=real_now() + LEASE)
    with transaction.atomic():
        failing = Notice.objects.filter(state=State.OPEN, attempts__gt=0).exclude(being_sent)
        again = failing.update(not_before=real_now())
        given_up = Notice.objects.filter(state__in=[State.FAILED, State.BOUNCED], over_at=None)
        again += given_up.update(state=State.OPEN, attempts=0, ended_at=None, not_before=real_now())
        record("notices.send_now", by, by=by, count=again)
    return again


def _may(by: Employee) -> None:
    if not by.is_hr_administrator:
        raise PermissionDenied
