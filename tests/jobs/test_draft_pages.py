"""The editor of a draft, button by button; and what it says when something is refused or came late."""

from uuid import uuid4

import pytest

from jobs.models import JobDescription, Reading, Version
from tests import factories_jobs as make
from tests.jobs.pages import LONG, at, draft_form, row, standing, words_of


@pytest.mark.parametrize(
    ("do", "expected"),
    [
        ("save", ["a", "b", "c"]),
        ("up-c1", ["b", "a", "c"]),
        ("up-c0", ["a", "b", "c"]),
        ("down-c0", ["b", "a", "c"]),
        ("down-c2", ["a", "b", "c"]),
        ("remove-c1", ["a", "c"]),
        ("add", ["a", "b", "c"]),
        ("up-c77", ["a", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
    ],
)
def test_each_button_of_the_editor_saves_what_it_says(house, client_of, do, expected):
    version = make.drafted(house.mia, ["a", "b", "c"], department=house.department)
    ids = list(version.clauses.order_by("position").values_list("pk", flat=True))
    rows = [row(f"c{n}", text, id=ids[n]) for n, text in enumerate("abc")]

    response = client_of("mia").post(at("edit", version.pk), draft_form(version, *rows, row("c3"), do=do))

    assert response.status_code == 302
    assert standing(version) == expected
    assert set(version.clauses.values_list("pk", flat=True)) <= set(ids)


@pytest.mark.parametrize("topic", ["other_duties", "improvement", "relationships", "engagement"])
def test_one_click_adds_a_clause_of_the_library(house, client_of, topic):
    version = make.drafted(house.mia, ["a"], department=house.department)
    first = version.clauses.get()

    client_of("mia").post(
        at("edit", version.pk), draft_form(version, row("c0", "a", id=first.pk), do=f"library-{topic}")
    )

    assert list(version.clauses.order_by("position").values_list("topic", flat=True)) == ["", topic]


BAD_ROWS = {
    "empty": ({"text": "  "}, "Write the clause, or remove it."),
    "20,000 characters": ({"text": LONG}, "2000 are the most"),
    "no class": ({"kind": ""}, "This field is required."),
    "a class of one's own": ({"kind": "heroic"}, "heroic is not one of the available choices"),
    "a year to come": ({"practised_since": "2999"}, "This year has not come yet."),
    "a year that is none": ({"practised_since": "lately"}, "Enter a whole number."),
    "a ruling that is none": ({"cites": "999999"}, "999999 is not one of the available choices"),
    "a NUL": ({"text": "a\x00b"}, "Null characters are not allowed."),
    "positions in two lines": ({"covers": "one\ntwo"}, "This is one line"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_clause_that_is_refused_keeps_what_was_typed(house, client_of, case):
    changes, sentence = BAD_ROWS[case]
    version = make.drafted(house.mia, ["a", "b"], department=house.department)
    second = version.clauses.get(text="b")
    bad = row("c1", **({"text": "b", "kind": "duty", "reason": "Typed reason", "id": second.pk} | changes))

    response = client_of("mia").post(at("edit", version.pk), draft_form(version, row("c0", "x"), bad))

    assert response.status_code == 422
    assert sentence.lower() in words_of(response).lower()
    assert "Typed reason" in response.content.decode()
    assert standing(version) == ["a", "b"]


def test_the_same_words_twice_are_refused_beside_the_second(house, client_of):
    version = make.drafted(house.mia, ["a"], department=house.department)
    data = draft_form(version, row("c0", "Keeps  in touch."), row("c1", "keeps in Touch.\n", kind="duty"))

    response = client_of("mia").post(at("edit", version.pk), data)

    assert response.status_code == 422
    assert "Clause 1 says the same already." in words_of(response)


def test_markup_stays_text_everywhere(house, client_of):
    evil = '<script>alert(1)</script> & "quoted" *bold*'
    reader = make.published(
        house.mia,
        [{"text": evil, "kind": "duty", "reason": evil}],
        covers=[house.eve],
        hr=house.hal,
        title="<b>T</b>",
        department=house.department,
    )
    clause, task = reader.clauses.get(), Reading.objects.get(employee=house.eve)

    for name, args in (("mine", []), ("reading", [task.pk]), ("clause", [clause.pk]), ("print", [reader.pk])):
        html = client_of("eve").get(at(name, *args)).content.decode()
        assert "<script>alert" not in html
        assert "<b>T</b>" not in html
        assert "&lt;script&gt;alert" in html
    text = client_of("eve").get(at("markdown", reader.pk)).content.decode()
    assert "<script>" not in text
    assert client_of("eve").get(at("pdf", reader.pk)).content.startswith(b"%PDF")


def test_two_windows_at_one_draft_lose_nothing(house, client_of):
    version = make.drafted(house.mia, ["a"], department=house.department)
    opened = version.revision
    client_of("mia").post(at("edit", version.pk), draft_form(version, row("c0", "First window.")))

    late = client_of("mia").post(at("edit", version.pk), draft_form(version, row("c0", "Second window."), seen=opened))

    assert late.status_code == 409
    assert "Second window." in late.content.decode()
    assert "First window." in words_of(late)
    assert standing(version) == ["First window."]
    version.refresh_from_db()
    assert f'value="{version.revision}"' in late.content.decode()


def test_a_draft_that_was_handed_on_is_not_written_any_more(house, client_of):
    version = make.drafted(house.mia, ["a"], department=house.department)
    opened = version.revision
    make.handed_on(version)

    late = client_of("mia").post(at("edit", version.pk), draft_form(version, row("c0", "Too late."), seen=opened))

    assert late.status_code == 409
    assert "Too late." in late.content.decode()
    assert standing(version) == ["a"]


@pytest.mark.parametrize("title", ["", "x" * 121, "two\nlines", "a\x00b"])
def test_a_title_that_is_none_is_refused(house, client_of, title):
    data = {"title": title, "department": house.department.pk, "uuid": uuid4()}

    response = client_of("mia").post(at("begin"), data)

    assert response.status_code == 422
    assert not JobDescription.objects.exists()


def test_a_form_sent_twice_makes_one(house, client_of):
    data = {"title": "Archivist", "department": house.department.pk, "uuid": uuid4()}

    places = {client_of("mia").post(at("begin"), data)["Location"] for _ in range(3)}

    assert len(places) == 1
    assert JobDescription.objects.count() == 1


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "0000-00-00", "9" * 400, "1999-01-01", "9999-12-31"])
def test_a_day_that_is_none_or_has_passed_is_refused_and_stays_in_the_field(house, client_of, day):
    version = make.approved(house.mia, department=house.department, hr=house.hal)

    response = client_of("mia").post(at("publish", version.pk), {"from_on": day})

    assert response.status_code == 422
    assert f'value="{day}"' in response.content.decode() or not day
    assert Version.objects.get(pk=version.pk).state == "with_hr"
