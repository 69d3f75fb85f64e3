"""The same fifty people, rate and time as load.py in an organisation of 100,000: what `manage.py seed_scale` makes."""

from django.core.management import call_command
from django.db import connection

from bench.jobs.load import PEOPLE, SECONDS, cookie_of, measured
from bench.report import Report
from people.models import Employee

MANY = 100_000
FOR_ALL = ["/today/", "/people/", "/people/me/", "/goals/year/", "/goals/ideas/", "/jobs/", "/notices/"]
FOR_MANAGERS = ["/goals/team/"]
FOR_HR = ["/goals/coverage/", "/people/?q=person+9", "/notices/desk/"]


def run(report: Report, size: int | None = None) -> None:
    call_command("seed_scale", people=MANY, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    measured(report, f"load-{MANY}", _visits(), size or SECONDS)


def _visits() -> list[tuple[str, str]]:
    """Fifty people from top to bottom, and HR's overviews of everybody."""
    keys = [1 + (MANY - 1) * number**2 // (PEOPLE - 1) ** 2 for number in range(PEOPLE)]
    everybody = [cookie_of(person) for person in Employee.objects.filter(pk__in=keys).order_by("pk")]
    head = cookie_of(Employee.objects.get(hr_role=Employee.HRRole.ADMINISTRATOR))
    visits = [(address, cookie) for cookie in everybody for address in FOR_ALL]
    visits += [(address, cookie) for cookie in everybody[:10] for address in FOR_MANAGERS]
    return visits + [(address, head) for address in FOR_HR] * 5
