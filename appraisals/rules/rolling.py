"""The roll-up as a sweep: whole rounds in slices, else what changed; may be started twice, killed, and run beside
ratings that change.

Everybody who scores takes the lock of the scheme first and reads after it, so that an older reading never overwrites a
newer one. Ratings are saved without that lock: they leave a row in Changed, which is taken by a later slice.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from appraisals import aggregates, rollup
from appraisals.models import Appraisal, Changed, Roll, Scheme
from appraisals.rules import coverage, schemes
from goals.models import Changed as ChangedCount
from journal import clock
from people.models import Employee

SLICE = 50_000  # appraisals a transaction: some seconds of work, so that saving and killing cost no more
PORTION = 10_000  # changed ones at a time


def tick() -> None:
    """Bring every round up to date: coverage, scores, aggregates. What another worker is at is left to it."""
    for scheme in Scheme.objects.to_roll().select_related("year"):
        coverage.cover(scheme)
        schemes.log_share(scheme)
        today = clock.today()
        if scheme.rolled_on != today:
            ask(scheme, by=None)
        for roll in Roll.objects.open().filter(scheme=scheme):
            work_on(roll, today)
        roll_changed(scheme, today)
        scheme.refresh_from_db()
        if scheme.changed_at and (scheme.aggregated_at is None or scheme.aggregated_at <= scheme.changed_at):
            aggregates.aggregate(scheme)


def ask(scheme: Scheme, *, by: Employee | None) -> Roll:
    """Ask for a whole round to be scored. While one is under way, asking again finds that one."""
    people = Appraisal.objects.filter(scheme=scheme, state__in=rollup.OPEN).count()
    try:
        with transaction.atomic():
            made: Roll = Roll.objects.create(scheme=scheme, asked_by=by, people=people)
            return made
    except IntegrityError:
        return Roll.objects.open().filter(scheme=scheme).first() or ask(scheme, by=by)


def work_on(roll: Roll, today: date) -> None:
    """Score slice by slice until the round is through. A worker that is killed loses one slice, which nobody sees."""
    while _one_slice(roll, today):
        pass


def roll_changed(scheme: Scheme, today: date) -> int:
    """Score those of whom something changed. Returns how many."""
    done = 0
    while some := _one_portion(scheme, today):
        done += some
    return done


def roll_one(appraisal: Appraisal, today: date) -> None:
    """Score one appraisal now, whatever else is under way: before it is handed on or shared."""
    with transaction.atomic():
        scheme = Scheme.objects.select_for_update(no_key=True).get(pk=appraisal.scheme_id)
        _score(scheme, rollup.Scope(scheme, ids=(appraisal.pk,)), today)


def _one_slice(roll: Roll, today: date) -> bool:
    with transaction.atomic():
        scheme = _mine(roll.scheme_id)
        fresh = Roll.objects.open().filter(pk=roll.pk).first()
        if scheme is None or fresh is None:
            return False
        waiting = Appraisal.objects.filter(scheme=scheme, state__in=rollup.OPEN, pk__gte=fresh.next_id)
        ids = waiting.order_by("pk").values_list("pk", flat=True)
        slice_ = _bounds(ids)
        if slice_ is None:
            Roll.objects.filter(pk=roll.pk).update(finished_at=clock.now())
            Scheme.objects.filter(pk=scheme.pk).update(rolled_on=today)
            return False
        first, last, people = slice_
        _score(scheme, rollup.Scope(scheme, first, last), today)
        Roll.objects.filter(pk=roll.pk).update(next_id=last + 1, done=fresh.done + people)
    return True


def _bounds(ids: QuerySet[Appraisal, int]) -> tuple[int, int, int] | None:
    """First and last id of the next slice, and how many it holds."""
    first = ids.first()
    if first is None:
        return None
    full = ids[SLICE - 1 : SLICE].first()
    if full is not None:
        return first, full, SLICE
    last = ids.last()
    return first, first if last is None else last, ids.count()


def _one_portion(scheme: Scheme, today: date) -> int:
    """The rows are read and deleted before anything is scored: what is saved meanwhile leaves rows of its own."""
    with transaction.atomic():
        if _mine(scheme.pk) is None:
            return 0
        counts = list(
            ChangedCount.objects.filter(year=scheme.year_id).order_by("pk").values_list("pk", "owner")[:PORTION]
        )
        rows = Changed.objects.filter(appraisal__scheme=scheme).order_by("pk").values_list("pk", "appraisal")[:PORTION]
        ratings = list(rows)
        if not counts and not ratings:
            return 0
        ChangedCount.objects.filter(pk__in=[pk for pk, _owner in counts]).delete()
        Changed.objects.filter(pk__in=[pk for pk, _appraisal in ratings]).delete()
        owners = {owner for _pk, owner in counts}
        theirs = Appraisal.objects.filter(scheme=scheme, employee__in=owners, replaced_at=None) if owners else ()
        ids = {appraisal for _pk, appraisal in ratings} | {appraisal.pk for appraisal in theirs}
        if ids:
            rollup.roll(rollup.Scope(scheme, ids=tuple(sorted(ids))), today)
            Scheme.objects.filter(pk=scheme.pk).update(changed_at=clock.now())  # its stage may be what changed
    return len(counts) + len(ratings)


def _mine(scheme: int) -> Scheme | None:
    """The scheme, locked; None where another worker scores it just now."""
    locked = Scheme.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=scheme)
    return locked.first()


def _score(scheme: Scheme, scope: rollup.Scope, today: date) -> None:
    if rollup.roll(scope, today):
        Scheme.objects.filter(pk=scheme.pk).update(changed_at=clock.now())
