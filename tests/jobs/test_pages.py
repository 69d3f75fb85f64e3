"""The whole route through its pages, with plain forms."""

from uuid import uuid4

from jobs.models import Comment, Reading
from journal import clock
from tests import factories_jobs as make
from tests.jobs.pages import at, drafted_through_pages, rule_through_pages, words_of


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
