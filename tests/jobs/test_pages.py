"""The whole route through its pages, with plain forms; and what a page says when something is refused or came late."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from jobs.models import Assignment, Clause, Comment, Ground, JobDescription, Objection, Reading, Ruling, Version
from jobs.rules import ruling
from journal import clock
from tests import factories_jobs as make


def at(name, *args):
    return reverse(f"jobs:{name}", args=args)


@pytest.fixture
def client_of(house):
    clients = {}

    def client(who):
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(getattr(house, who))
        return clients[who]

    return client


def words_of(response):
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def row(key, text="", kind="essential", **more):
    return {"row": key, f"{key}-text": text, f"{key}-kind": kind} | {f"{key}-{n}": v for n, v in more.items()}


def draft_form(version, *rows, do="save", title="Administrative assistant", seen=None):
    data = {"title": title, "version": version.revision if seen is None else seen, "do": do, "row": []}
    for one in rows:
        data["row"].append(one["row"])
        data |= {name: value for name, value in one.items() if name != "row"}
    return data


def standing(version):
    return list(version.clauses.standing().order_by("position").values_list("text", flat=True))


def drafted_through_pages(house, client_of):
    mia, ada = client_of("mia"), client_of("ada")
    mia.post(at("begin"), {"title": "Assistant", "department": house.department.pk, "uuid": uuid4()})
    version = Version.objects.get()
    mia.post(at("edit", version.pk), draft_form(version, row("c0", "Orders supplies."), do="library-relationships"))
    mia.post(at("move", version.pk, "offer"))
    ada.post(at("move", version.pk, "support"), {"words": "At last."})
    version.refresh_from_db()
    return version


def rule_through_pages(client, clause, **said):
    clause.refresh_from_db()
    return client.post(at("rule", clause.pk), {"uuid": uuid4(), "version": clause.revision} | said).status_code


def test_from_the_draft_to_the_last_approval_through_pages(house, client_of):
    mia, pat, today = client_of("mia"), client_of("pat"), {"from_on": clock.today().isoformat()}
    version = drafted_through_pages(house, client_of)
    orders, relations = version.clauses.order_by("position")
    assert (version.state, relations.topic) == ("with_hr", "relationships")

    assert rule_through_pages(pat, orders, verdict="approved") == 302
    refusal = {"verdict": "refused", "words": "Not needed.", "ground": house.ground.pk}
    assert rule_through_pages(pat, relations, **refusal) == 302
    assert "clause 2 is refused" in words_of(mia.get(at("version", version.pk)))
    assert mia.post(at("publish", version.pk), today).status_code == 422
    said = {"uuid": uuid4(), "words": "Four of seven orders.", "wording": relations.text}
    assert mia.post(at("answer", relations.pk), said).status_code == 302
    assert rule_through_pages(pat, relations, verdict="approved") == 302

    assert mia.post(at("publish", version.pk), today).status_code == 302
    thread = words_of(pat.get(at("clause", relations.pk)))
    assert thread.index("Not needed.") < thread.index("Four of seven orders.")


def test_from_publication_to_the_answer_of_a_comment_through_pages(house, client_of):
    mia, eve = client_of("mia"), client_of("eve")
    version = make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    task, clause = Reading.objects.get(employee=house.eve), version.clauses.get()

    assert "Establishes and maintains" in words_of(eve.get(at("reading", task.pk)))
    eve.post(at("comment_on", clause.pk), {"uuid": uuid4(), "words": "With students too?"})
    eve.post(at("acknowledge", task.pk))
    assert "1 comment open" in words_of(mia.get(at("descriptions")))
    mia.post(at("comment", Comment.objects.get().uuid), {"answer": "Yes, with students too."})

    assert "Yes, with students too." in words_of(eve.get(at("mine")))
    task.refresh_from_db()
    assert task.acknowledged_at


# -- the editor ------------------------------------------------------------------------------------------------------


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


LONG = "word " * 4000
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
    data = draft_form(version, row("c0", "Keeps  in touch."), row("c1", "Keeps in touch.\n", kind="duty"))

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


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "0000-00-00", "9" * 400, "1999-01-01"])
def test_a_day_that_is_none_or_has_passed_is_refused_and_stays_in_the_field(house, client_of, day):
    version = make.approved(house.mia, department=house.department, hr=house.hal)

    response = client_of("mia").post(at("publish", version.pk), {"from_on": day})

    assert response.status_code == 422
    assert f'value="{day}"' in response.content.decode() or not day
    assert Version.objects.get(pk=version.pk).state == "with_hr"


# -- HR's desk -------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(house):
    return make.with_hr(house.mia, [make.RELATIONSHIPS, make.ORDERS], department=house.department).clauses.first()


def ruling_form(clause, **said):
    return {"uuid": uuid4(), "version": clause.revision, "wording": clause.text} | said


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose one of the four."),
        ({"verdict": "maybe"}, "not one of the available choices"),
        ({"verdict": "changed", "wording": "Shorter.", "words": ""}, "Say in a sentence why the wording changes."),
        ({"verdict": "changed", "words": "Typed reason"}, "Write the wording you approve"),
        ({"verdict": "refused", "words": "Typed reason"}, "Name the ground of the refusal."),
        ({"verdict": "refused", "words": "Typed reason", "ground": "999"}, "Select a valid choice."),
        ({"verdict": "question", "words": LONG}, "4000 are the most"),
    ],
)
def test_a_ruling_that_lacks_something_is_refused_beside_the_field(house, client_of, waiting, said, sentence):
    response = client_of("pat").post(at("rule", waiting.pk), ruling_form(waiting, **said))

    assert response.status_code == 422
    assert sentence in words_of(response)
    assert said.get("words", "") in response.content.decode()
    assert not Ruling.objects.exists()


def test_two_of_hr_at_one_clause(house, client_of, waiting):
    ours, theirs = (
        ruling_form(waiting, verdict="approved"),
        ruling_form(waiting, verdict="question", words="Who, then?"),
    )
    assert client_of("pat").post(at("rule", waiting.pk), ours).status_code == 302

    late = client_of("hal").post(at("rule", waiting.pk), theirs)

    assert late.status_code == 409
    assert "Pat ruled on this clause at" in words_of(late)
    assert "Who, then?" in late.content.decode()
    assert Ruling.objects.count() == 1


def test_a_starter_only_fills_the_form(house, client_of):
    clause = make.refused(house.mia, hr=house.hal, department=house.department)
    typed = {"uuid": uuid4(), "words": "Already typed.", "wording": clause.text, "starter": "stuck"}

    response = client_of("mia").post(at("answer", clause.pk), typed)

    assert response.status_code == 200
    assert "Already typed." in response.content.decode()
    assert "the more ways out we see" in words_of(response)
    assert not Objection.objects.exists()


def test_same_words_in_many_descriptions_are_approved_at_once(house, client_of):
    clauses = [make.with_hr(house.mia, title=f"Job {n}", department=house.department).clauses.get() for n in range(3)]
    mark = clauses[0].fingerprint
    ruling.rule(clauses[2], "question", by=house.hal, seen=clauses[2].revision, words="Who?")
    assert "waits in 2 descriptions" in words_of(client_of("pat").get(at("same", mark)))

    done = client_of("pat").post(at("same", mark), {"clause": [clause.pk for clause in clauses]})

    assert done.status_code == 409
    assert "2 clauses are approved" in words_of(done)
    assert "One of those you ticked had moved on meanwhile" in words_of(done)
    assert [Clause.objects.get(pk=c.pk).state for c in clauses] == ["approved", "approved", "question"]


def test_the_queue_is_narrowed_and_paged(house, client_of):
    for n in range(3):
        make.with_hr(house.mia, [f"Clause {n}.", make.RELATIONSHIPS], title=f"Job {n}", department=house.department)

    assert "6 clauses wait for a ruling" in words_of(client_of("pat").get(at("desk")))
    narrowed = client_of("pat").get(at("desk"), {"department": house.department.pk, "kind": "conduct"})
    assert "3 clauses wait for a ruling" in words_of(narrowed)
    for nonsense in ({"department": "x"}, {"kind": "x"}, {"after": "%00"}, {"department": "9" * 30}):
        assert client_of("pat").get(at("desk"), nonsense).status_code == 200
    assert "No clause waits" in words_of(client_of("stan").get(at("desk")))


def test_a_ground_is_added_once_put_aside_and_offered_again(house, client_of):
    for _ in range(2):
        client_of("pat").post(at("grounds"), {"text": "Said better elsewhere"})
    ground = Ground.objects.get(text="Said better elsewhere")
    client_of("stan").post(at("put_aside", ground.pk))
    assert ground not in Ground.objects.offered()

    client_of("pat").post(at("grounds"), {"text": "Said better elsewhere"})

    assert ground in Ground.objects.offered()
    assert client_of("pat").post(at("grounds"), {"text": ""}).status_code == 422


def test_coverage_lists_descriptions_of_leaders_without_the_clause(house, client_of):
    here = {"hr": house.hal, "department": house.department}
    lacking = make.published(house.ada, title="Section head", covers=[house.mia], **here)
    engaged = {"text": "Engages the people.", "kind": "essential", "topic": "engagement"}
    make.published(house.mia, [engaged], title="Assistant", covers=[house.eve], **here)

    page = words_of(client_of("pat").get(at("coverage")))

    assert "1 manager description lacks the engagement clause" in page
    assert lacking.title in page
    assert "Assistant" not in page


# -- reading, people -------------------------------------------------------------------------------------------------


def test_acknowledging_twice_keeps_the_first_moment(house, client_of):
    make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    task = Reading.objects.get(employee=house.eve)
    client_of("eve").post(at("acknowledge", task.pk))
    first = Reading.objects.get(pk=task.pk).acknowledged_at

    client_of("eve").post(at("acknowledge", task.pk))

    assert Reading.objects.get(pk=task.pk).acknowledged_at == first


def test_an_empty_comment_comes_back_and_a_full_one_is_kept_once(house, client_of):
    version = make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    address, key = at("comment_on", version.clauses.get().pk), uuid4()

    assert client_of("eve").post(address, {"uuid": key, "words": " "}).status_code == 422
    for _ in range(2):
        assert client_of("eve").post(address, {"uuid": key, "words": "Why?"}).status_code == 302

    assert Comment.objects.count() == 1


def test_who_does_a_job_is_chosen_by_name_and_refused_with_a_sentence(house, client_of):
    version = make.published(house.mia, covers=[house.eve], hr=house.hal, department=house.department)
    address, today = at("assign", version.description_id), clock.today().isoformat()

    nobody = client_of("mia").post(address, {"employee": "Nobody at all", "from_on": today})
    stranger = client_of("mia").post(address, {"employee": "Sam", "from_on": today})
    make.move(house.sam, house.mia)
    mine = client_of("mia").post(address, {"employee": "Sam", "from_on": today})

    assert (nobody.status_code, stranger.status_code, mine.status_code) == (422, 422, 302)
    assert "Sam does not work for you" in words_of(stranger)
    assert Assignment.objects.filter(employee=house.sam, ended_on=None).count() == 1


@pytest.mark.parametrize("waiting", [1, 60])
def test_the_queue_costs_the_same_number_of_statements(house, client_of, waiting, django_assert_num_queries):
    texts = [f"Clause {n}." for n in range(30)]
    for n in range(max(1, waiting // 30)):
        make.with_hr(house.mia, texts if waiting > 1 else texts[:1], title=f"Job {n}", department=house.department)
    client = client_of("pat")
    client.get(at("desk"))

    with django_assert_num_queries(4):  # session, reader, the clauses, the departments of the filter
        client.get(at("desk"))
