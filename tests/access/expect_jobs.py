"""Job descriptions: Eve's is in force, drafted by Frida when she led her; Mia's next version is with HR.

The published text is the line's and HR's part's; drafts are their author's, the author's manager's once offered, HR's
part's; comments are the pair's; the reading is Eve's own.
"""

from django.core.files.base import ContentFile

from jobs.models import Assignment, Clause, Comment, Ground, Reading, Ruling
from jobs.rules import imports, reading, ruling
from tests import factories_jobs as make
from tests.access.table import Route, everybody, only

LIST = b"Description,Clause,Class\nRegistrar,Keeps the register.,essential\n"
READERS = "direct manager managers_manager hr_in_scope hr_administrator"
INSIDE = "manager managers_manager hr_in_scope hr_administrator"  # of the draft that is with HR
HR = "hr_in_scope hr_out_of_scope hr_administrator"
DRAFTERS = f"manager managers_manager other_manager {HR}"


def build_before(company):
    company.job = make.published(company.former_manager, covers=[company.direct], hr=company.hr_administrator)


def build(company):
    version, eve, mia = company.job, company.direct, company.manager
    company.job_reading = Reading.objects.get(version=version, employee=eve)
    company.job_clause = version.clauses.get()
    reading.comment(company.job_clause, "Does this include the telephone?", by=eve)
    company.job_comment = Comment.objects.get(author=eve)
    company.job_assignment = Assignment.objects.get(employee=eve)
    kept = {"id": None, "text": company.job_clause.text, "kind": "conduct"}
    draft = make.drafting.draft_next(version.description, by=mia)
    rows = [kept, make.ORDERS, {"text": "Answers within two days.", "kind": "essential"}]
    draft = make.drafting.write(draft, draft.title, rows, by=mia, seen=draft.revision)
    company.job_draft = make.handed_on(draft)
    asked, company.job_waits, _ = company.job_draft.clauses.order_by("position")
    hr = company.hr_administrator
    ruling.rule(asked, "question", by=hr, seen=asked.revision, words="Who asks whom?")
    company.job_asked = Clause.objects.get(pk=asked.pk)
    company.job_begun = make.drafted(mia, title="Archivist")
    company.job_file = imports.choose(ContentFile(LIST), "jobs.csv", by=mia)
    company.job_file = imports.name_columns(company.job_file, company.job_file.mapping, by=mia)
    company.job_ground = Ground.objects.first()
    company.job_ruling = Ruling.objects.filter(verdict="approved").first()


def job(company):
    return {"pk": company.job.description_id}


def draft(company):
    return {"pk": company.job_draft.pk}


def waiting(company):
    return {"pk": company.job_waits.pk}


def file(company):
    return {"uuid": company.job_file.uuid}


FORBIDDEN_INSIDE = {"managers_manager": 403, "hr_in_scope": 403, "hr_administrator": 403}

ROUTES = [
    Route("jobs:mine", get=everybody(200)),
    Route("jobs:reading", row=lambda c: {"pk": c.job_reading.pk}, get=only(200, "direct")),
    Route("jobs:acknowledge", row=lambda c: {"pk": c.job_reading.pk}, post=only(302, "direct")),
    Route(
        "jobs:comment",
        row=lambda c: {"uuid": c.job_comment.uuid},
        get=only(200, "direct manager"),
        post=only(422, "manager", direct=403),
    ),
    Route("jobs:descriptions", get=everybody(200)),
    Route(
        "jobs:begin",
        get=everybody(403, **dict.fromkeys(DRAFTERS.split(), 200)),
        post=everybody(403, **dict.fromkeys(DRAFTERS.split(), 422)),
    ),
    Route("jobs:description", row=job, get=only(200, READERS)),
    Route(
        "jobs:draft_next",
        row=job,
        post=only(302, "manager", managers_manager=409, direct=403, hr_in_scope=403, hr_administrator=403),
    ),
    Route("jobs:assign", row=job, get=only(200, INSIDE, direct=403), post=only(422, INSIDE, direct=403)),
    Route(
        "jobs:release",
        row=lambda c: {"pk": c.job_assignment.pk},
        get=only(200, INSIDE, direct=403),
        post=only(422, INSIDE, direct=403),
    ),
    Route("jobs:version", row=draft, get=only(200, INSIDE)),
    Route(
        "jobs:edit",
        row=lambda c: {"pk": c.job_begun.pk},
        get=only(200, "manager", hr_in_scope=403, hr_administrator=403),
        post=only(422, "manager", hr_in_scope=403, hr_administrator=403),
    ),
    Route("jobs:move", row=lambda c: draft(c) | {"name": "take_back"}, post=only(302, "manager", **FORBIDDEN_INSIDE)),
    Route("jobs:publish", row=draft, post=only(422, "manager", **FORBIDDEN_INSIDE)),
    Route("jobs:print", row=draft, get=only(200, INSIDE)),
    Route("jobs:changes", row=draft, get=only(200, INSIDE)),
    Route("jobs:pdf", row=draft, get=only(200, INSIDE)),
    Route("jobs:changes_pdf", row=draft, get=only(200, INSIDE)),
    Route("jobs:markdown", row=draft, get=only(200, INSIDE)),
    Route("jobs:csv", row=draft, get=only(200, INSIDE)),
    Route("jobs:desk", get=only(200, HR)),
    Route(
        "jobs:same",
        row=lambda c: {"mark": c.job_waits.fingerprint},
        get=only(200, "hr_in_scope hr_administrator"),
        post=only(422, "hr_in_scope hr_administrator"),
    ),
    Route("jobs:clause", row=waiting, get=only(200, INSIDE)),
    Route("jobs:rule", row=waiting, post=only(422, "hr_in_scope hr_administrator", manager=403, managers_manager=403)),
    Route("jobs:answer", row=lambda c: {"pk": c.job_asked.pk}, post=only(422, "manager", **FORBIDDEN_INSIDE)),
    Route("jobs:drop", row=waiting, post=only(302, "manager", **FORBIDDEN_INSIDE)),
    Route(
        "jobs:comment_on",
        row=lambda c: {"pk": c.job_clause.pk},
        post=only(422, "direct", manager=403, **FORBIDDEN_INSIDE),
    ),
    Route(
        "jobs:imports",
        get=everybody(403, **dict.fromkeys(DRAFTERS.split(), 200)),
        post=everybody(403, **dict.fromkeys(DRAFTERS.split(), 422)),
    ),
    Route("jobs:import", row=file, get=only(200, "manager")),
    Route("jobs:import_columns", row=file, get=only(200, "manager"), post=only(422, "manager")),
    Route("jobs:import_apply", row=file, post=only(302, "manager")),
    Route("jobs:import_withdraw", row=file, post=only(302, "manager")),
    Route("jobs:coverage", get=only(200, HR)),
    Route("jobs:grounds", get=only(200, HR), post=only(422, HR)),
    Route("jobs:put_aside", row=lambda c: {"pk": c.job_ground.pk}, post=only(302, HR)),
    Route("jobs:cited", row=lambda c: {"uuid": c.job_ruling.uuid}, get=only(200, DRAFTERS)),
]
