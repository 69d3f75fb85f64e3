"""Years are open to all and kept by HR's administrators; a goal is its owner's and that of the line above."""

from datetime import timedelta

from goals.models import Offer
from goals.rules import revising, years
from journal import clock
from tests.access.table import Route, everybody, only
from tests.factories_goals import agreed, offered, proposed

ADMINISTER = "hr_administrator"
LEAD = "manager managers_manager other_manager"
PAIR = "direct manager"
LINE = f"{PAIR} managers_manager"


def build(company):
    today = clock.today()
    days = {"first_on": today - timedelta(days=100), "last_on": today + timedelta(days=200)}
    days |= {"agree_by_on": today, "answer_by_on": today + timedelta(days=220)}
    company.year = years.open_year({"name": "This year", **days}, by=company.hr_administrator)
    offered(company.direct)
    company.offer = Offer.objects.get(owner=company.direct)
    company.proposed, company.agreed = proposed(company.direct), agreed(company.direct)
    company.change = revising.ask_change(company.agreed, {"behaviour": "Meet three"}, by=company.direct)


def of_year(company):
    return {"pk": company.year.pk}


def of_goal(company):
    return {"uuid": company.proposed.uuid}


def of_offer(company):
    return {"uuid": company.offer.uuid}


def named(name):
    return lambda company: {"uuid": company.proposed.uuid, "name": name}


def with_words(company, reader):
    return {"words": "How many, and by when?"}


def of_change(company):
    return {"uuid": company.agreed.uuid, "turn": company.change.uuid, "name": "agreed"}


ROUTES = [
    Route("goals:board", get=only(200, LEAD)),
    Route("goals:act", post=only(422, LEAD)),
    Route("goals:offer", get=only(200, LEAD), post=only(422, LEAD)),
    Route("goals:shortlist", row=of_offer, get=only(200, PAIR)),
    Route("goals:ask_other", row=of_offer, post=only(302, "direct")),
    Route("goals:example", get=everybody(200)),
    Route("goals:propose", get=everybody(200), post=everybody(422)),
    Route("goals:goal", row=of_goal, get=only(200, LINE)),
    Route("goals:edit", row=of_goal, get=only(200, PAIR), post=only(422, PAIR)),
    Route("goals:move", row=named("send_back"), data=with_words, post=only(302, "manager", direct=403)),
    Route("goals:complete", row=of_goal, post=only(422, PAIR)),
    Route("goals:reason", row=of_goal, post=only(422, PAIR)),
    Route("goals:reasons_read", row=of_goal, post=only(302, PAIR)),
    Route("goals:doubt", row=named("doubt"), post=only(302, "direct", manager=403)),
    Route("goals:end", row=of_goal, post=only(409, PAIR)),
    Route("goals:change_answer", row=of_change, post=only(302, "manager", direct=403)),
    Route("goals:years", get=everybody(200)),
    Route("goals:year_new", get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("goals:year_edit", row=of_year, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
]
