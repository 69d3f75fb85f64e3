"""An appraisal is for its person, the line and HR's part, each part of it from its stage on; a scheme is for everybody
it covers. Four old years hold Eve’s appraisal at four stages, so that every page has one to show."""

from datetime import date

from django.core.files.base import ContentFile

from appraisals.models import Appraisal, Criterion, Evidence, Section, Words
from appraisals.rules import coverage, schemes
from goals.models import Year
from journal import clock
from tests.access.table import Route, everybody, only

STAGES = {"self_review": 2001, "review": 2002, "calibration": 2003, "shared": 2004}
IN_IT = "direct manager managers_manager hr_in_scope hr_administrator"
HR = "hr_in_scope hr_out_of_scope hr_administrator"
ADMINISTER = "hr_administrator"
CALIBRATE = "manager managers_manager hr_in_scope hr_administrator"
LEADS = "manager managers_manager other_manager"


def build_before(company):
    company.rounds = {}
    for stage, number in STAGES.items():
        year = Year.objects.create(
            name=f"Round {number}", first_on=date(number, 1, 1), last_on=date(number, 12, 31),
            agree_by_on=date(number, 3, 31), answer_by_on=date(number, 12, 31),
        )  # fmt: skip
        company.rounds[stage] = schemes.start(schemes.begin(year, by=None), by=None)
    company.year_without = Year.objects.create(
        name="Round 2005", first_on=date(2005, 1, 1), last_on=date(2005, 12, 31),
        agree_by_on=date(2005, 3, 31), answer_by_on=date(2005, 12, 31),
    )  # fmt: skip


def build(company):
    company.appraisals = {}
    for stage, scheme in company.rounds.items():
        coverage.cover(scheme)
        rows = Appraisal.objects.filter(scheme=scheme, employee=company.direct)
        rows.update(state=stage)
        company.appraisals[stage] = rows.get()
    company.words = Words.objects.get(appraisal=company.appraisals["review"], author=company.former_manager)
    company.criterion = Criterion.objects.filter(section__scheme=company.rounds["review"], source="").first()
    company.calibrated = Criterion.objects.filter(section__scheme=company.rounds["calibration"], source="").first()
    company.section = Section.objects.filter(scheme=company.rounds["review"], kind="rated").first()
    common = {"appraisal": company.appraisals["review"], "criterion": company.criterion, "happened_on": clock.today()}
    company.evidence = Evidence.objects.create(
        by=company.direct, label="Photo", kind="file", file=ContentFile(b"%PDF-", "x.pdf"), **common
    )
    company.asked_about = Evidence.objects.create(
        by=company.manager, label="She rang first.", kind="note", asked=company.direct, **common
    )
    company.managers_evidence = Evidence.objects.create(by=company.manager, label="3 counts", **common)


def at(stage, **more):
    return lambda company: {"uuid": company.appraisals[stage].uuid, **more}


def beside(stage, name):
    return lambda company: {"uuid": company.appraisals[stage].uuid, "criterion": getattr(company, name).pk}


def of_scheme(company):
    return {"pk": company.rounds["review"].pk}


ROUTES = [
    Route("appraisals:mine", get=everybody(200)),
    Route("appraisals:history", row=lambda c: {"pk": c.direct.pk}, get=only(200, IN_IT)),
    Route("appraisals:calibration", get=only(200, f"{LEADS} {HR}")),
    Route("appraisals:rounds", get=only(200, HR)),
    Route("appraisals:round", row=of_scheme, get=only(200, HR)),
    Route("appraisals:roll", row=of_scheme, post=only(302, ADMINISTER)),
    Route("appraisals:share_all", row=of_scheme, post=only(302, HR)),
    Route("appraisals:export_csv", row=of_scheme, get=only(200, HR)),
    Route("appraisals:export_xlsx", row=of_scheme, get=only(200, HR)),
    Route("appraisals:scheme_begin", row=lambda c: {"year": c.year_without.pk}, post=only(302, ADMINISTER)),
    Route("appraisals:scheme", row=of_scheme, get=everybody(200)),
    Route("appraisals:scheme_edit", row=of_scheme, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("appraisals:weights", row=of_scheme, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("appraisals:scale", row=of_scheme, get=only(200, ADMINISTER), post=only(422, ADMINISTER)),
    Route("appraisals:scheme_start", row=of_scheme, post=only(302, ADMINISTER)),
    Route(
        "appraisals:section",
        row=lambda c: {"pk": c.section.pk},
        get=only(200, ADMINISTER),
        post=only(422, ADMINISTER),
    ),
    Route(
        "appraisals:words",
        row=lambda c: {"uuid": c.words.uuid},
        get=only(200, "former_manager"),
        post=only(422, "former_manager"),
    ),
    Route("appraisals:evidence_file", row=lambda c: {"uuid": c.evidence.uuid}, get=only(200, IN_IT)),
    Route(
        "appraisals:evidence_accept",
        row=lambda c: {"uuid": c.evidence.uuid},
        post=only(302, "manager", direct=403, managers_manager=403, hr_in_scope=403, hr_administrator=403),
    ),
    Route(
        "appraisals:note_release",
        row=lambda c: {"uuid": c.asked_about.uuid},
        get=only(200, "direct"),
        post=only(302, "direct"),
    ),
    Route("appraisals:evidence_remove", row=lambda c: {"uuid": c.managers_evidence.uuid}, post=only(302, "manager")),
    Route("appraisals:appraisal", row=at("review"), get=only(200, IN_IT)),
    Route("appraisals:self_review", row=at("self_review"), get=only(200, "direct"), post=only(422, "direct")),
    Route("appraisals:review", row=at("review"), get=only(200, "manager"), post=only(422, "manager")),
    Route(
        "appraisals:words_ask",
        row=at("review"),
        get=only(200, "manager hr_in_scope hr_administrator"),
        post=only(422, "manager hr_in_scope hr_administrator"),
    ),
    Route(
        "appraisals:evidence_new",
        row=beside("review", "criterion"),
        get=only(200, "manager"),
        post=only(422, "manager"),
    ),
    Route(
        "appraisals:move_rating",
        row=beside("calibration", "calibrated"),
        get=only(200, CALIBRATE),
        post=only(422, CALIBRATE),
    ),
    Route("appraisals:arithmetic", row=at("review"), get=only(200, IN_IT)),
    Route("appraisals:document", row=at("review"), get=only(200, IN_IT)),
    Route("appraisals:sign", row=at("shared"), get=only(200, "direct"), post=only(302, "direct")),
    Route(
        "appraisals:move",
        row=at("review", name="hand_on"),
        get=only(200, "manager", direct=302, managers_manager=302, hr_in_scope=302, hr_administrator=302),
        post=only(422, "manager", direct=403, managers_manager=403, hr_in_scope=403, hr_administrator=403),
    ),
]
