import pytest

from journal.models import Entry

TEXT = "Be more friendly and build better relationships with the Registrar’s office"


@pytest.fixture
def eve(firm, client):
    client.force_login(firm.eve)
    return client


def test_wording_is_marked_without_javascript_and_nothing_is_kept(eve, django_assert_max_num_queries):
    entries = Entry.objects.count()
    with django_assert_max_num_queries(4):
        page = eve.post("/goals/wording/", {"text": TEXT})

    text = page.content.decode()
    assert page.status_code == 200
    assert "<mark>Be more<sup>1</sup></mark>" in text
    assert "A relationship cannot be filmed." in text
    assert TEXT in page.context["form"]["text"].value()
    assert "English wording only" in text
    assert Entry.objects.count() == entries


def test_wording_answers_a_script_with_the_part_alone(eve):
    part = eve.post("/goals/wording/", {"text": TEXT}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<div")
    assert "Use this" in part


def test_wording_takes_the_behaviour_of_a_goals_form(eve):
    assert "<mark>Improve" in eve.post("/goals/wording/", {"behaviour": "Improve morale"}).content.decode()


def test_markup_stays_text(eve):
    page = eve.post("/goals/wording/", {"text": "be nice <script>alert(1)</script> & friendly"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "x" * 10_001])
def test_wording_refuses_what_is_no_text_beside_the_field(eve, text):
    page = eve.post("/goals/wording/", {"text": text})
    assert page.status_code == 422
    assert page.context["form"].errors["text"]


def test_many_marks_are_noted_twelve_times(eve):
    page = eve.post("/goals/wording/", {"text": "be nice and kind " * 60})
    assert len(page.context["notes"]) == 12
    assert page.context["further"] > 40
