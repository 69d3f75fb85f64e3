"""HR's page of a round: against the empty page, and against itself among a hundredth of the people.

`size` is the number of people. Both are spread over as many departments, so that both show a full page of them.
"""

from bench import rounds
from bench.browser import Reader, counted
from bench.database import make_anew
from bench.jobs.pages import EMPTY
from bench.meter import compared
from bench.report import Report
from people.models import Employee

DEPARTMENTS = 60  # more than a page shows


def run(report: Report, size: int | None = None) -> None:
    people = size or 100_000
    few, _queries, _bytes = _cost(max(500, people // 100))
    make_anew()
    many, queries, html = _cost(people)
    report.note(f"empty page {many['empty'] * 1000:.2f} ms of CPU, the round {many['round'] * 1000:.2f} ms")
    report.figure(f"round-{people}", many["round"] / many["empty"], 2.5)
    report.figure(f"round-{people}-than-few", many["round"] / many["empty"] / (few["round"] / few["empty"]), 1.05)
    report.figure(f"round-{people}-queries", queries, 12)
    report.figure(f"round-{people}-html", html / 1000, 60, "kB")


def _cost(people: int) -> tuple[dict[str, float], int, int]:
    """CPU seconds by page; the round's statements and bytes."""
    scheme = rounds.scored(people, DEPARTMENTS)
    reader, address = Reader(Employee.objects.get(hr_role="administrator")), f"/appraisals/rounds/{scheme.pk}/"
    with counted() as statements:
        html = reader.get(address)
    costs = compared({"empty": lambda: reader.get(EMPTY), "round": lambda: reader.get(address)}, rounds=9)
    return costs, len(statements), len(html)
