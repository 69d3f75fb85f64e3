"""Pages as scripts and impatient people use them: twice, outdated, with nonsense, with more fields than asked."""

import csv
import io
import uuid

import pytest
from django.test import Client

from appraisals.models import Appraisal, Evidence, Passage, Rating, Scheme, Section
from appraisals.rules import rolling
from journal import clock
from tests.factories_appraisals import a_goal, appraisal_of, criteria

pytestmark = pytest.mark.django_db
HOSTILE = [
    "\x00",
    "a" * 200_000,
    "<script>alert(1)</script>",
    "=1+1",
    "９９",
    "-1",
    "99999999999999999999",
]


@pytest.fixture
def as_(db):
    def client_of(person):
        client = Client(raise_request_exception=True)
        client.force_login(person)
        return client

    return client_of


def rows_of(scheme, **changed):
    """The form of the weights as the page shows it, with changes."""
    data = {"version": scheme.version, "reason": "Because."}
    for number, section in enumerate(scheme.sections.exclude(kind="relationship").order_by("position")):
        data |= {f"name-{number}": section.name, f"weight-{number}": section.weight}
        data[f"leading-{number}"] = section.weight_leading
    return data | changed


def test_weights_of_101_are_refused_in_words_and_what_was_typed_stays(firm, round_, as_):
    answer = as_(firm.hedda).post(f"/appraisals/schemes/{round_.pk}/weights/", rows_of(round_, **{"weight-0": 61}))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "They total 101. Take 1 away." in page
    assert 'value="61"' in page
    assert Section.objects.get(scheme=round_, name="Job results").weight == 60


def test_new_section_begins_with_one_criterion_and_reason_is_shown_to_everybody(firm, round_, as_):
    data = rows_of(round_, **{"weight-0": 50, "leading-0": 35, "name-4": "Safety", "weight-4": 10, "leading-4": 10})

    assert as_(firm.hedda).post(f"/appraisals/schemes/{round_.pk}/weights/", data).status_code == 302

    assert Section.objects.get(name="Safety").criteria.get().weight == 100
    page = as_(firm.eve).get(f"/appraisals/schemes/{round_.pk}/").content.decode()
    assert "Because." in page


def test_scheme_page_saves_coverage_and_stages(firm, round_, as_):
    data = {name: getattr(round_, name).isoformat() for name in round_.STAGES}
    data |= {f"step_{n}": 100 * (n + 1) for n in range(5)} | {"version": round_.version, "halves": "on"}

    good = as_(firm.hedda).post(f"/appraisals/schemes/{round_.pk}/edit/", data)
    again = as_(firm.hedda).post(f"/appraisals/schemes/{round_.pk}/edit/", data)
    wrong = data | {"review_on": "2026-02-30", "version": Scheme.objects.get(pk=round_.pk).version}
    refused = as_(firm.hedda).post(f"/appraisals/schemes/{round_.pk}/edit/", wrong)

    assert (good.status_code, again.status_code, refused.status_code) == (302, 409, 422)
    assert Scheme.objects.get(pk=round_.pk).halves


