"""The catalogue is read by those it is for, and kept by HR and by managers for their part."""

from uuid import uuid4

from goals.rules import case, catalogue, stories
from tests.access.table import Route, everybody, only

ADD = "manager managers_manager other_manager hr_in_scope hr_out_of_scope hr_administrator"
READ = "direct peer manager managers_manager former_manager hr_in_scope hr_administrator"


def build(company):
    fields = {"title": "Walk", "behaviour": "Walk the stacks", "measure": "once", "effort": "one"}
    company.idea = catalogue.add(fields | {"department": company.near}, {}, uuid4(), by=company.manager)
    company.case = case.write(company.manager, company.year, {"words": "Ours", "reasons": []}, by=company.manager)
    case.hand_on(company.case, by=company.manager)
    words = {"words": "A key was missing.", "department": None, "shows_names": False}
    company.story = stories.tell(company.case, words, [company.direct], uuid4(), by=company.manager)


def of_idea(company):
    return {"uuid": company.idea.uuid}


def of_measure(company):
    return {"measure": "people"}


def of_case(company):
    return {"uuid": company.case.uuid}


def of_story(company):
    return {"uuid": company.story.uuid}


def of_near(company):
    return {"pk": company.near.pk}


HR = "hr_in_scope hr_out_of_scope hr_administrator"
LEAD = "manager managers_manager other_manager"
ABOVE = "manager managers_manager hr_in_scope hr_administrator"
ROUTES = [
    Route("goals:case", get=only(200, LEAD)),
    Route("goals:case_edit", get=only(200, LEAD), post=only(422, LEAD)),
    Route("goals:cases", get=everybody(200)),
    Route("goals:case_read", row=of_case, get=only(200, ABOVE)),
    Route("goals:case_pdf", row=of_case, get=only(200, ABOVE)),
    Route("goals:case_hand_on", row=of_case, post=only(302, "manager")),
    Route("goals:case_take_back", row=of_case, post=only(302, "manager")),
    Route("goals:story_new", get=only(200, LEAD), post=only(422, LEAD)),
    Route("goals:story", row=of_story, get=only(200, "direct manager")),
    Route("goals:story_edit", row=of_story, get=only(200, "manager"), post=only(422, "manager")),
    Route("goals:story_drop", row=of_story, post=only(302, "manager")),
    Route("goals:story_answer", row=of_story, post=only(302, "direct")),
    Route("goals:coverage", get=only(200, HR)),
    Route("goals:coverage_export", get=only(200, HR)),
    Route("goals:write_to_managers", get=only(200, HR), post=only(422, HR)),
    Route("goals:claims_of_part", get=only(200, HR)),
    Route("goals:coverage_of", row=of_near, get=only(200, "hr_in_scope hr_administrator")),
    Route("goals:wording", get=everybody(200), post=everybody(422)),
    Route("goals:catalogue", get=everybody(200)),
    Route("goals:idea", row=of_idea, get=only(200, READ)),
    Route("goals:idea_new", get=only(200, ADD), post=only(200, ADD)),
    Route("goals:idea_new", row=of_measure, get=only(200, ADD), post=only(422, ADD), missing={"measure": "nonsense"}),
    Route(
        "goals:idea_edit",
        row=of_idea,
        get=only(200, "manager hr_in_scope hr_administrator"),
        post=only(422, "manager hr_in_scope hr_administrator"),
    ),
]
