"""Schemes, appraisals and goals for tests: schemes through the rules, many rows at once where the number counts."""

from datetime import date

from appraisals.models import Appraisal, Criterion, Section
from appraisals.rules import schemes
from goals.models import Goal, Year
from journal import clock


def a_year(first_on=None, **fields):
    """The year that holds today; all of its days for agreeing and answering lie in it."""
    first_on = first_on or date(clock.today().year, 1, 1)
    usual = {
        "name": str(first_on.year),
        "first_on": first_on,
        "last_on": date(first_on.year, 12, 31),
        "agree_by_on": date(first_on.year, 3, 31),
        "answer_by_on": date(first_on.year, 12, 31),
    }
    return Year.objects.create(**usual | fields)


def a_scheme(year=None, start=False):
    """The usual scheme: 5, 60, 20, 15 and the managers' column."""
    scheme = schemes.begin(year or a_year(), by=None)
    return schemes.start(scheme, by=None) if start else scheme


def appraisal_of(scheme, employee, state=None):
    """The one in force, put at a stage without taking the steps to it."""
    appraisal = Appraisal.objects.get(scheme=scheme, employee=employee, replaced_at=None)
    if state:
        Appraisal.objects.filter(pk=appraisal.pk).update(state=state)
        appraisal.refresh_from_db()
    return appraisal


def criteria(scheme, *, kind=Section.Kind.RATED):
    return list(Criterion.objects.filter(section__scheme=scheme, section__kind=kind).order_by("section", "position"))


def goal_criterion(scheme):
    return Criterion.objects.get(section__scheme=scheme, source=Criterion.Source.GOALS)


def a_goal(owner, year, clause, state="active", **fields):
    now = clock.now()
    usual = {
        "author": owner,
        "behaviour": "Delivers in person and introduces herself",
        "because": "Deliveries find their way faster.",
        "measure": "steps",
        "clause": clause,
        "state": state,
        "due_on": year.last_on,
        "handed_on_at": now,
        "agreed_at": now if state in Goal.AGREED else None,
    }
    return Goal.objects.create(owner=owner, year=year, **usual | fields)
