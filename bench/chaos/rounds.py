"""A round to be scored, and whether it is scored right: what `bench.chaos.rolls` asks in the site's own database.

python -m bench.chaos.rounds fill 60000     people, ratings and goals, in the database that DATABASE_URL names
python -m bench.chaos.rounds audit          prints {"lost": …, "doubled": …, "wrong": …, "off": …}
"""

import json
import os
import sys
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

if __name__ == "__main__":
    import django

    django.setup()

from django.db.models import Count, Sum

from appraisals import rollup
from appraisals.models import Appraisal, Scheme, Score, SectionScore
from bench import rounds
from bench.jobs.rollup import floor, forget
from journal import clock


def audit() -> dict[str, int]:
    """lost: appraisals without a score; doubled: rows more than one per key; wrong: rows that a whole roll of the
    finished state still changes; off: by how much the sums differ from those of SQL written by hand."""
    scheme, today = Scheme.objects.get(), clock.today()
    appraisals = Appraisal.objects.filter(scheme=scheme)
    keys = SectionScore.objects.values("appraisal", "section").annotate(n=Count("pk"))
    found = {
        "lost": appraisals.exclude(pk__in=Score.objects.values("pk")).count(),
        "doubled": keys.filter(n__gt=1).count() + Score.objects.count() - appraisals.count(),
    }
    ours = _sums()
    found["wrong"] = rollup.roll(rollup.Scope(scheme, 0, 10**12), today)
    forget()
    floor(scheme, today)
    found["off"] = sum(abs(mine - theirs) for mine, theirs in zip(ours, _sums(), strict=True))
    return found


def _sums() -> list[int]:
    totals: dict[str, Any] = Score.objects.aggregate(a=Count("pk"), b=Sum("total"), c=Sum("facts"))
    parts: dict[str, Any] = SectionScore.objects.aggregate(a=Count("pk"), b=Sum("score"), c=Sum("facts"))
    return [int(figure or 0) for figure in (*totals.values(), *parts.values())]


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        rounds.in_calibration(int(sys.argv[2]))
    else:
        print(json.dumps(audit()))
