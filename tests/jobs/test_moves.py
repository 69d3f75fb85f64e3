"""The route as a table: every state × every role × every move; what is not in it is refused and changes nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from jobs.models import Clause, Objection, Ruling, Version
from jobs.rules import drafting, publishing, ruling
from journal import clock
from journal.models import Entry
from tests import factories_jobs as make

ROLES = ("author", "above", "covered", "beside", "partner", "stranger", "administrator")
# (state, role, move) → the state after it
VERSION_MOVES = {
    ("draft", "author", "offer"): "offered",
    ("draft", "author", "withdraw"): "withdrawn",
    ("offered", "above", "support"): "with_hr",
    ("offered", "above", "return"): "draft",
    ("offered", "author", "take_back"): "draft",
    ("offered", "author", "withdraw"): "withdrawn",
    ("with_hr", "author", "take_back"): "draft",
    ("with_hr", "author", "withdraw"): "withdrawn",
    ("approved", "author", "take_back"): "draft",
    ("approved", "author", "withdraw"): "withdrawn",
    ("approved", "author", "publish"): "published",
}
STATES = ("draft", "offered", "with_hr", "approved", "published", "withdrawn")


def people(house):
    return dict(
        zip(ROLES, (house.mia, house.ada, house.eve, house.sam, house.pat, house.stan, house.hedda), strict=True)
    )


def version_at(house, state):
    """`approved`: with HR, every clause ruled on."""
    stage = {"approved": "with_hr", "withdrawn": "draft"}.get(state, state)
    version = make.at_stage(stage, house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    if state == "approved":
        make.ruled(version, house.hal)
    if state == "withdrawn":
        drafting.move(version, "withdraw", by=house.mia)
    version.refresh_from_db()
    return version


def picture():
    return (
        list(Version.objects.order_by("pk").values()),
        list(Clause.objects.order_by("pk").values()),
        Ruling.objects.count(),
        Objection.objects.count(),
        Entry.objects.count(),
    )


def attempt(deed):
    """The outcome of a deed, undone again: what it returned, or the refusal's class."""
    try:
        with transaction.atomic():
            outcome = deed()
            transaction.set_rollback(True)
            return outcome
    except (PermissionDenied, ValidationError) as refusal:
        return type(refusal)


def take(version, name, by):
    if name == "publish":
        return publishing.publish(version, clock.today(), by=by).state
    return drafting.move(version, name, by=by, words="For a reason.").state


@pytest.mark.parametrize("state", STATES)
def test_moves_of_a_version(house, state):
    version, roles = version_at(house, state), people(house)
    accepted = {}

    for role, person in roles.items():
        for name in (*drafting.MOVES, "publish"):
            before = picture()
            outcome = attempt(lambda name=name, person=person: take(Version.objects.get(pk=version.pk), name, person))
            assert picture() == before
            if isinstance(outcome, str):
                accepted[state, role, name] = outcome

    assert accepted == {cell: after for cell, after in VERSION_MOVES.items() if cell[0] == state}


@pytest.mark.parametrize("state", STATES)
def test_what_is_offered_is_what_is_accepted(house, state):
    version = version_at(house, state)

    offered = {
        (state, role, name) for role, who in people(house).items() for name in drafting.moves_open_to(who, version)
    }
    offered |= {(state, role, "publish") for role, who in people(house).items() if publishing.may_publish(who, version)}

    assert offered == {cell for cell in VERSION_MOVES if cell[0] == state}


@pytest.mark.parametrize(("state", "role", "name"), [cell for cell in VERSION_MOVES if cell[2] != "publish"])
def test_a_move_leaves_who_when_from_and_to(house, state, role, name):
    version, person = version_at(house, state), people(house)[role]

    drafting.move(version, name, by=person, words="For a reason.")

    entry = Entry.objects.of(version).first()
    began = "with_hr" if state == "approved" else state
    assert (entry.verb, entry.actor, entry.data["from"], entry.data["to"]) == (
        f"job.{name}",
        person,
        began,
        VERSION_MOVES[state, role, name],
    )


def test_whoever_has_nobody_above_hands_to_hr_without_support(house):
    version = make.drafted(house.ada, department=house.department)

    assert set(drafting.moves_open_to(house.ada, version)) == {"hand_in", "withdraw"}
    drafting.move(version, "hand_in", by=house.ada)

    assert version.state == "with_hr"
    assert list(version.clauses.values_list("state", flat=True)) == ["waits"]


@pytest.mark.parametrize("name", ["support", "return"])
def test_support_and_return_say_something(house, name):
    version = version_at(house, "offered")

    with pytest.raises(ValidationError) as refusal:
        drafting.move(version, name, by=house.ada, words=" \n ")

    assert list(refusal.value.message_dict) == ["words"]
    assert Version.objects.get(pk=version.pk).state == "offered"


def test_an_empty_draft_is_not_offered(house):
    version = drafting.begin("Archivist", house.department, by=house.mia)

    with pytest.raises(ValidationError, match="at least one clause"):
        drafting.move(version, "offer", by=house.mia)

    assert Version.objects.get(pk=version.pk).state == "draft"


# -- one clause -------------------------------------------------------------------------------------------------------

HR = ("partner", "administrator")
CLAUSE_STATES = ("draft", "waits", "question", "refused", "approved", "withdrawn")
VERDICTS = {"approved": "approved", "changed": "approved", "question": "question", "refused": "refused"}
CLAUSE_MOVES = {("waits", role, verdict): after for role in HR for verdict, after in VERDICTS.items()}
CLAUSE_MOVES |= {
    ("question", "author", "answer"): "waits",
    ("refused", "author", "answer"): "waits",
    ("waits", "author", "drop"): "withdrawn",
    ("question", "author", "drop"): "withdrawn",
    ("refused", "author", "drop"): "withdrawn",
}


