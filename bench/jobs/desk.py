"""HR's queue with 5,000 clauses that wait, among 100,000 people and their 2,500 job descriptions.

`size` is the number of people. The queue is asked for as HR's administrator sees it: the first page, and one from the
middle, each against the empty page; and its statements with fifty clauses waiting and with all of them.
"""

from datetime import timedelta

from django.db import connection

from bench.browser import Reader, counted
from bench.jobs.pages import EMPTY
from bench.meter import blind, compared
from bench.report import Report
from jobs.models import Assignment, Clause, Ground, JobDescription, Ruling, Version
from journal import clock
from people.models import Department, Employee
from relgoals import scale

QUEUE = "/jobs/clauses/"
EACH, WAITING = 40, 5_000  # people to a description; clauses at HR's desk
STAND = 6  # clauses of a description that HR has approved


def run(report: Report, size: int | None = None) -> None:
    hr = _seed(size or 100_000)
    if blind():
        report.note(blind())
    reader, moved = Reader(hr), Clause.objects.filter(state="waits").values_list("pk", flat=True)[50:]
    aside = list(moved)
    Clause.objects.filter(pk__in=aside).update(state="draft")
    reader.get(QUEUE)
    few = _statements(reader)
    Clause.objects.filter(pk__in=aside).update(state="waits")
    _analyse()
    middle = _next(reader, 20)
    costs = compared(
        {
            "empty": lambda: reader.get(EMPTY),
            "queue": lambda: reader.get(QUEUE),
            "middle": lambda: reader.get(middle),
        }
    )
    report.note(f"empty page {costs['empty'] * 1000:.2f} ms, queue {costs['queue'] * 1000:.2f} ms of CPU")
    report.figure("hr-queue", costs["queue"] / costs["empty"], 3.0)
    report.figure("hr-queue-page-21", costs["middle"] / costs["empty"], 3.0)
    report.figure("hr-queue-queries", _statements(reader), 6)
    report.figure("hr-queue-queries-more-than-with-50", _statements(reader) - few, 0)
    report.figure("hr-queue-html", len(reader.get(QUEUE)) / 1000, 60, "kB")


def _statements(reader: Reader) -> int:
    with counted() as statements:
        reader.get(QUEUE)
    return len(statements)


def _next(reader: Reader, pages: int) -> str:
    """The address of the page that one comes to by "Next page", so many times."""
    address = QUEUE
    for _ in range(pages):
        html = reader.get(address).decode()
        after = html.partition('rel="next" href="')[2].partition('"')[0]
        if not after:
            break
        address = QUEUE + after
    return address


def _seed(people: int) -> Employee:
    """The organisation, everybody with a job description in force, and the next versions of some with HR."""
    scale.people(people)
    hr: Employee = Employee.objects.get(hr_role="administrator")
    author = Employee.objects.order_by("pk")[0]
    places = list(Department.objects.order_by("pk"))
    jobs = JobDescription.objects.bulk_create(
        JobDescription(title=f"Job {n}", department=places[n % len(places)], begun_by=author)
        for n in range(max(1, people // EACH))
    )
    first = Version.objects.bulk_create(
        Version(description=job, number=1, title=job.title, author=author) for job in jobs
    )
    _approved(first, author, hr)
    published = {"state": Version.State.PUBLISHED, "published_at": clock.now(), "in_force_from": clock.today()}
    Version.objects.filter(number=1).update(**published)
    others = list(Employee.objects.exclude(pk=hr.pk).order_by("pk").values_list("pk", flat=True))
    Assignment.objects.bulk_create(
        (
            Assignment(employee_id=pk, description=jobs[n // EACH % len(jobs)], from_on=clock.today())
            for n, pk in enumerate(others)
        ),
        batch_size=5_000,
    )
    second = Version.objects.bulk_create(
        Version(description=job, number=2, title=job.title, author=author, state=Version.State.WITH_HR) for job in jobs
    )
    Clause.objects.bulk_create(_waiting(second, author), batch_size=2_000)
    Ground.objects.get_or_create(text="Too broad")
    _analyse()
    return hr


def _approved(versions: list[Version], author: Employee, hr: Employee) -> None:
    clauses = Clause.objects.bulk_create(
        (
            Clause(version=version, position=n, text=f"Duty {n} of {version.title}.", kind="essential", author=author)
            for version in versions
            for n in range(STAND)
        ),
        batch_size=2_000,
    )
    Ruling.objects.bulk_create(
        (Ruling(clause=c, verdict="approved", by=hr, proposed=c.text, wording=c.text) for c in clauses),
        batch_size=2_000,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE jobs_clause SET state = 'approved', ruling_id ="
            " (SELECT r.id FROM jobs_ruling r WHERE r.clause_id = jobs_clause.id)"
        )


def _waiting(versions: list[Version], author: Employee) -> list[Clause]:
    kinds = Clause.Kind.values
    return [
        Clause(
            version=versions[n % len(versions)],
            position=n // len(versions) + 1,
            text=f"Tells counterparts in other departments of a delay on the day it is known ({n}).",
            kind=kinds[n % len(kinds)],
            author=author,
            state=Clause.State.WAITS,
            waits_since=clock.now() - timedelta(minutes=n),
        )
        for n in range(WAITING)
    ]


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
