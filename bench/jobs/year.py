"""A whole year of `size` people through the rules, and whether what is stored then agrees with the raw rows."""

import time

from appraisals.models import Signature
from bench.bulk import live
from bench.report import Report
from journal.models import Entry
from outbox.models import Notice
from people.models import Employee


def run(report: Report, size: int | None = None) -> None:
    began = time.process_time()
    wrong = live(size or 300)
    report.note(
        f"{Employee.objects.count()} people, {Entry.objects.count():,} entries of the journal, "
        f"{Notice.objects.filter(state='sent').count():,} mails, {Signature.objects.count()} signatures, "
        f"{time.process_time() - began:.0f} s of CPU"
    )
    for sentence in wrong[:20]:
        report.note(sentence)
    report.figure("year-breaches", len(wrong), 0)