def clause_at(house, state):
    """A clause of Mia's version that is with HR (only `draft` is not), of which another clause still waits."""
    rows = [make.RELATIONSHIPS, make.ORDERS]
    if state == "draft":
        return make.drafted(house.mia, rows, department=house.department).clauses.first()
    clause = make.with_hr(house.mia, rows, department=house.department).clauses.first()
    if state == "withdrawn":
        return ruling.drop(clause, by=house.mia)
    if state != "waits":
        ground = house.ground if state == "refused" else None
        ruling.rule(clause, state, by=house.hal, seen=clause.revision, words="For a reason.", ground=ground)
    return clause


def take_clause(house, clause, name, by):
    if name == "answer":
        ruling.answer(clause, "Because of the orders.", by=by)
    elif name == "drop":
        ruling.drop(clause, by=by)
    else:
        ground = house.ground if name == "refused" else None
        said = {"words": "For a reason.", "wording": "Keeps in touch.", "ground": ground}
        ruling.rule(clause, name, by=by, seen=clause.revision, **said)
    return Clause.objects.get(pk=clause.pk).state


@pytest.mark.parametrize("state", CLAUSE_STATES)
def test_moves_of_a_clause(house, state):
    clause, accepted = clause_at(house, state), {}

    for role, person in people(house).items():
        for name in (*VERDICTS, "answer", "drop"):
            before = picture()

            def deed(name=name, person=person):
                return take_clause(house, Clause.objects.get(pk=clause.pk), name, person)

            outcome = attempt(deed)
            assert picture() == before
            if isinstance(outcome, str):
                accepted[state, role, name] = outcome

    assert accepted == {cell: after for cell, after in CLAUSE_MOVES.items() if cell[0] == state}


@pytest.mark.parametrize("state", CLAUSE_STATES)
def test_forms_of_a_clause_are_shown_to_whom_they_are_accepted_from(house, state):
    clause = clause_at(house, state)
    clause = Clause.objects.select_related("version").get(pk=clause.pk)

    for role, person in people(house).items():
        assert ruling.may_rule(person, clause) == ((state, role, "approved") in CLAUSE_MOVES)
        assert ruling.may_answer(person, clause) == ((state, role, "answer") in CLAUSE_MOVES)
        assert ruling.may_drop(person, clause) == ((state, role, "drop") in CLAUSE_MOVES)


def test_nobody_rules_on_what_they_wrote_hr_included(house):
    """Hal of HR drafts for a person of his; only another one of HR rules on it."""
    make.move(house.sam, house.hal)
    clause = make.with_hr(house.hal, department=house.department).clauses.get()

    with pytest.raises(PermissionDenied):
        ruling.rule(clause, "approved", by=house.hal, seen=clause.revision)
    assert ruling.approve_same([clause.pk], clause.fingerprint, by=house.hal) == []

    ruling.rule(clause, "approved", by=house.hedda, seen=clause.revision)
    assert Clause.objects.get(pk=clause.pk).state == "approved"


def test_hr_does_not_rule_on_its_own_job(house):
    version = make.with_hr(house.mia, department=house.department)
    make.assign(house.hedda, version.description)
    clause = version.clauses.get()

    with pytest.raises(PermissionDenied):
        ruling.rule(clause, "approved", by=house.hedda, seen=clause.revision)


def test_words_that_change_go_to_hr_anew_and_words_that_return_keep_their_approval(house):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    draft = drafting.draft_next(version.description, by=house.mia)
    clause = draft.clauses.get()
    row = make.RELATIONSHIPS | {"id": clause.pk}

    drafting.write(draft, "T", [row | {"text": "Keeps in touch."}], by=house.mia, seen=draft.revision)
    assert Clause.objects.get(pk=clause.pk).state == "draft"

    drafting.write(draft, "T", [row], by=house.mia, seen=draft.revision)
    assert Clause.objects.get(pk=clause.pk).state == "approved"

    drafting.write(draft, "T", [row | {"kind": "duty"}], by=house.mia, seen=draft.revision)
    assert Clause.objects.get(pk=clause.pk).state == "draft"


def test_approved_with_changed_wording_keeps_both(house):
    clause = clause_at(house, "waits")
    proposed = clause.text

    kept = ruling.rule(
        clause, "changed", by=house.pat, seen=clause.revision, wording="Keeps in touch.", words="Shorter."
    )

    assert (kept.proposed, kept.wording) == (proposed, "Keeps in touch.")
    assert (clause.text, clause.state) == ("Keeps in touch.", "approved")


@pytest.mark.parametrize(
    ("verdict", "said", "field"),
    [
        ("", {}, "verdict"),
        ("changed", {"words": "Shorter."}, "wording"),
        ("changed", {"wording": "Keeps in touch."}, "words"),
        ("question", {}, "words"),
        ("refused", {"words": "For a reason."}, "ground"),
    ],
)
def test_a_ruling_says_what_it_must(house, verdict, said, field):
    clause = clause_at(house, "waits")

    with pytest.raises(ValidationError) as refusal:
        ruling.rule(clause, verdict, by=house.pat, seen=clause.revision, **said)

    assert list(refusal.value.message_dict) == [field]
    assert not Ruling.objects.filter(clause=clause).exists()


def test_the_successor_is_not_held_up_by_a_draft_of_somebody_who_is_gone(house):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    left = drafting.draft_next(version.description, by=house.mia)
    make.move(house.eve, house.sam)

    draft = drafting.draft_next(version.description, by=house.sam)

    assert (draft.author, draft.number) == (house.sam, 3)
    assert Version.objects.get(pk=left.pk).state == "withdrawn"
