"""An agreed goal and the people around it, for tests of what is reported: Eve is Mia's, Otto works elsewhere."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

from goals.models import Goal, Idea, Year
from goals.rules import reporting
from goals.rules.notebook import Met
from journal import clock
from people.rules.departments import found_department
from tests.factories import EmployeeFactory
from tests.factories_goals import clause

RALLY = {"count": 2, "elsewhere": True}


def university():
    """Two departments, a line of three, colleagues in both, and HR."""
    earth = found_department("Earth Sciences", "EAR", by=None)
    office = found_department("Registrar’s office", "REG", by=None)
    ada = EmployeeFactory(name="Ada Berg", department=earth)
    mia = EmployeeFactory(name="Mia Sand", department=earth, manager=ada)
    return SimpleNamespace(
        earth=earth,
        office=office,
        ada=ada,
        mia=mia,
        eve=EmployeeFactory(name="Eve Lind", department=earth, manager=mia, job_title="Records clerk"),
        pia=EmployeeFactory(name="Pia Moor", department=earth, manager=mia, job_title="Technician"),
        otto=EmployeeFactory(name="Otto Vogel", department=office, job_title="Senior records clerk"),
        olga=EmployeeFactory(name="Olga Brandt", department=office, job_title="Admissions officer"),
        hedda=EmployeeFactory(name="Hedda Quist", hr_role="administrator"),
        year=this_year(),
    )


def this_year():
    today = clock.today()
    first, last = date(today.year, 1, 1), date(today.year + 1, 12, 31)
    return Year.objects.filter(first_on=first).first() or Year.objects.create(
        name=str(today.year), first_on=first, last_on=last, agree_by_on=last, answer_by_on=last
    )


def agreed(owner, measure="people", parameters=RALLY, budget=0, year=None, **fields):
    """An agreed goal of `owner`'s, on a clause of a published job description."""
    idea = Idea.objects.create(title="Lunch", measure=measure, effort="one", budget_cents=budget) if budget else None
    year = year or this_year()
    fields = {
        "behaviour": "Meet two people from other departments at the rally",
        "because": "People answer faster where they know each other.",
        "state": Goal.State.ACTIVE,
        "due_on": year.last_on,
        "agreed_at": clock.now(),
    } | fields
    goal = Goal(owner=owner, year=year, author=owner, measure=measure, parameters=parameters, idea=idea, **fields)
    goal.clause = clause(owner)
    goal.target = goal.counting.target(parameters)
    goal.save()
    return goal


def log(goal, *people, what="", on=None, key=None, **fields):
    """One step of the goal's owner; people are Met, employees, or names."""
    met = [
        one if isinstance(one, Met) else Met(name=one) if isinstance(one, str) else Met(employee=one) for one in people
    ]
    on = on or clock.today()
    return reporting.log(goal, on, what, met, by=goal.owner, key=key or uuid4(), **fields)


def days_ago(days):
    return clock.today() - timedelta(days=days)
