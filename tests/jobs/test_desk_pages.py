"""HR's desk: rulings, bulk approval, grounds, coverage, and what the queue costs."""

from uuid import uuid4

import pytest

from jobs.models import Clause, Ground, Objection, Ruling
from jobs.rules import ruling
from tests import factories_jobs as make
from tests.jobs.pages import LONG, at, ruling_form, words_of


@pytest.fixture
def waiting(house):
    return make.with_hr(house.mia, [make.RELATIONSHIPS, make.ORDERS], department=house.department).clauses.first()


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


@pytest.mark.parametrize("waiting", [1, 60])
def test_the_queue_costs_the_same_number_of_statements(house, client_of, waiting, django_assert_num_queries):
    texts = [f"Clause {n}." for n in range(30)]
    for n in range(max(1, waiting // 30)):
        make.with_hr(house.mia, texts if waiting > 1 else texts[:1], title=f"Job {n}", department=house.department)
    client = client_of("pat")
    client.get(at("desk"))

    with django_assert_num_queries(4):  # session, reader, the clauses, the departments of the filter
        client.get(at("desk"))
