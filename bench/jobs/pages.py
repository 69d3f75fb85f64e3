"""Every page of the table below against the empty one: same process, same reader, same rounds.

A new page is one line in PAGES. Each is measured on the demo organisation, as the reader named there. PAGE=sheet in the
environment measures those whose name begins so.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

from appraisals.models import Appraisal, Scheme
from bench.browser import Reader, counted, files_of
from bench.meter import blind, compared
from bench.report import Report
from conversations.models import OneOnOne
from jobs.models import Clause, Version
from journal import clock
from people.models import Employee
from relgoals import demo
from relgoals.demo.organisation import SIGN_INS, address_of
from reminders.rules import sweep

EMPTY = "/bench/empty/"
KILOBYTES, FILES = 60, 12


@dataclass(frozen=True)
class Page:
    """`address` of what `role` (a key of the demo's SIGN_INS) reads; target: times the empty page; queries: at most."""

    name: str
    role: str
    address: str | Callable[[Employee], str]
    target: float
    queries: int


def _a_goal(reader: Employee) -> str:
    return reader.goals.agreed().latest("pk").get_absolute_url()


def _first_appraisal(reader: Employee) -> str:
    """Signed and locked long ago."""
    own = Appraisal.objects.visible_to(reader).filter(employee=reader).current()
    return own.order_by("year__first_on")[0].get_absolute_url()


def _to_review(reader: Employee) -> str:
    return Appraisal.objects.editable_by(reader).to_review_by(reader)[0].get_absolute_url()


def _waiting(reader: Employee) -> Clause:
    return Clause.objects.editable_by(reader).waiting()[0]


def _round(reader: Employee) -> str:
    return f"/appraisals/rounds/{Scheme.objects.visible_to(reader).latest('pk').pk}/"


def _draft(reader: Employee) -> str:
    return Version.objects.editable_by(reader).latest("pk").get_absolute_url()


def _next_sheet(reader: Employee) -> OneOnOne:
    return OneOnOne.objects.visible_to(reader).planned().order_by("starts_at", "pk")[0]


PAGES = [
    Page("goals-catalogue", "direct", "/goals/ideas/", 3.0, 6),
    Page("goals-coverage", "HR administrator", "/goals/coverage/", 2.5, 6),
    Page("goals-case", "manager", "/goals/case/", 3.0, 14),
    Page("today", "manager", "/today/", 4.0, 5 + 9),  # and one for each kind shown: the manager has nine
    Page("directory", "direct", "/people/", 3.0, 5),
    Page("person", "direct", lambda reader: f"/people/{reader.manager_id}/", 3.0, 5),
    Page("profile", "direct", "/people/me/", 3.0, 5),
    Page("team-board", "manager", "/goals/team/", 2.0, 5),
    Page("goal", "direct", _a_goal, 3.0, 12),
    Page("goal-proposed", "direct", "/goals/propose/", 3.0, 8),
    Page("job-description", "direct", "/jobs/", 3.0, 10),
    Page("job-descriptions", "manager", "/jobs/descriptions/", 3.0, 10),
    Page("job-version", "manager", _draft, 3.0, 16),
    Page("job-editor", "manager", lambda reader: f"{_draft(reader)}edit/", 3.0, 8),
    Page("clauses", "HR partner", "/jobs/clauses/", 3.0, 6),
    Page("clause", "HR partner", lambda reader: _waiting(reader).get_absolute_url(), 3.0, 16),
    Page("one-on-ones", "manager", "/one-on-ones/", 3.0, 6),
    Page("sheet", "manager", lambda reader: _next_sheet(reader).get_absolute_url(), 3.5, 15),
    Page("sheet-direct", "direct", lambda reader: _next_sheet(reader).get_absolute_url(), 3.5, 15),
    Page("pair", "manager", lambda reader: _next_sheet(reader).series.get_absolute_url(), 3.0, 10),
    Page("year", "direct", "/goals/year/", 2.0, 5),
    Page("log-a-step", "direct", "/goals/log/", 2.0, 5),
    Page("notebook", "direct", "/goals/notebook/", 2.0, 5),
    Page("who-knows-whom", "manager", "/goals/who-knows/?job=clerk", 4.0, 13),
    Page("appraisal", "direct", "/appraisals/", 3.0, 21),
    Page("appraisal-arithmetic", "direct", lambda reader: f"{_first_appraisal(reader)}arithmetic/", 3.0, 6),
    Page("appraisal-team", "manager", "/appraisals/", 3.0, 21),
    Page("appraisal-review", "manager", lambda reader: f"{_to_review(reader)}review/", 3.5, 30),
    Page("appraisal-round", "HR administrator", _round, 3.0, 15),
    Page("calibration", "manager’s manager", "/appraisals/calibration/", 3.0, 10),
]


def run(report: Report, size: int | None = None) -> None:
    demo.build(clock.today())
    sweep.raise_due()  # Today and the bell have something to show
    if blind():
        report.note(blind())
    wanted = [page for page in PAGES if page.name.startswith(os.environ.get("PAGE", ""))]
    for role in dict.fromkeys(page.role for page in wanted):
        somebody = Employee.objects.get(email=address_of(SIGN_INS[role]))
        reader = Reader(somebody)
        pages = {page.name: page for page in wanted if page.role == role}
        addresses = {name: _address(page, somebody) for name, page in pages.items()}
        works = {name: _visit(reader, address) for name, address in {"empty": EMPTY, **addresses}.items()}
        costs = compared(works)
        report.note(f"empty page for the {role}: {costs['empty'] * 1000:.2f} ms of CPU")
        for name, page in pages.items():
            report.figure(f"page-{name}", costs[name] / costs["empty"], page.target)
            report.note(f"page-{name}: {costs[name] * 1000:.1f} ms of CPU")
            _weigh(report, reader, page, addresses[name])


def _address(page: Page, reader: Employee) -> str:
    return page.address if isinstance(page.address, str) else page.address(reader)


def _visit(reader: Reader, address: str) -> Callable[[], bytes]:
    return lambda: reader.get(address)


def _weigh(report: Report, reader: Reader, page: Page, address: str) -> None:
    with counted() as statements:
        html = reader.get(address)
    files, strangers = files_of(html)
    report.figure(f"page-{page.name}-queries", len(statements), page.queries)
    report.figure(f"page-{page.name}-html", len(html) / 1000, KILOBYTES, "kB")
    report.figure(f"page-{page.name}-files", len(files), FILES)
    report.figure(f"page-{page.name}-third-party", len(strangers), 0)
