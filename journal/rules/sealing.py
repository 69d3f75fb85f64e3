"""The journal sealed, block by block, and looked through for anything that is not as it was sealed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now  # noqa: TID251 sealing is about the machine
from django.utils.translation import gettext as _

from journal.chain import FIELDS, Row, hash_of, is_in, missing_between
from journal.models import Entry, Seal

BLOCK = 20_000
LATE = timedelta(hours=1)  # no transaction of ours lasts longer: what fills a gap after that was put in by hand
log = logging.getLogger("journal.seal")


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was sealed."""

    seal: int
    sentence: str


def seal() -> int:
    """Seal every entry that is in no seal yet. Returns how many; a second run none. Takes no lock that record() wants.

    The newest seal also stands in the log, out of reach of whoever can write the database only.
    """
    total = 0
    while True:
        sealed = _seal_block()
        total += sealed
        if sealed < BLOCK:
            return total


def _seal_block() -> int:
    before = Seal.objects.order_by("-number").first()
    edge = before.last if before else 0
    late = _come_late()
    rows = list(Entry.objects.filter(Q(pk__gt=edge) | Q(pk__in=late)).order_by("pk").values_list(*FIELDS)[:BLOCK])
    if not rows:
        return 0
    new = [row[0] for row in rows if row[0] > edge]
    made = Seal(
        number=before.number + 1 if before else 1,
        first=edge + 1,
        last=new[-1] if new else edge,
        entries=len(rows),
        gaps=missing_between(edge, new),
        late=[row[0] for row in rows if row[0] <= edge],
    )
    made.hash = hash_of(before.hash if before else "", made.said, rows)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # somebody else has just sealed it
        return 0
    log.info("seal %s over %s entries up to %s: %s", made.number, made.entries, made.last, made.hash)
    return made.entries


def _come_late() -> list[int]:
    """Keys that were missing when their neighbours were sealed, and have come since: their transaction took longer."""
    recent = list(Seal.objects.filter(sealed_at__gt=now() - LATE))
    known = {key for each in recent for key in each.late}
    ranges = [gap for each in recent for gap in each.gaps]
    if not ranges:
        return []
    between = Q(pk=None)
    for start, end in ranges:
        between |= Q(pk__range=(start, end))
    return [key for key in Entry.objects.filter(between).values_list("pk", flat=True) if key not in known]


def verify() -> Iterator[Finding]:
    """Everything that is not as it was sealed, the oldest first; nothing if the journal is whole.

    What a thief of the newest seals and their entries has taken shows only beside the log: see `verify_journal`.
    """
    late = {key for keys in Seal.objects.values_list("late", flat=True) for key in keys}
    hash_before, number_before, edge = "", 0, 0
    for each in Seal.objects.order_by("number"):
        if each.number != number_before + 1 or each.first != edge + 1:
            yield Finding(each.number, _("The seal before it is gone."))
        yield from _look_at(each, hash_before, late)
        hash_before, number_before, edge = each.hash, each.number, each.last


def _look_at(each: Seal, hash_before: str, late: set[int]) -> Iterator[Finding]:
    rows: list[Row] = []
    own = Q(pk__range=(each.first, each.last)) | Q(pk__in=each.late)
    for row in Entry.objects.filter(own).order_by("pk").values_list(*FIELDS).iterator():
        key = row[0]
        if key not in each.late and is_in(key, each.gaps):
            if key not in late:
                yield Finding(
                    each.number, _("Entry %(key)s was put in after its neighbours were sealed.") % {"key": key}
                )
        else:
            rows.append(row)
    if len(rows) != each.entries:
        values = {"there": len(rows), "sealed": each.entries}
        yield Finding(each.number, _("%(there)s entries are there, %(sealed)s were sealed.") % values)
    elif hash_of(hash_before, each.said, rows) != each.hash:
        yield Finding(each.number, _("An entry, their order, or the seal itself was changed."))
