"""The pages of steps as somebody meets them: what is saved, what is refused and stays typed, what it costs."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from goals.models import Claim, Contact, Goal, Report
from goals.rules.notebook import Met
from journal import clock
from tests.goals.reported import agreed, log, university

pytestmark = pytest.mark.django_db
NONSENSE = [
    "\x00",
    "x" * 20_000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\u202eexe.fdp",
    "🦉" * 300,
    "-1",
    "9" * 40,
]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def uni():
    return university()


@pytest.fixture
def rally(uni):
    return agreed(uni.eve)


@pytest.fixture
def eve(client, uni):
    client.force_login(uni.eve)
    return client


def photo():
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("receipt.jpg", out.getvalue(), "image/jpeg")


def step(**fields):
    return {"uuid": uuid4(), "happened_on": clock.today().isoformat(), **fields}


def post(client, goal, **fields):
    return client.post(reverse("goals:log_step", args=[goal.uuid]), step(**fields))


def test_a_colleague_found_by_name_and_e_mail_is_saved_with_their_place(uni, rally, eve):
    answer = post(eve, rally, **{"met-who": f"Otto Vogel <{uni.otto.email}>", "met-shares_name": "on"})

    encounter = Report.objects.get().encounters.get()
    assert (answer.status_code, answer["Location"]) == (302, reverse("goals:year"))
    assert (encounter.department, encounter.job_title, encounter.shares_name) == (uni.office, uni.otto.job_title, True)
    assert encounter.contact.employee == uni.otto


def test_a_name_typed_in_full_finds_the_one_colleague_who_has_it(uni, rally, eve):
    post(eve, rally, **{"met-who": "otto vogel"})

    assert Contact.objects.get().employee == uni.otto


def test_somebody_without_a_name_needs_department_and_job_alone(uni, rally, eve):
    post(eve, rally, **{"met-department": uni.office.pk, "met-job_title": "Clerk"})

    assert (Contact.objects.get().name, Goal.objects.get(pk=rally.pk).counted) == ("", 1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Say whom you met: a name, or department and job title."),
        ({"met-who": "Nobody Known"}, "Name the department; it decides whether this counts."),
        ({"met-who": "x <gone@example.org>"}, "Nobody here has this e-mail address. Write the name alone."),
        ({"happened_on": "2026-02-30", "met-who": "Otto Vogel"}, "Enter a valid date."),
        ({"happened_on": "", "met-who": "Otto Vogel"}, "This field is required."),
        ({"happened_on": "9999-12-31", "met-who": "Otto Vogel"}, "This day is still to come. Log it then."),
        ({"happened_on": "1999-12-31", "met-who": "Otto Vogel"}, "This goal belongs to the year from"),
        ({"met-who": "Eve Lind"}, "That is you. Name the person you met."),
        ({"met-department": "999999999999999999999", "met-who": "Otto Vogel"}, "Select a valid choice."),
        ({"met-earlier": "no uuid", "met-who": "Otto Vogel"}, "is not a valid UUID."),
        ({"uuid": "no uuid", "met-who": "Otto Vogel"}, "Save once more; the form has been made anew."),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(rally, eve, fields, sentence):
    answer = post(eve, rally, **{"what": "Said hello at the stand"} | fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Said hello at the stand" in page
    assert not Report.objects.exists()


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    "field", ["what", "uuid", "happened_on", "met-who", "met-department", "met-job_title", "met-earlier", "met-notes"]
)
def test_nonsense_in_a_field_is_answered(rally, eve, field, value):
    answer = post(eve, rally, **{"met-who": "Otto Vogel", field: value})

    assert answer.status_code in {302, 422}
    assert b"<script>alert" not in answer.content


def test_save_and_add_another_opens_the_same_step_with_room_for_one_more(uni, rally, eve):
    answer = post(eve, rally, **{"met-who": "Otto Vogel", "another": "yes"})
    report = Report.objects.get()
    assert answer["Location"] == reverse("goals:add_person", args=[report.uuid])

    page = eve.get(answer["Location"]).content.decode()
    assert 'name="met-1-who"' in page
    fields = {
        "what": "",
        "version": 0,
        "met-0-who": "Otto Vogel",
        "met-1-who": "Olga Brandt",
        "met-0-earlier": Contact.objects.get().uuid,
    }
    eve.post(answer["Location"], step(**fields))

    assert report.encounters.count() == 2
    assert Goal.objects.get(pk=rally.pk).counted == 2


def test_somebody_is_left_out_of_a_step(uni, rally, eve):
    report = log(rally, uni.otto, uni.olga)
    first = report.encounters.get(contact__employee=uni.otto).contact
    place = reverse("goals:report_edit", args=[report.uuid])

    fields = {
        "met-0-who": "Otto Vogel",
        "met-0-earlier": first.uuid,
        "met-0-leave_out": "on",
        "met-1-who": "Olga Brandt",
    }
    eve.post(place, step(version=0, what="", **fields))

    assert [one.contact.employee for one in report.encounters.all()] == [uni.olga]


def test_a_form_opened_before_somebody_elses_change_is_answered_409_and_keeps_its_words(uni, rally, eve):
    report = log(rally, uni.otto)
    Report.objects.filter(pk=report.pk).update(version=3)

    fields = {"version": 0, "what": "My words", "met-0-who": "Otto Vogel"}
    answer = eve.post(reverse("goals:report_edit", args=[report.uuid]), step(**fields))

    assert answer.status_code == 409
    assert b"My words" in answer.content


def test_evidence_is_a_photo_and_read_by_the_line(uni, rally, client, eve):
    answer = post(eve, rally, **{"met-who": "Otto Vogel", "evidence": SimpleUploadedFile("a.jpg", b"no photo")})
    assert answer.status_code == 422
    post(eve, rally, **{"met-who": "Otto Vogel", "evidence": photo()})

    place = reverse("goals:evidence", args=[Report.objects.get().uuid])
    client.force_login(uni.mia)
    shown = client.get(place)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    client.force_login(uni.otto)
    assert client.get(place).status_code == 404


def test_the_line_under_the_form_says_what_it_would_make_of_the_count(uni, rally, eve):
    place = reverse("goals:would", args=[rally.uuid])

    there = eve.post(place, step(**{"met-who": "Otto Vogel"})).content.decode()
    here = eve.post(place, step(**{"met-who": "Pia Moor"})).content.decode()

    assert "1 of 2" in there
    assert "your own department" in here
    assert eve.post(place, {"happened_on": "x"}).content == b""
    assert not Report.objects.exists()


def test_a_manager_answers_in_place_and_is_told_when_it_has_moved_on(uni, rally, client):
    report = log(rally, uni.otto)
    client.force_login(uni.mia)
    place = reverse("goals:report_answer", args=[report.uuid])

    asked = client.post(place, {"answer": "ask", "words": " ", "version": 0}, headers={"HX-Request": "true"})
    assert asked.status_code == 422
    part = client.post(place, {"answer": "confirm", "version": 0}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part.content.decode().strip().startswith("<div")
    assert client.post(place, {"answer": "confirm", "version": 0}).status_code == 409
    report.refresh_from_db()
    assert report.state == Report.State.CONFIRMED


def test_twenty_are_claimed_with_one_photo_and_one_button(uni, eve):
    lunch = agreed(uni.eve, parameters={"count": 1}, budget=2000)
    page = eve.get(reverse("goals:year")).content.decode()
    assert "Claim 20.00" in page
    assert 'name="amount" value="20.00"' in page

    place = reverse("goals:claim_new", args=[lunch.uuid])
    assert eve.post(place, {"uuid": uuid4(), "amount": "20.01", "receipt": photo()}).status_code == 422
    eve.post(place, {"uuid": uuid4(), "amount": "20.00", "receipt": photo()})

    assert Claim.objects.get().cents == 2000


@pytest.mark.parametrize("amount", [*NONSENSE, "", "20.001", "1e3", "٢٠", "NaN", "20,5,5"])
def test_nonsense_as_an_amount_is_answered(uni, eve, amount):
    lunch = agreed(uni.eve, parameters={"count": 1}, budget=2000)

    place = reverse("goals:claim_new", args=[lunch.uuid])
    answer = eve.post(place, {"uuid": uuid4(), "amount": amount, "receipt": photo()})

    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_the_year_costs_the_same_for_many_steps(uni, rally, eve, django_assert_max_num_queries):
    log(rally, uni.otto)
    for number in range(30):
        log(
            rally,
            Met(department=uni.office, job_title=f"Clerk {number}"),
            on=clock.today() - timedelta(days=number % 5),
        )
    agreed(uni.eve, "steps", {"count": 40})

    with django_assert_max_num_queries(5):
        eve.get(reverse("goals:year"))
    with django_assert_max_num_queries(5):
        eve.get(reverse("goals:log_step", args=[rally.uuid]))


@pytest.mark.parametrize("name", ["goals:year", "goals:log", "goals:notebook", "goals:about_me", "goals:claims"])
def test_pages_of_somebody_without_anything_say_what_will_be_there(uni, client, name):
    client.force_login(uni.olga)

    assert client.get(reverse(name)).status_code == 200
