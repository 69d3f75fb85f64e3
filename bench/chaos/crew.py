"""A few people with a goal under way each, who can sign in: whose steps are saved while things die.

    python -m bench.chaos.crew 8 password     in the database that DATABASE_URL names, which is empty

Prints one JSON list: {"email", "goal" (uuid), "colleague" (e-mail), "cookie"} of each, the HR administrator first.
"""

import json
import os
import sys
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relgoals.settings")

if __name__ == "__main__":
    import django

    django.setup()

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from goals.models import Goal, Year
from jobs.models import Clause, JobDescription, Version
from journal import clock
from people.models import Employee
from relgoals import scale

ADMINISTRATOR = 2  # the key of the HR administrator of scale.people()


def crew(count: int, password: str) -> list[dict[str, str]]:
    """`count` people of twice as many, each with an agreed goal that is counted in people met."""
    scale.people(2 * count + ADMINISTRATOR)
    Employee.objects.update(password=make_password(password))
    year, clause = _year(), _clause()
    everybody = list(Employee.objects.order_by("pk")[ADMINISTRATOR - 1 :])
    return [
        {
            "email": person.email,
            "goal": str(_goal(person, year, clause).uuid),
            "colleague": everybody[count + number].email,
            "cookie": _cookie(person),
        }
        for number, person in enumerate(everybody[:count])
    ]


def _year() -> Year:
    this = clock.today().year
    first, last = date(this, 1, 1), date(this + 1, 12, 31)
    return Year.objects.create(name=str(this), first_on=first, last_on=last, agree_by_on=last, answer_by_on=last)


def _clause() -> Clause:
    author = Employee.objects.order_by("pk")[0]
    assert author.department
    description = JobDescription.objects.create(title="Clerk", department=author.department, begun_by=author)
    version = Version.objects.create(description=description, number=1, title="Clerk", author=author)
    said: dict[str, Any] = {"position": 1, "text": "Keeps up working relations.", "kind": Clause.Kind.ESSENTIAL}
    return Clause.objects.create(version=version, author=author, **said)


def _goal(owner: Employee, year: Year, clause: Clause) -> Goal:
    return Goal.objects.create(
        owner=owner,
        year=year,
        author=owner,
        clause=clause,
        behaviour="Meet colleagues at the rally",
        because="People answer faster where they know each other.",
        measure="people",
        parameters={"count": 3},
        target=3,
        state=Goal.State.ACTIVE,
        handed_on_at=clock.now(),
        agreed_at=clock.now(),
        due_on=year.last_on,
    )


def _cookie(person: Employee) -> str:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


if __name__ == "__main__":
    print(json.dumps(crew(int(sys.argv[1]), sys.argv[2])))
