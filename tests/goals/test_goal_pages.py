import uuid

import pytest

from goals.models import Goal, Idea, Offer, Reason, Turn
from goals.rules import agreeing, offering, revising
from tests.factories_goals import RALLY, agreed, clause, drafted, offered, proposed, year

WORDS = {"behaviour": "Meet two people", "measure-count": "2", "because": "Orders get stuck.", "hand_on": "yes"}


def typed(**changes):
    return WORDS | {"uuid": str(uuid.uuid4())} | changes


@pytest.fixture
def reads(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def test_own_goal_is_proposed_agreed_and_counts(reads, firm):
    resting = clause(firm.eve)
    year()
    form = typed(clause=str(resting.pk))

    twice = [reads(firm.eve).post("/goals/propose/?measure=people", form) for _ in range(2)]
    goal = Goal.objects.get()
    page = reads(firm.mia).get(goal.get_absolute_url())
    reads(firm.mia).post(f"{goal.get_absolute_url()}move/agree/", {"version": goal.version})

    goal.refresh_from_db()
    assert [answer.status_code for answer in twice] == [302, 302]
    assert (goal.state, goal.target, goal.measure, goal.clause) == ("active", 2, "people", resting)
    assert b"5 of 100" in page.content or b'<span class="figure">5</span>' in page.content


def test_goal_of_an_idea_starts_with_its_words_and_mechanics(reads, firm):
    year()
    deliveries = Idea.objects.get(key="deliveries")

    page = reads(firm.eve).get(f"/goals/propose/?idea={deliveries.pk}").content.decode()

    assert "Make six deliveries in person" in page
    assert 'value="6"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("behaviour", ""),
        ("behaviour", "x" * 301),
        ("behaviour", "a\x00b"),
        ("measure-count", "0"),
        ("measure-count", "many"),
        ("measure-from_on", "2026-02-30"),
        ("due_on", "1999-01-01"),
        ("details", "x" * 10_000_000),
        ("because", "x" * 5_000),
        ("clause", "999999999"),
        ("clause", "abc"),
    ],
)
def test_proposal_that_cannot_be_is_refused_with_what_was_typed(reads, firm, field, value, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000
    clause(firm.eve)
    year()

    answer = reads(firm.eve).post("/goals/propose/?measure=people", typed(**{field: value}))

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Goal.objects.exists()


@pytest.mark.parametrize("query", ["?idea=x", "?idea=99999999999999999999", "?measure=nothing", "?idea=\x00"])
def test_nonsense_in_the_address_starts_from_nothing(reads, firm, query):
    year()

    assert reads(firm.eve).get(f"/goals/propose/{query}").status_code == 200


def test_without_a_year_there_is_a_sentence(reads, firm):
    for person, path in ((firm.eve, "/goals/propose/"), (firm.mia, "/goals/team/offer/"), (firm.mia, "/goals/team/")):
        answer = reads(person).get(path)
        assert answer.status_code == 200
        assert b"HR opens it" in answer.content


def test_sending_back_without_words_keeps_the_goal_and_says_what_is_missing(reads, firm):
    goal = proposed(firm.eve)
    client = reads(firm.mia)

    refused = client.post(f"{goal.get_absolute_url()}move/send_back/", {"version": goal.version, "words": " "})
    client.post(f"{goal.get_absolute_url()}move/send_back/", {"version": goal.version, "words": "How many?"})
    page = reads(firm.eve).get(goal.get_absolute_url()).content.decode()

    assert refused.status_code == 422
    assert "How many?" in page
    assert RALLY["behaviour"] in page


def test_owner_changes_an_offer_on_its_page(reads, firm):
    goal = offered(firm.eve)
    form = typed(version=goal.version, clause=str(goal.clause_id), behaviour="Meet three people")

    answer = reads(firm.eve).post(f"{goal.get_absolute_url()}edit/", form)

    goal.refresh_from_db()
    assert answer.status_code == 302
    assert (goal.state, goal.behaviour) == ("proposed", "Meet three people")


def test_edit_opened_before_somebody_else_saved_is_told_and_keeps_its_words(reads, firm):
    goal = proposed(firm.eve)
    form = typed(version=goal.version, clause=str(goal.clause_id), behaviour="Mine, typed late")
    revising.revise(goal, {"behaviour": "Theirs, saved first"}, by=firm.eve)
    client = reads(firm.eve)

    late = client.post(f"{goal.get_absolute_url()}edit/", form)
    goal.refresh_from_db()
    again = client.post(f"{goal.get_absolute_url()}edit/", form | {"version": goal.version})

    assert late.status_code == 409
    assert b"Mine, typed late" in late.content
    assert b"Theirs, saved first" in late.content
    assert again.status_code == 302


def test_change_of_an_agreed_goal_is_asked_and_answered_on_pages(reads, firm):
    goal = agreed(firm.eve)
    address = goal.get_absolute_url()
    form = typed(version=goal.version, clause=str(goal.clause_id), behaviour="Meet three", words="Busy.")

    reads(firm.eve).post(f"{address}edit/", form)
    turn = Turn.objects.get(move="change")
    page = reads(firm.mia).get(address).content.decode()
    reads(firm.mia).post(f"{address}change/{turn.uuid}/agreed/")
    late = reads(firm.mia).post(f"{address}change/{turn.uuid}/declined/")

    goal.refresh_from_db()
    assert "Meet three" in page
    assert goal.behaviour == "Meet three"
    assert late.status_code == 409


def test_withdrawal_is_asked_and_agreed_on_pages(reads, firm):
    goal = agreed(firm.eve)
    address = goal.get_absolute_url()
    key = str(uuid.uuid4())

    for _ in range(2):
        reads(firm.mia).post(f"{address}end/", {"words": "The rally is off.", "uuid": key})
    turn = Turn.objects.get(move="change")
    reads(firm.eve).post(f"{address}change/{turn.uuid}/agreed/")

    goal.refresh_from_db()
    assert goal.state == "withdrawn"
    assert b"The rally is off." in reads(firm.eve).get(address).content


def test_reasons_are_added_marked_new_read_and_doubted_on_the_page(reads, firm):
    goal = agreed(firm.eve)
    address = goal.get_absolute_url()
    reads(firm.mia).post(f"{address}reason/", {"words": "Finance moves.", "uuid": str(uuid.uuid4())})
    assert b"Finance moves." in reads(firm.eve).get(address).content
    reads(firm.eve).post(f"{address}reasons/read/")
    reads(firm.eve).post(f"{address}reasons/doubt/")

    goal.refresh_from_db()
    assert Reason.objects.get().read_at
    assert goal.doubted_at
    assert b"Eve does not see it yet" in reads(firm.mia).get(address).content


def test_missing_reason_is_added_on_the_page_by_the_manager(reads, firm):
    goal = proposed(firm.eve, because="")
    address = goal.get_absolute_url()

    empty = reads(firm.mia).post(f"{address}complete/", {})
    reads(firm.mia).post(f"{address}complete/", {"starter": "0", "because": "And orders get stuck."})

    goal.refresh_from_db()
    assert empty.status_code == 422
    assert goal.because.startswith("Work moves faster")
    assert goal.because.endswith("And orders get stuck.")


def test_draft_of_somebody_else_is_not_there(reads, firm):
    goal = drafted(firm.eve)

    for reader in (firm.mia, firm.ada, firm.sam, firm.hedda):
        for method in ("get", "post"):
            assert getattr(reads(reader), method)(f"{goal.get_absolute_url()}edit/").status_code == 404


@pytest.mark.parametrize("reader", ["eve", "mia", "ada"])
def test_asking_for_an_equal_alternative_stands_on_no_page_of_the_goal(reads, firm, reader):
    goal = offered(firm.eve)
    offering.ask_other(Offer.objects.get(), by=firm.eve)
    agreeing.move(goal, "pick", by=firm.eve)

    page = reads(getattr(firm, reader)).get(goal.get_absolute_url()).content.decode()

    assert "equal weight" not in page
    assert "another" not in page.lower().replace("ask for another", "")
