"""Who opened words that only few may read, and when: an entry a reader, thing and day. Never a word of them."""

from datetime import UTC
from typing import TYPE_CHECKING

from django.db.models import Model

from journal import clock
from journal.models import Entry
from journal.origin import origin
from journal.querysets import subject_of

if TYPE_CHECKING:
    from people.models import Employee

READ = "words.read"


def opened(*things: Model, by: "Employee") -> int:
    """Note that `by` was shown the words of `things`. Returns how many had no such entry of this day (in UTC) yet.

    Call it for kinds that relgoals.history does not list, so that no search of HR finds it. Costs one look by index on
    every opening and one INSERT on the first of a day, however many things: an entry each time would be a write lock
    for every page. Two openings at the very same moment may leave two entries; both are true.
    """
    names = dict.fromkeys(subject_of(thing) for thing in things)
    if not names:
        return 0
    midnight = clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Entry.objects.filter(subject__in=names, at__gte=midnight, actor=by, verb=READ).order_by()
    known = set(today.values_list("subject", flat=True))
    new = [Entry(verb=READ, subject=name, actor=by, origin=origin()) for name in names if name not in known]
    Entry.objects.bulk_create(new)
    return len(new)
