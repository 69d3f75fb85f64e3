"""The history of one thing, for its own page. Whoever may see the thing may read it; the view has asked that."""

from django.db.models import Model

from journal.models import Entry

NEWEST = 30


def history_of(thing: Model) -> list[Entry]:
    """The newest entries about a row, newest first, with who did it: one statement. Template: journal/_history.html."""
    return list(Entry.objects.of(thing)[:NEWEST])
