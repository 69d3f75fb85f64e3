"""A pair's series and its one-on-ones: start, change, move, held or missed, close, hand over."""

import uuid as uuids
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations import rhythm
from conversations.due import MOVED, STARTED
from conversations.models import OneOnOne, Series, Topic
from conversations.models.series import LONGEST, SHORTEST
from conversations.rules.carry import carry_on
from conversations.rules.once import once
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from outbox.rules import post
from people.models import Employee

State = OneOnOne.State
AHEAD = timedelta(weeks=8)  # so far ahead there are sheets to write on
AT_LEAST = 2  # however rare they are
MOST = 105  # every week for two years
FARTHEST = timedelta(days=366)


@once
def start(
    manager: Employee, direct: Employee, fields: dict[str, Any], *, by: Employee | None, uuid: uuids.UUID | None = None
) -> Series:
    """The one-on-ones of `manager` and `direct` from a day on; the first ones are made at once.

    fields: weekday, at, minutes, rhythm, place, first_on, last_on. A second call with the same uuid finds the first.
    Raises PermissionDenied unless `by` is the manager (None: the clock), ValidationError for what cannot be.
    """
    if by is not None and by.pk != manager.pk:
        raise PermissionDenied
    if uuid and (found := Series.objects.filter(uuid=uuid, manager=manager).first()):
        return found
    _check_pair(manager, direct)
    check_times(fields, today=clock.today(manager.time_zone))
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=direct.pk)  # one series of a pair at a time
        if Series.objects.going_on().filter(manager=manager, direct=direct).exists():
            sentence = _("You and %(name)s have one-on-ones already. Change those.") % {"name": direct.called}
            raise ValidationError({"direct": sentence}, "there_already")
        series = Series.objects.create(
            manager=manager, direct=direct, zone=manager.time_zone, uuid=uuid or uuids.uuid4(), **fields
        )
        make_ahead(series)
        entry = record("series.start", series, by=by)
        post(STARTED, direct, entry, series=series)
    return series


def _check_pair(manager: Employee, direct: Employee) -> None:
    if manager.pk == direct.pk:
        raise ValidationError({"direct": _("A one-on-one takes two. Choose somebody who works for you.")}, "oneself")
    if direct.manager_id != manager.pk:
        sentence = _("%(name)s does not report to you, and one-on-ones are for your own directs.")
        raise ValidationError({"direct": sentence % {"name": direct}}, "not_a_pair")


def check_times(fields: dict[str, Any], *, today: date) -> None:
    """Raises ValidationError by field for a length, a day or a rhythm that cannot be."""
    wrong: dict[str, str] = {}
    if not SHORTEST <= fields["minutes"] <= LONGEST:
        wrong["minutes"] = _("Between %(shortest)s and %(longest)s minutes.") % {
            "shortest": SHORTEST,
            "longest": LONGEST,
        }
    if fields["first_on"] < today:
        wrong["first_on"] = _("That day has passed. Choose today or a later one.")
    elif fields["first_on"] > today + FARTHEST:
        wrong["first_on"] = _("Choose a day within a year.")
    if fields["rhythm"] not in Series.Rhythm.values:
        wrong["rhythm"] = _("Choose one of the rhythms.")
    if not wrong and fields.get("last_on") and (sentence := _too_many_or_none(fields)):
        wrong["last_on"] = sentence
    if wrong:
        raise ValidationError(wrong)


def _too_many_or_none(fields: dict[str, Any]) -> str:
    span = (fields["first_on"], fields["weekday"], fields["rhythm"], fields["last_on"])
    number = rhythm.count(*span, most=20_000)
    if number == 0:
        return _("No such weekday lies between the first date and this one.")
    if number > MOST:
        sentence = _("That would make %(number)s one-on-ones. Choose a date within two years, or leave it empty.")
        return sentence % {"number": number}
    return ""


