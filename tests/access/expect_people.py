"""The directory is everybody's; a record is HR's to keep, each partner's in their part, nobody's their own."""

from people.rules.departments import found_site
from tests.access.table import Route, everybody, only

KEEP = "hr_in_scope hr_administrator"
ADMINISTER = "hr_administrator"


def build(company):
    company.site = found_site("Main campus", "Europe/Berlin", by=None)


def of_direct(company):
    return {"pk": company.direct.pk}


def near(company):
    return {"pk": company.near.pk}


def of_site(company):
    return {"pk": company.site.pk}


def of_leaver(company):
    return {"pk": company.leaver.pk}


ROUTES = [
    Route("people:directory", get=everybody(200)),
    Route("people:find", get=everybody(200)),
    Route("people:join", get=only(200, f"{KEEP} hr_out_of_scope"), post=only(422, f"{KEEP} hr_out_of_scope")),
    Route("people:person", row=of_direct, get=everybody(200)),
    Route("people:person", row=of_leaver, get=only(200, KEEP)),
    Route("people:revise", row=of_direct, get=only(200, KEEP), post=only(422, KEEP)),
    Route("people:move", row=of_direct, get=only(200, KEEP), post=only(302, KEEP)),
    Route("people:leave", row=of_direct, get=only(200, KEEP), post=only(422, KEEP)),
    Route("people:invite", row=of_direct, post=only(302, KEEP)),
    Route("people:stay", row=of_direct, post=only(302, KEEP)),
    Route("people:come_back", row=of_leaver, get=only(200, KEEP), post=only(422, KEEP)),
    Route("people:role", row=of_direct, get=only(200, ADMINISTER), post=only(302, ADMINISTER)),
    Route("people:chart", get=everybody(200)),
    Route("people:chart_of", row=of_direct, get=everybody(200)),
    Route("people:branch", row=of_direct, get=everybody(200)),
    Route("people:departments", get=everybody(200)),
    Route("people:department", row=near, get=everybody(200)),
    Route("people:department_new", get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("people:department_edit", row=near, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("people:sites", get=everybody(200)),
    Route("people:site_new", get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("people:site_edit", row=of_site, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("people:profile", get=everybody(200), post=everybody(422)),
]
