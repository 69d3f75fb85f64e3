"""Years are open to all and kept by HR's administrators."""

from datetime import timedelta

from goals.rules import years
from journal import clock
from tests.access.table import Route, everybody, only

ADMINISTER = "hr_administrator"


def build(company):
    today = clock.today()
    days = {"first_on": today - timedelta(days=100), "last_on": today + timedelta(days=200)}
    days |= {"agree_by_on": today, "answer_by_on": today + timedelta(days=220)}
    company.year = years.open_year({"name": "This year", **days}, by=company.hr_administrator)


def of_year(company):
    return {"pk": company.year.pk}


ROUTES = [
    Route("goals:years", get=everybody(200)),
    Route("goals:year_new", get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("goals:year_edit", row=of_year, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
]
