"""Many people with something to read each: what the sweep finds due and the outbox tells. Bulk, for measuring only.

    python -m bench.matters 600 [raised]     in the database that DATABASE_URL names, which is empty

With `raised` their notices are there at once; otherwise the next sweep writes them.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

if __name__ == "__main__":
    import django

    django.setup()

from django.db import connection
from django.utils import timezone

from jobs.models import JobDescription, Version
from people.models import Department, Employee
from relgoals import scale


def open_matters(people: int, each: int = 1) -> int:
    """`people` people in an empty database, each with `each` versions of a job description to read. Returns how many.

    All of it is due now ("jobs.to_read"), to one recipient each.
    """
    scale.people(people)
    author = Employee.objects.order_by("pk")[0]
    versions = [_version(number, author) for number in range(each)]
    with connection.cursor() as cursor:
        for version in versions:
            cursor.execute(
                "INSERT INTO jobs_reading (version_id, employee_id, given_at)"
                " SELECT %s, id, %s FROM people_employee ORDER BY id",
                [version.pk, connection.ops.adapt_datetimefield_value(timezone.now())],
            )
        cursor.execute("ANALYZE")
    return people * each


def _version(number: int, author: Employee) -> Version:
    title = f"Reader of papers, part {number + 1}"
    department = Department.objects.order_by("pk")[0]
    description = JobDescription.objects.create(title=title, department=department, begun_by=author)
    published = {"state": Version.State.PUBLISHED, "published_at": timezone.now(), "in_force_from": "2026-01-01"}
    return Version.objects.create(description=description, number=1, title=title, author=author, **published)


if __name__ == "__main__":
    from reminders.rules import sweep

    print(open_matters(int(sys.argv[1])))
    if "raised" in sys.argv:
        sweep.raise_due()
