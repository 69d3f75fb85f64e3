"""People from a file: ours against csv + COPY with the same checks, and what it holds in memory.

The floor is a program of one purpose, as one would write it by hand for PostgreSQL: one pass of csv, the same looks at
each cell, dictionaries for who is doubled and who manages whom, COPY into the tables, the lines by one recursive
statement, a line of history each. It keeps no run, shows no progress and cannot be asked what it would do.
"""

import csv
import io
import re
import tempfile
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import connection, transaction

from bench.meter import measured
from bench.report import Report
from journal import clock
from people.models import Employee, ImportRow
from people.rules import imports
from people.rules.joining import join

ROUNDS = 5
HEADER = ["Employee ID", "Name", "E-mail", "Job title", "Supervisor", "Hire date"]
NOTHING = "\\N"  # how COPY writes NULL
EMAIL = re.compile(r"[a-z0-9._-]+@[a-z0-9-]+(\.[a-z0-9-]+)+")


def run(report: Report, size: int | None = None) -> None:
    people = size or 100_000
    if connection.vendor != "postgresql":
        report.note("The floor of this job is COPY: it needs PostgreSQL.")
        return
    by = join("Hedda", "hedda@example.org", by=None, hr_role="administrator")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        _write(path, people)
        ratios, memory = [], 0.0
        for _ in range(ROUNDS):
            _empty(by)
            with measured() as floor:
                _floor(path, by)
            _empty(by)
            before = _resident()
            with measured() as ours, _Peak() as peak:
                _ours(path, by)
            memory = max(memory, peak.highest - before)
            ratios.append(ours.total / floor.total)
            report.note(f"floor {floor.total:.2f} s of CPU, ours {ours.total:.2f} s")
        ratios.sort()
        report.figure("import", ratios[len(ratios) // 2], 1.3)
        report.figure("import-memory", memory, 60, "MiB")
        report.figure("import-bad-lines-told", *_bad_lines(Path(folder) / "bad.csv", by), at_least=True)


def _write(path: Path, people: int) -> None:
    """Everybody works for the one a ninth of their number above; managers come before or after as it falls."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for n in range(people, 0, -1):
            boss = str(n // 9) if n >= 9 else ""
            out.writerow(
                [
                    n,
                    f"Person Number {n}",
                    f"p{n}@example.org",
                    f"Job {n % 50}",
                    boss,
                    f"20{n % 20:02}-03-{n % 28 + 1:02}",
                ]
            )


def _ours(path: Path, by: Employee) -> None:
    with path.open("rb") as file:
        run = imports.choose(File(file), path.name, by=by)
    run = imports.check(run, run.mapping, by=by)
    imports.work_on(run.pk)
    run.refresh_from_db()
    imports.apply(run, by=by)
    imports.work_on(run.pk)
    run.refresh_from_db()
    if run.state != run.State.DONE or run.counts["bad"]:
        raise RuntimeError(f"{run.state} {run.trouble} {run.counts}")


def _bad_lines(path: Path, by: Employee) -> tuple[float, float]:
    """How many of the lines that are wrong were told of, once each."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for n in range(1, 1001):
            out.writerow([f"b{n}", f"Person {n}", "nowhere" if n % 10 == 0 else f"b{n}@example.org", "", "", ""])
    with path.open("rb") as file:
        run = imports.choose(File(file), path.name, by=by)
    imports.check(run, run.mapping, by=by)
    imports.work_on(run.pk)
    told = ImportRow.objects.filter(run=run, verdict="bad").exclude(problem="").values_list("line", flat=True)
    return float(sorted(told) == list(range(11, 1002, 10))) * 100, 100.0


def _floor(path: Path, by: Employee) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT email, staff_number, id FROM people_employee")
        emails, numbers = {}, {}
        for email, number, pk in cursor.fetchall():
            emails[email], numbers[number] = pk, pk
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_employee', 'id'))")
        first = cursor.fetchone()[0]
        rows = _checked(path, emails, numbers, first)
        _settle_managers(rows, numbers)
        out = io.StringIO()
        for pk, number, name, email, title, boss, hired in rows:
            out.write(f"{pk}\t!\tf\t{email}\t{name}\t\t{number}\t{title}\t{boss or NOTHING}\t{hired}\tUTC\ten\t\t\n")
        out.seek(0)
        cursor.cursor.copy_expert(
            "COPY people_employee (id, password, is_superuser, email, name, preferred_name, staff_number, job_title,"
            " manager_id, hired_on, time_zone, language, theme, hr_role) FROM STDIN",
            out,
        )
        last: Any = rows[-1][0]
        cursor.execute("SELECT setval(pg_get_serial_sequence('people_employee', 'id'), %s)", [last])
        cursor.execute(
            "INSERT INTO people_line (above_id, below_id, depth) WITH RECURSIVE path(above_id, below_id, depth) AS ("
            " SELECT id, id, 0 FROM people_employee WHERE id >= %s UNION ALL"
            " SELECT up.manager_id, path.below_id, path.depth + 1 FROM path"
            " JOIN people_employee up ON up.id = path.above_id WHERE up.manager_id IS NOT NULL)"
            " SELECT above_id, below_id, depth FROM path ORDER BY below_id, depth",
            [first],
        )
        cursor.execute(
            "INSERT INTO journal_entry (at, actor_id, verb, subject, origin, data) SELECT %s, %s, 'employee.join',"
            " 'people.employee:' || id, 'floor', '{}' FROM people_employee WHERE id >= %s",
            [clock.now(), by.pk, first],
        )


def _checked(path: Path, emails: dict[str, int], numbers: dict[str, int], pk: int) -> list[list[object]]:
    rows: list[list[object]] = []
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        for number, name, email, title, boss, hired in reader:
            email = email.strip().lower()
            number, name, title, boss = (" ".join(text.split()) for text in (number, name, title, boss))
            for text, limit in ((number, 40), (name, 120), (email, 254), (title, 120), (boss, 254)):
                if len(text) > limit or not text.isprintable() or text.startswith(("=", "+", "-", "@")):
                    raise ValueError(reader.line_num)
            if not EMAIL.fullmatch(email) or email in emails or number in numbers:
                raise ValueError(reader.line_num)
            emails[email] = numbers[number] = pk
            rows.append([pk, number, name, email, title, boss, date.fromisoformat(hired)])
            pk += 1
    return rows


def _settle_managers(rows: list[list[object]], numbers: dict[str, int]) -> None:
    """Keys to ids; whoever manages themself, is unknown or closes a circle would be refused."""
    boss_of = {}
    for row in rows:
        row[5] = numbers[str(row[5])] if row[5] else None
        boss_of[row[0]] = row[5]
    clear: set[object] = {None}
    for start in boss_of:
        way, at = set(), start
        while at not in clear:
            if at in way:
                raise ValueError(at)
            way.add(at)
            at = boss_of[at]
        clear |= way


def _empty(by: Employee) -> None:
    """Everybody but the importer away, by TRUNCATE: what a run leaves must not cost the next one."""
    keep = Employee.objects.values().get(pk=by.pk)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute(
            "TRUNCATE people_employee, people_line, people_importrun, people_importrow, journal_entry CASCADE"
        )
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
        Employee.objects.create(**keep)
        cursor.execute("VACUUM ANALYZE people_employee")


class _Peak:
    """The most memory resident at any moment of the block, in MiB, looked at every 5 ms."""

    def __enter__(self) -> "_Peak":
        self.highest, self._over = _resident(), threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.is_set():
            self.highest = max(self.highest, _resident())
            time.sleep(0.005)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20