def test_outdated_self_review_is_told_and_nothing_is_overwritten(firm, round_, as_):
    appraisal = appraisal_of(round_, firm.eve, "self_review")
    address = f"/appraisals/{appraisal.uuid}/self-review/"
    first = as_(firm.eve).post(address, {"version": appraisal.version, "whole": "First"})
    second = as_(firm.eve).post(address, {"version": appraisal.version, "whole": "Second"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "Second" in second.content.decode()
    assert Passage.objects.get(section=None).words == "First"
    saved = as_(firm.eve).post(
        address, {"version": appraisal.version + 1, "whole": "Third"}, headers={"X-Autosave": "1"}
    )
    assert saved.json()["fields"]["version"] == str(appraisal.version + 2)


def test_form_opened_before_the_signature_changes_nothing(firm, round_, as_):
    appraisal = appraisal_of(round_, firm.eve, "signed")
    first = criteria(round_)[0].pk
    data = {"version": appraisal.version, "whole": "Late", f"rating-{first}": "100", f"words-{first}": "Late"}

    for person, page in ((firm.mia, "review"), (firm.eve, "self-review")):
        assert as_(person).post(f"/appraisals/{appraisal.uuid}/{page}/", data).status_code == 409

    assert not Rating.objects.exists()
    assert not Passage.objects.exists()


def test_evidence_sent_twice_is_one_and_extra_fields_change_nothing(firm, round_, as_):
    appraisal = appraisal_of(round_, firm.eve, "self_review")
    address = f"/appraisals/{appraisal.uuid}/criteria/{criteria(round_)[0].pk}/evidence/"
    data = {"uuid": str(uuid.uuid4()), "label": "3 counts", "happened_on": clock.today().isoformat(), "source": ""}
    extra = {"accepted_at": "2026-01-01", "by": firm.mia.pk, "state": "signed"}

    codes = [as_(firm.eve).post(address, data | extra).status_code for _ in range(8)]

    assert codes == [302] * 8
    made = Evidence.objects.get()
    assert (made.by, made.accepted_at) == (firm.eve, None)
    assert Appraisal.objects.get(pk=appraisal.pk).state == "self_review"


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_break_no_form(firm, round_, as_, value):
    appraisal = appraisal_of(round_, firm.eve, "review")
    first = criteria(round_)[0].pk
    mine, kept = f"/appraisals/{appraisal.uuid}/", f"/appraisals/schemes/{round_.pk}/"
    forms = [
        (firm.mia, f"{mine}review/", ["version", "whole", f"rating-{first}", f"words-{first}"]),
        (
            firm.mia,
            f"/appraisals/{appraisal.uuid}/criteria/{first}/evidence/",
            ["uuid", "label", "happened_on", "source"],
        ),
        (firm.mia, f"{mine}move/give_back/", ["words"]),
        (firm.mia, f"{mine}words/", ["author"]),
        (
            firm.hedda,
            f"/appraisals/schemes/{round_.pk}/weights/",
            ["version", "name-0", "weight-0", "leading-1", "reason"],
        ),
        (firm.hedda, f"{kept}scale/", ["name-0", "anchor-0"]),
        (
            firm.hedda,
            f"/appraisals/schemes/{round_.pk}/edit/",
            ["version", "departments", "review_on", "step_2", "job_titles"],
        ),
        (firm.hedda, f"/appraisals/sections/{round_.sections.last().pk}/", ["section_about", "name-0", "weight-0"]),
    ]
    for person, address, fields in forms:
        answer = as_(person).post(address, dict.fromkeys(fields, value))
        assert answer.status_code in {302, 409, 422}, (address, answer.status_code)
        assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("query", ["?team=abc", "?team=\x00", "?round=99999999999", "?after=zzz", "?team=999999"])
def test_nonsense_in_the_address_breaks_no_page(firm, round_, as_, query):
    assert as_(firm.hedda).get(f"/appraisals/calibration/{query}").status_code in {200, 404}


def test_every_page_of_a_round_opens_for_whom_it_is(firm, round_, as_):
    appraisal = appraisal_of(round_, firm.eve, "review")
    Rating.objects.create(appraisal=appraisal, criterion=criteria(round_)[0], points=400, words="Two.", by=firm.mia)
    appraisal_of(round_, firm.eve, "shared")
    rolling.tick()
    own, rounds = f"/appraisals/{appraisal.uuid}/", f"/appraisals/rounds/{round_.pk}/"
    for person, addresses in {
        firm.eve: [
            "/appraisals/",
            own,
            f"{own}arithmetic/",
            f"{own}appraisal.pdf",
            f"/appraisals/people/{firm.eve.pk}/",
        ],
        firm.mia: ["/appraisals/", own, "/appraisals/calibration/"],
        firm.hedda: [
            "/appraisals/rounds/",
            rounds,
            f"{rounds}round.xlsx",
        ],
    }.items():
        for address in addresses:
            answer = as_(person).get(address)
            assert answer.status_code == 200, address
            for close in answer._resource_closers:  # a workbook's file
                close()
    page = as_(firm.eve).get(f"{own}arithmetic/").content.decode()
    assert "4 × 40 %; 1.6 ÷ 40 % = 4, because the rest is not rated" in page
    assert "How 4.00 comes about" in page


def test_export_is_a_table_without_formulas(firm, round_, as_):
    type(firm.eve).objects.filter(pk=firm.eve.pk).update(name="=cmd|' /C calc'!A0", job_title="+1")
    appraisal_of(round_, firm.eve, "calibration")

    answer = as_(firm.hedda).get(f"/appraisals/rounds/{round_.pk}/round.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert len(rows) == Appraisal.objects.count()  # a header more, and HR’s own is not HR’s to export
    mine = next(row for row in rows if "calc" in row[1])
    assert mine[1].startswith("'=")
    assert all(not cell.startswith(("=", "@", "\t")) for row in rows for cell in row)


def test_roll_asked_by_hr_is_under_way_and_only_once(firm, round_, as_):
    for _ in range(2):
        assert as_(firm.hedda).post(f"/appraisals/rounds/{round_.pk}/roll/").status_code == 302

    assert round_.rolls.count() == 1
    page = as_(firm.hedda).get(f"/appraisals/rounds/{round_.pk}/").content.decode()
    assert f"0 of {Appraisal.objects.count()} scored." in page


@pytest.mark.parametrize(("who", "opens"), [("eve", True), ("mia", True), ("ada", True), ("hedda", False)])
def test_goals_are_linked_only_for_whoever_may_open_them(firm, round_, clause, as_, who, opens):
    goal = a_goal(firm.eve, round_.year, clause, counted=1, confirmed=1)
    rolling.tick()
    appraisal = appraisal_of(round_, firm.eve, "shared")
    reader = as_(getattr(firm, who))

    pages = [reader.get(f"/appraisals/{appraisal.uuid}/{part}").content.decode() for part in ("", "arithmetic/")]

    assert all(goal.behaviour in page for page in pages)
    assert [f"/goals/{goal.uuid}/" in page for page in pages] == [opens, opens]
    assert reader.get(f"/goals/{goal.uuid}/").status_code == (200 if opens else 404)
