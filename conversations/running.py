"""What stands on a sheet for whoever reads it: three parts, in order, each with its lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from conversations.access import still_a_pair
from conversations.lines import AHEAD, DIRECT, MANAGER, Deed, Line
from conversations.models import Action, OneOnOne, PrivateNote, SharedNote, Topic
from conversations.rules import rhythms
from conversations.rules.series import moves_of
from conversations.rules.sheet import parts_of
from conversations.sources import SOURCES
from journal import clock
from journal.prepared import asked, first
from people.models import Employee

NEAR, LOOK_OFTEN, LOOK_SELDOM = timedelta(hours=3), 10, 60  # of the one-on-one; seconds between two looks


@dataclass(frozen=True)
class Part:
    """begins, ends: by the clock; unseen: the direct does not read it yet; writes: the reader may add a line."""

    name: str
    title: str
    begins: datetime
    ends: datetime
    lines: list[Line]
    unseen: bool
    writes: bool


@dataclass(frozen=True)
class Running:
    """Everything the page of a sheet shows. goes_on: the two are a pair still, so they may write.
    words: the things whose confidential words it shows."""

    one: OneOnOne
    reader: Employee
    other: Employee
    goes_on: bool
    is_next: bool
    parts: list[Part]
    moves: dict[str, Any]
    may_begin: bool
    shared: str
    shared_at: datetime | None
    private: str
    words: list[Model]
    before: OneOnOne | None
    after: OneOnOne | None
    counts: rhythms.Counts | None
    needs_help: bool

    @property
    def looks_every(self) -> int:
        """Seconds until the direct's page looks again whether the manager's part began; 0: it need not."""
        if self.reader.pk == self.one.series.manager_id or not (self.goes_on and self.one.is_planned):
            return 0
        return LOOK_OFTEN if abs(self.one.starts_at - clock.now()) < NEAR else LOOK_SELDOM


def stand(one: OneOnOne, reader: Employee) -> Running:
    """one: of with_pair(), visible to `reader`."""
    goes_on: bool = one.goes_on  # type: ignore[attr-defined]
    siblings = asked(_siblings, one.series_id)
    is_next = one.is_planned and one == _next_of(siblings)
    leads = reader.pk == one.series.manager_id
    shared = first(lambda sheet: SharedNote.objects.filter(sheet=sheet), one.pk)
    private = first(lambda sheet, author: PrivateNote.objects.filter(sheet=sheet, author=author), one.pk, reader.pk)
    counts = rhythms.count(siblings, clock.today(reader.time_zone).year) if leads else None
    return Running(
        one=one,
        reader=reader,
        other=one.series.other(reader),
        goes_on=goes_on,
        is_next=is_next,
        parts=_parts(one, reader, goes_on, is_next, {each.pk: each for each in siblings}),
        moves=moves_of(one) if goes_on else {},
        may_begin=goes_on and leads and one.is_planned and one.manager_part_at is None,
        shared=shared.text if shared else "",
        shared_at=shared.saved_at if shared else None,
        private=private.text if private else "",
        words=[one, private] if private and private.text else [one],
        before=max((e for e in siblings if e.starts_at < one.starts_at), key=lambda e: e.starts_at, default=None),
        after=min((e for e in siblings if e.starts_at > one.starts_at), key=lambda e: e.starts_at, default=None),
        counts=counts,
        needs_help=leads and goes_on and rhythms.two_missed(siblings),
    )


def _siblings(series: int) -> QuerySet[OneOnOne]:
    ones = OneOnOne.objects.filter(series=series).exclude(state="dropped")
    return ones.only("uuid", "on", "starts_at", "state", "moved", "minutes")


def _next_of(siblings: list[OneOnOne]) -> OneOnOne | None:
    """The first that is planned and not over since yesterday; where there is none, the last that is planned."""
    planned = sorted((each for each in siblings if each.is_planned), key=lambda each: each.starts_at)
    fresh = [each for each in planned if each.ends_at > clock.now() - timedelta(days=1)]
    return next(iter(fresh or planned[-1:]), None)


def _parts(one: OneOnOne, reader: Employee, goes_on: bool, is_next: bool, sheets: dict[int, OneOnOne]) -> list[Part]:
    leads, begins = reader.pk == one.series.manager_id, one.begins
    lines = list(_lines(one, reader, goes_on, is_next, sheets))
    unseen = one.manager_part_at is None and one.state != OneOnOne.State.HELD
    titles = {
        DIRECT: _("%(name)s’s part") % {"name": one.series.direct.called} if leads else pgettext("sheet", "Your part"),
        MANAGER: pgettext("sheet", "Your part")
        if leads
        else _("%(name)s’s part") % {"name": one.series.manager.called},
        AHEAD: _("What is ahead"),
    }
    writable = parts_of(reader, one) if goes_on and one.is_planned else []
    parts = []
    for place, name in enumerate((DIRECT, MANAGER, AHEAD)):
        hidden = name == MANAGER and unseen
        mine = [] if hidden and not leads else [line for line in lines if line.part == name]
        parts.append(Part(name, titles[name], begins[place], begins[place + 1], mine, hidden, name in writable))
    return parts


def _lines(
    one: OneOnOne, reader: Employee, goes_on: bool, is_next: bool, sheets: dict[int, OneOnOne]
) -> Iterable[Line]:
    """What comes in by itself stands on the next sheet only; a past one shows what was said and agreed on it."""
    today = clock.today(reader.time_zone)
    if is_next and goes_on:
        for source in SOURCES.values():
            yield from source.lines(one, reader, today)
    for topic in asked(_topics, reader, one.pk, one.series_id):
        topic.series, topic.sheet = one.series, sheets.get(topic.sheet_id, one)
        yield _topic_line(topic, one, reader, goes_on)
    if not one.is_planned:
        yield from _agreed_here(one)


def _topics(reader: Employee, sheet: int, series: int) -> QuerySet[Topic]:
    return Topic.objects.visible_to(reader).filter(Q(sheet=sheet) | Q(first_sheet=sheet), series=series)


def _topic_line(topic: Topic, one: OneOnOne, reader: Employee, goes_on: bool) -> Line:
    lead = f"{topic.get_kind_display()}:" if topic.kind != Topic.Kind.TOPIC else ""
    mine = topic.author_id == reader.pk
    notes = [
        _("Written by you") if mine else _("Written by %(name)s") % {"name": one.series.one_of(topic.author_id).called}
    ]
    if topic.sheet_id != one.pk:
        notes.append(_("carried on to %(day)s") % {"day": date_format(topic.sheet.on, _("j F"))})
    elif topic.first_sheet_id != one.pk:
        notes.append(_("since %(day)s") % {"day": date_format(topic.at.date(), _("j F"))})
    if topic.reply:
        notes.append(_reply_said(topic))
    elif not topic.is_open:
        notes.append(_("talked about"))
    deeds = _topic_deeds(topic, reader) if goes_on and topic.sheet_id == one.pk else ()
    return Line(topic.part, topic.words, " · ".join(notes), lead, address=topic.get_absolute_url(), deeds=deeds)


def _reply_said(topic: Topic) -> str:
    if topic.reply == Topic.Reply.YES and topic.reply_on:
        return _("yes, by %(day)s") % {"day": date_format(topic.reply_on, _("j F"))}
    if topic.reply == Topic.Reply.NO:
        return _("no, because: %(words)s") % {"words": topic.reply_words}
    return _("later")


def _topic_deeds(topic: Topic, reader: Employee) -> tuple[Deed, ...]:
    if not topic.is_open:
        undo = Deed(_("Open again"), reverse("conversations:topic_deed", args=[topic.uuid, "reopen"]))
        return (undo,) if topic.sheet.is_planned and not topic.reply else ()
    if topic.awaits_reply:
        leads = reader.pk == topic.series.manager_id
        return (Deed(_("Answer") if leads else pgettext("button", "Open"), topic.get_absolute_url(), "page"),)
    settle = Deed(_("Talked about"), reverse("conversations:topic_deed", args=[topic.uuid, "settle"]))
    action = reverse("conversations:action_new", args=[topic.sheet.uuid]) + f"?topic={topic.uuid}"
    return (settle, Deed(_("Add an action"), action, "page"))


def _agreed_here(one: OneOnOne) -> Iterable[Line]:
    for action in Action.objects.filter(sheet=one):
        owner = one.series.one_of(action.owner_id)
        facts = {"kind": action.get_kind_display(), "owner": owner, "state": action.get_state_display()}
        note = _("%(kind)s, %(owner)s · %(state)s") % facts
        yield Line(AHEAD, action.words, note, address=action.get_absolute_url(), binds=action.is_promise)


def with_pair(rows: Any) -> Any:
    """One-on-ones with both people, and `goes_on`: whether the two are a pair still. One query."""
    return rows.with_people().annotate(
        goes_on=Case(When(still_a_pair("series"), then=Value(True)), default=Value(False))
    )


@dataclass(frozen=True)
class Paper:
    """A part on paper: what fits, and how many more there are."""

    part: Part
    lines: list[tuple[str, str]]
    more: int


ROWS = 6  # lines of a part that fit on one page of Letter, the smaller one, with room to write
LONGEST = 130  # characters of such a line: two rows of print


def on_paper(running: Running) -> list[Paper]:
    """The three parts for one page: the first lines of each, shortened, and how many do not fit."""
    papers = []
    for part in running.parts:
        rows = [
            (f"{line.lead} {_short(str(line.words), LONGEST)}".strip(), _short(str(line.note), 60))
            for line in part.lines
        ]
        papers.append(Paper(part, rows[:ROWS], max(0, len(rows) - ROWS)))
    return papers


def _short(words: str, most: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
