"""A round as CSV, as HR downloads it, against the database's own COPY of the same columns; and as a workbook.

`size` is the number of people. COPY is what one would write by hand: the same rows, in the same order, with the same
figures divided out; on SQLite csv over the cursor's rows.
"""

import csv

from django.db import connection

from appraisals.models import Scheme
from bench import rounds
from bench.browser import Reader
from bench.meter import compared, peak_memory
from bench.report import Report
from people.models import Employee


class Nowhere:
    """A file that only counts what is written to it."""

    size = 0

    def write(self, text: str | bytes) -> int:
        self.size += len(text)
        return len(text)


def run(report: Report, size: int | None = None) -> None:
    people = size or 100_000
    scheme = rounds.scored(people)
    reader = Reader(Employee.objects.get(hr_role="administrator"))
    address = f"/appraisals/rounds/{scheme.pk}/round"
    portion = sum(len(part) for part, _ in zip(reader.stream(f"{address}.csv"), range(people // 10), strict=False))
    before = peak_memory()
    costs = compared(
        {"copy": lambda: _copy(scheme), "csv": lambda: sum(len(part) for part in reader.stream(f"{address}.csv"))}
    )
    report.note(f"copy {costs['copy']:.2f} s of CPU, ours {costs['csv']:.2f} s; a tenth of it {portion / 1e6:.1f} MB")
    report.figure(f"export-{people}", costs["csv"] / costs["copy"], 2.5)
    report.figure(f"export-{people}-memory", peak_memory() - before, 5, "MiB")


def _copy(scheme: Scheme) -> int:
    sections = list(scheme.sections.values_list("pk", flat=True))
    scores = ", ".join(f"ROUND(s{n}.score / 10000.0, 4)" for n in sections)
    joins = " ".join(
        f"LEFT JOIN appraisals_sectionscore s{n} ON s{n}.appraisal_id = a.id AND s{n}.section_id = {n}"
        for n in sections
    )
    select = (
        "SELECT e.staff_number, e.name, e.email, e.job_title, d.name, r.name, a.state, a.number, a.leads,"
        f" ROUND(a.part / 100.0, 2), ROUND(t.total / 100.0, 2), ROUND(t.facts / 100.0, 2), {scores}"
        " FROM appraisals_appraisal a JOIN people_employee e ON e.id = a.employee_id"
        " LEFT JOIN people_department d ON d.id = e.department_id LEFT JOIN people_employee r ON r.id = a.reviewer_id"
        f" LEFT JOIN appraisals_score t ON t.appraisal_id = a.id {joins}"
        f" WHERE a.scheme_id = {scheme.pk} AND a.replaced_at IS NULL ORDER BY e.name, a.id"
    )
    sink = Nowhere()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY ({select}) TO STDOUT WITH (FORMAT csv)", sink)
        else:
            cursor.execute(select)
            csv.writer(sink).writerows(cursor)
    return sink.size