def make_ahead(series: Series) -> int:
    """Make the one-on-ones of the next eight weeks, at least two. Returns how many are new. Twice makes none twice."""
    today = clock.today(series.zone)
    planned = series.one_on_ones.aggregate(number=Max("number"), day=Max("planned_on"))
    after = max(planned["day"] or date.min, today - timedelta(days=1))
    coming = series.one_on_ones.planned().filter(on__gte=today).count()
    days = rhythm.days_after(after, series.first_on, series.weekday, series.rhythm, series.last_on)
    new: list[OneOnOne] = []
    for day in islice(days, 60):
        if day > today + AHEAD and coming + len(new) >= AT_LEAST:
            break
        new.append(_planned(series, (planned["number"] or 0) + len(new) + 1, day))
    OneOnOne.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _planned(series: Series, number: int, day: date) -> OneOnOne:
    starts_at = rhythm.moment(day, series.at, series.zone)
    where = {"minutes": series.minutes, "place": series.place}
    return OneOnOne(series=series, number=number, planned_on=day, on=day, starts_at=starts_at, **where)


def make_all_ahead() -> int:
    """The clock's: every series that goes on has its next one-on-ones. Returns how many are new.

    What is open on one that passed without a word from anybody goes on to the next sheet too.
    """
    new = sum(make_ahead(series) for series in Series.objects.going_on().order_by("pk").iterator())
    for one in OneOnOne.objects.passed_in_silence(clock.today()):
        carry_on(one)
    return new


def revise(series: Series, fields: dict[str, Any], version: int, *, by: Employee) -> Series:
    """Another time, length, rhythm or place from now on. What is past and what was moved by hand stays.

    Raises PermissionDenied unless `by` is the manager of a pair that is one, ValidationError for what cannot be.
    """
    _check_manager(series, by)
    today = clock.today(series.zone)
    first_on = max(fields["first_on"], today) if fields["first_on"] == series.first_on else fields["first_on"]
    fields = fields | {"first_on": first_on}
    check_times(fields, today=today)
    with transaction.atomic():
        save_unchanged(series, fields, version)
        coming = list(series.one_on_ones.planned().filter(on__gt=today, moved=0).order_by("number"))
        days = rhythm.days(max(first_on, today + timedelta(days=1)), series.weekday, series.rhythm, series.last_on)
        for one, day in zip(coming, days, strict=False):
            anew = _planned(series, one.number, day)
            times = {"planned_on": day, "on": day, "starts_at": anew.starts_at}
            OneOnOne.objects.filter(pk=one.pk, state=State.PLANNED).update(
                **times, minutes=anew.minutes, place=anew.place, version=F("version") + 1
            )
        make_ahead(series)
        entry = record("series.revise", series, by=by)
        post(STARTED, series.direct, entry, series=series)
    return series


def close(series: Series, *, by: Employee | None) -> Series:
    """End a series: what was to come is called off, what was written stays with the two. A second time does nothing."""
    if by is not None:
        _check_manager(series, by)
    with transaction.atomic():
        closed = Series.objects.going_on().filter(pk=series.pk).update(closed_on=clock.today(series.zone))
        if closed:
            coming = OneOnOne.objects.planned().filter(series=series, starts_at__gt=clock.now())
            coming.update(state=State.DROPPED, version=F("version") + 1)
            record("series.close", series, by=by)
    series.refresh_from_db()
    return series


def hand_over_due() -> int:
    """The clock's: close each series whose two are no longer manager and direct, and open one at the same times with
    whoever leads the direct now. The old sheets stay with the two who wrote them. Returns how many were closed."""
    due = list(Series.objects.no_longer_a_pair().select_related("direct__manager", "manager"))
    for series in due:
        with transaction.atomic():
            close(series, by=None)
            heir = series.direct.manager
            if heir and heir.is_active and series.direct.is_active and heir.pk != series.manager_id:
                _go_on_with(series, heir)
    return len(due)


def _go_on_with(series: Series, heir: Employee) -> None:
    if Series.objects.going_on().filter(manager=heir, direct=series.direct_id).exists():
        return
    names = ("weekday", "at", "minutes", "rhythm", "place")
    fields = {name: getattr(series, name) for name in names}
    start(heir, series.direct, fields | {"first_on": clock.today(heir.time_zone) + timedelta(days=1)}, by=None)


