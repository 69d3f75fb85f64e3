"""The reminder sweep over 500,000 open matters of 100,000 people, against the one statement written by hand.

`size` is the number of people; each has five things to read. The floor is what one would write for this kind alone;
ours asks every kind of every app and leaves out what is told already.
"""

from django.db import connection

from bench.matters import open_matters
from bench.meter import measured
from bench.report import Report
from journal import clock
from outbox.rules.deliver import stored
from reminders.rules import sweep

ROUNDS = 5
EACH = 5
BY_HAND = """
    INSERT INTO outbox_notice (kind, about, recipient_id, occasion, raised_at)
    SELECT 'jobs.to_read', reading.id, reading.employee_id, '', %s
    FROM jobs_reading reading JOIN people_employee reader ON reader.id = reading.employee_id
    WHERE reading.acknowledged_at IS NULL AND (reader.left_on IS NULL OR reader.left_on >= %s)
    ORDER BY reading.id ON CONFLICT DO NOTHING
"""


def run(report: Report, size: int | None = None) -> None:
    matters = open_matters(size or 100_000, EACH)
    first, again = [], []
    for number in range(ROUNDS + 1):
        _empty()
        with measured() as floor:
            _by_hand()
        _empty()
        with measured() as ours:
            raised = sweep.raise_due()
        with measured() as nothing_new:
            more = sweep.raise_due()
        if (raised, more) != (matters, 0):
            raise RuntimeError(f"{raised} of {matters} raised, then {more} more")
        if number:  # the first round warms up
            first.append(ours.total / floor.total)
            again.append(nothing_new.total / ours.total)
            report.note(f"by hand {floor.total:.2f} s of CPU, ours {ours.total:.2f} s, then {nothing_new.total:.2f} s")
    report.figure("sweep", sorted(first)[ROUNDS // 2], 1.15)
    report.figure("sweep-nothing-new", sorted(again)[ROUNDS // 2], 0.2)


def _by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [stored(clock.now()), clock.today()])


def _empty() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("TRUNCATE outbox_notice")
            cursor.execute("VACUUM ANALYZE outbox_notice")
        else:
            cursor.execute("DELETE FROM outbox_notice")
