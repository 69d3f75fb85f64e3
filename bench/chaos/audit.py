"""Whether all traces of each step are there once, asked of the raw rows; and whether counts and journal are whole.

python -m bench.chaos.audit     prints {"half": …, "miscounted": …, "broken": …}
"""

import json
import os
from collections import Counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

if __name__ == "__main__":
    import django

    django.setup()

from django.db import transaction

from goals.models import Encounter, Goal, Report
from goals.rules.counting import lock, recount
from journal.models import Entry
from journal.querysets import subject_of
from journal.rules import sealing
from outbox.models import Notice


def audit() -> dict[str, int]:
    sealing.seal()
    return {"half": _half(), "miscounted": _miscounted(), "broken": len(list(sealing.verify()))}


def _half() -> int:
    """Traces missing or too many: of each step a line in the journal, of each person met a line and a notice."""
    logged = Counter(data["report"] for (data,) in Entry.objects.filter(verb="report.log").values_list("data"))
    met = {subject: pk for pk, subject in Entry.objects.filter(verb="report.met").values_list("pk", "subject")}
    told = Counter(Notice.objects.filter(kind="goals.met").values_list("about", flat=True))
    reports, encounters = list(Report.objects.all()), list(Encounter.objects.all())
    half = sum(abs(logged[report.pk] - 1) for report in reports) + len(logged.keys() - {each.pk for each in reports})
    half += abs(Entry.objects.filter(verb="report.met").count() - len(encounters)) + abs(told.total() - len(encounters))
    half += sum(told[met.get(subject_of(each), 0)] != 1 for each in encounters)
    return half + abs(len({each.report_id for each in encounters}) - len(reports))


def _miscounted() -> int:
    return sum(_differs(goal) for goal in Goal.objects.all())


def _differs(goal: Goal) -> bool:
    def stored(goal: Any) -> tuple[Any, ...]:
        return goal.counted, goal.confirmed, goal.target, goal.state

    with transaction.atomic():
        before = stored(goal)
        locked = lock(goal)
        recount(locked)
        transaction.set_rollback(True)
    return before != stored(locked)


if __name__ == "__main__":
    print(json.dumps(audit()))
