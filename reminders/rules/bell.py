"""What the application shows of somebody's notices: asked again each time, so that pages and mails never disagree."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal import clock
from outbox.kinds import Context, Group, Kind
from outbox.mail import plain
from outbox.models import Notice
from outbox.rules.deliver import contexts_of
from people.models import Employee
from reminders.rules.kinds import KINDS

SHOWN = 200  # more than that on one page is not a list any more


@dataclass(frozen=True)
class Item:
    """One notice that is still true, with its line of HTML; or several of a kind, as `things`."""

    notice: Notice
    kind: Kind
    since: date
    whose: int | None  # the person it is about, where that is not the reader
    line: str
    thing: Any = None
    things: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """The line without markup, its address below."""
        return plain(self.line)


def waiting(person: Employee) -> list[Item]:
    """Everything that is due for `person` and not done: longest overdue first."""
    due = [name for name, kind in KINDS.items() if kind.due and not kind.by_mail_only]
    mine = Notice.objects.visible_to(person).filter(kind__in=due)
    return sorted(items(mine[:SHOWN], person), key=lambda item: item.since)


def waiting_and_news(person: Employee) -> tuple[list[Item], list[Item]]:
    """Today: what waits, longest overdue first, and the deeds of others not read yet, newest first. One look."""
    due = [name for name, kind in KINDS.items() if kind.due and not kind.by_mail_only]
    told = [name for name, kind in KINDS.items() if not kind.due and not kind.by_mail_only]
    mine = Notice.objects.visible_to(person).filter(Q(kind__in=due) | Q(kind__in=told, read_at=None))
    found = items(mine[:SHOWN], person)
    waits = sorted((item for item in found if item.kind.due), key=lambda item: item.since)
    return waits, [item for item in found if not item.kind.due]


def latest(person: Employee, before: int | None = None, size: int = 50) -> tuple[list[Item], int | None]:
    """A page of the bell, newest first, and where the next one starts (None: this is the last)."""
    told = [name for name, kind in KINDS.items() if not kind.by_mail_only]
    mine = Notice.objects.visible_to(person).filter(kind__in=told)
    rows = list((mine.filter(pk__lt=before) if before else mine)[: size + 1])
    return items(rows[:size], person), rows[size - 1].pk if len(rows) > size else None


def items(notices: Iterable[Notice], person: Employee, site: str = "") -> list[Item]:
    """Those of `person`'s notices that are still true, in the order given. site: the start of every address."""
    notices = list(notices)
    for notice in notices:
        notice.recipient = person
    contexts = contexts_of(notices, KINDS)
    gone = sum(notice.read_at is None and notice.pk not in contexts for notice in notices)
    person.unread_notices = max(0, person.unread_notices - gone)  # the bar agrees with the page below it
    return [item_of(notice, contexts[notice.pk], site) for notice in notices if notice.pk in contexts]


def item_of(notice: Notice, context: Context, site: str = "") -> Item:
    kind, thing = KINDS[notice.kind], context.get("thing")
    since = getattr(thing, "due_on", None) or notice.raised_at.astimezone(timezone.get_current_timezone()).date()
    whose = getattr(thing, "whose_id", None)
    line = render_to_string(f"{kind.template}.line.html", context | {"site": site})
    return Item(notice, kind, since, whose if whose != notice.recipient_id else None, line, thing)


def gathered(found: Iterable[Item]) -> list[Item]:
    """The same with one item for all of a kind that has a line for many, where the first of them stands."""
    of: dict[str, list[Item]] = defaultdict(list)
    for item in found:
        of[item.kind.name if item.kind.many else str(item.notice.pk)].append(item)
    return [
        replace(some[0], things=tuple(item.thing for item in some)) if len(some) > 1 else some[0]
        for some in of.values()
    ]


def grouped(found: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Under what to do about them, in the order of Group; empty headings left out."""
    under: dict[Group, list[Item]] = {group: [] for group in Group}
    for item in found:
        under[item.kind.group].append(item)
    return [(str(group.label), some) for group, some in under.items() if some]


def headline(count: int) -> str:
    """ "Three things wait for you": a number word up to twelve, a figure from there on."""
    if count == 0:
        return _("Nothing waits for you")
    words = ["", _("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight"), _("Nine")]
    words += [_("Ten"), _("Eleven"), _("Twelve")]
    number = words[count] if count < len(words) else str(count)
    return ngettext("One thing waits for you", "%(number)s things wait for you", count) % {"number": number}


def read(person: Employee, pk: int | None = None) -> int:
    """`person` has seen one notice, or all of theirs. Returns how many were new to them."""
    mine = Notice.objects.filter(recipient=person, read_at=None)
    return (mine.filter(pk=pk) if pk else mine).update(read_at=clock.now())
