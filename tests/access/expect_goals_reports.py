"""Steps are the line's to read and their owner's to write; the notebook is nobody else's."""

from django.core.files.base import ContentFile

from goals.models import Goal, Idea, Report
from goals.rules import budget, contacts, introductions
from goals.rules.notebook import Met
from tests.access.table import Route, everybody, only
from tests.goals.reported import agreed, log

LINE = "direct manager managers_manager"
OWN = "direct"
ASKED = "direct other_manager"


def build(company):
    goal = agreed(company.direct, year=company.year, parameters={"count": 3})
    goal.idea = Idea.objects.create(title="Lunch", measure="people", effort="one", budget_cents=2000)
    Goal.objects.filter(pk=goal.pk).update(idea=goal.idea)
    company.goal_reported = goal
    met = Met(employee=company.elsewhere, notes="Plays the organ")
    company.report = log(goal, met, evidence=ContentFile(b"%PDF-1.4 proof", "proof.pdf"))
    company.report_asked = log(goal, Met(name="Somebody Else", department=company.far))
    Report.objects.filter(pk=company.report_asked.pk).update(
        state="more", question="Who?", answered_by=company.manager, answered_at=company.report.logged_at
    )
    # The other manager is recorded by Eve, so that for once somebody beside the line may ask for a name to go.
    company.report_of_me = log(goal, Met(employee=company.other_manager))
    company.contact = company.report.encounters.get().contact
    receipt = ContentFile(b"%PDF-1.4 receipt", "receipt.pdf")
    company.claim = budget.claim(goal, 1500, receipt, by=company.direct, key=goal.uuid)
    contacts.place_departments()
    company.question = introductions.ask(
        company.direct, company.far, "", "Who signs?", by=company.other_manager, key=company.report.uuid
    )


def of_goal(company):
    return {"uuid": company.goal_reported.uuid}


def of_step(company):
    return {"uuid": company.report.uuid}


def of_asked(company):
    return {"uuid": company.report_asked.uuid}


def of_met(company):
    return {"uuid": company.report_of_me.uuid}


def of_contact(company):
    return {"uuid": company.contact.uuid}


def of_claim(company):
    return {"uuid": company.claim.uuid}


def of_question(company):
    return {"uuid": company.question.uuid}


def of_found(company):
    return {"pk": company.direct.pk, "place": company.far.pk}


def version(company, reader):
    return {"version": company.report.version}


def yes(company, reader):
    return {"gives": "yes"}


ROUTES = [
    Route("goals:year", get=everybody(200)),
    Route("goals:log", get=everybody(200)),
    Route("goals:log_step", row=of_goal, get=only(200, OWN), post=only(422, OWN)),
    Route("goals:would", row=of_goal, post=only(200, OWN)),
    Route("goals:report", row=of_step, get=only(200, LINE)),
    Route("goals:report_edit", row=of_step, get=only(200, OWN), post=only(422, OWN)),
    Route("goals:add_person", row=of_step, get=only(200, OWN), post=only(422, OWN)),
    Route("goals:report_delete", row=of_step, post=only(302, OWN), data=version),
    Route(
        "goals:report_answer", row=of_step, post=only(302, "manager", direct=403, managers_manager=403), data=version
    ),
    Route(
        "goals:report_reply",
        row=of_asked,
        post=only(302, OWN, manager=403, managers_manager=403),
        data=lambda company, reader: {"words": "Otto."},
    ),
    Route("goals:evidence", row=of_step, get=only(200, LINE)),
    Route("goals:about_me", get=everybody(200)),
    Route("goals:remove_name", row=of_met, post=only(302, "other_manager")),
    Route("goals:notebook", get=everybody(200)),
    Route("goals:contact", row=of_contact, get=only(200, OWN), post=only(422, OWN)),
    Route("goals:who_knows", get=everybody(200)),
    Route("goals:ask", row=of_found, get=everybody(200, direct=404), post=everybody(422, direct=404)),
    Route("goals:introduction", row=of_question, get=only(200, ASKED)),
    Route("goals:introduction_answer", row=of_question, post=only(422, "direct", other_manager=403), data=yes),
    Route("goals:same_job", get=everybody(200)),
    Route("goals:findable", post=everybody(302)),
    Route("goals:claims", get=everybody(200)),
    Route("goals:claim", row=of_claim, get=only(200, LINE)),
    Route("goals:claim_decide", row=of_claim, post=only(302, "manager", direct=403, managers_manager=403)),
    Route("goals:receipt", row=of_claim, get=only(200, LINE)),
    Route("goals:claim_new", row=of_goal, get=only(200, OWN), post=only(422, OWN)),
]