def move(one: OneOnOne, on: date, at: time, version: int | None = None, *, by: Employee) -> OneOnOne:
    """Give a planned one-on-one another date: moved is not missed. The other of the two is told.

    Raises PermissionDenied for anybody else, ValidationError for a moment that has passed or is more than a year away,
    "moved_on" if it was held or missed, "changed_meanwhile" if it was moved since `version`.
    """
    _check_pair_now(one, by)
    starts_at = rhythm.moment(on, at, one.series.zone)
    if starts_at <= clock.now():
        raise ValidationError({"on": _("That moment has passed. Choose a later one.")}, "past")
    if starts_at > clock.now() + FARTHEST:
        raise ValidationError({"on": _("Choose a day within a year.")}, "far")
    if starts_at == one.starts_at:
        raise ValidationError({"on": _("It takes place then already. Choose another date or time.")}, "same")
    with transaction.atomic():
        if not OneOnOne.objects.planned().filter(pk=one.pk).exists():
            raise ValidationError(_("It was held or missed meanwhile, so it was not moved."), "moved_on")
        save_unchanged(one, {"on": on, "starts_at": starts_at, "moved": F("moved") + 1}, version)
        entry = record("one_on_one.move", one, by=by, on=on.isoformat())
        post(MOVED, one.series.other(by), entry, sheet=one, by=by)
    return one


@dataclass(frozen=True)
class Move:
    """word: on the button; sources: states it may be said in; when: further condition on the one-on-one."""

    word: Any
    sources: frozenset[str]
    target: str
    when: Callable[[OneOnOne], bool]


MOVES = {
    "hold": Move(
        gettext_lazy("It took place"), frozenset({State.PLANNED, State.MISSED}), State.HELD, lambda one: one.has_begun
    ),
    "miss": Move(
        gettext_lazy("It did not take place"),
        frozenset({State.PLANNED, State.HELD}),
        State.MISSED,
        lambda one: one.is_over,
    ),
}


def moves_of(one: OneOnOne) -> dict[str, Move]:
    """What can be said of it now by the two, where they are a pair still."""
    return {name: move for name, move in MOVES.items() if one.state in move.sources and move.when(one)}


def moves_open_to(user: Employee, one: OneOnOne) -> dict[str, Move]:
    """What `user` can say of it now; say() accepts exactly these."""
    return moves_of(one) if OneOnOne.objects.editable_by(user).filter(pk=one.pk).exists() else {}


def say(one: OneOnOne, name: str, *, by: Employee) -> OneOnOne:
    """Held or missed. What is still open goes on to the next sheet; the manager's topics of a held one are shown.

    Raises PermissionDenied for anybody but the pair, ValidationError("moved_on") if it cannot be said (any more).
    """
    _check_pair_now(one, by)
    step, now = MOVES[name], clock.now()
    with transaction.atomic():
        said = OneOnOne.objects.filter(pk=one.pk, state__in=step.sources) if step.when(one) else OneOnOne.objects.none()
        if not said.update(state=step.target, said_at=now, version=F("version") + 1):
            one.refresh_from_db()
            raise ValidationError(_("This cannot be said of it now, so nothing was changed."), "moved_on")
        if step.target == State.HELD:
            _show_their_part(one, now)
        carry_on(one)
        record(f"one_on_one.{name}", one, by=by)
    one.refresh_from_db()
    return one


def begin_part(one: OneOnOne, *, by: Employee) -> OneOnOne:
    """The manager's part starts: from now on the direct reads the manager's topics. A second time changes nothing."""
    _check_pair_now(one, by)
    if by.pk != one.series.manager_id:
        raise PermissionDenied
    with transaction.atomic():
        if _show_their_part(one, clock.now()):
            record("one_on_one.begin_part", one, by=by)
    one.refresh_from_db()
    return one


def _show_their_part(one: OneOnOne, now: datetime) -> int:
    begun = OneOnOne.objects.filter(pk=one.pk, manager_part_at=None)
    written: int = begun.update(manager_part_at=now, version=F("version") + 1)
    Topic.objects.filter(sheet=one, shown_at=None).update(shown_at=now)
    return written


def _check_manager(series: Series, by: Employee) -> None:
    if by.pk != series.manager_id or not Series.objects.editable_by(by).filter(pk=series.pk).exists():
        raise PermissionDenied


def _check_pair_now(one: OneOnOne, by: Employee) -> None:
    if not OneOnOne.objects.editable_by(by).filter(pk=one.pk).exists():
        raise PermissionDenied


def local_start(one: OneOnOne) -> datetime:
    """When it begins, on the wall where the manager lives."""
    return one.starts_at.astimezone(ZoneInfo(one.series.zone))
