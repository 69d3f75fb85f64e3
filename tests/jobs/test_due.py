"""What is told to whom: once per occasion, only while it is so, and never in a way that stops the sweep."""

import pytest

from jobs import due
from jobs.models import Reading
from jobs.rules import drafting, reading, ruling
from journal import clock
from outbox.models import Notice
from outbox.rules.sweep import sweep
from tests import factories_jobs as make

KINDS = [kind for kind in due.KINDS if kind.due]


def told(kind):
    sweep(kind, clock.today())
    sweep(kind, clock.today())
    return sorted(n.recipient.name for n in Notice.objects.filter(kind=kind.name).select_related("recipient"))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_is_told_where_nothing_is(house, kind):
    assert told(kind) == []


def test_support_is_asked_each_time_it_is_offered(house):
    version = make.drafted(house.mia, department=house.department)
    drafting.move(version, "offer", by=house.mia)
    assert told(due.TO_SUPPORT) == ["Ada"]

    drafting.move(version, "return", by=house.ada, words="Shorter.")
    assert told(due.RETURNED) == ["Mia"]
    row = make.RELATIONSHIPS | {"id": version.clauses.get().pk}
    for _ in range(3):
        drafting.write(version, "Shorter", [row], by=house.mia, seen=version.revision)
        assert told(due.RETURNED) == ["Mia"]
    drafting.move(version, "offer", by=house.mia)

    assert told(due.TO_SUPPORT) == ["Ada", "Ada"]


def test_the_partner_is_told_of_clauses_that_come_in_and_come_back(house):
    clause = make.with_hr(house.mia, department=house.department).clauses.get()
    assert told(due.TO_RULE) == ["Pat"]

    ruling.rule(clause, "question", by=house.pat, seen=clause.revision, words="Who?")
    assert told(due.TO_RULE) == ["Pat"]
    assert told(due.TO_ANSWER) == ["Mia"]
    ruling.answer(clause, "Everybody.", by=house.mia)

    assert told(due.TO_RULE) == ["Pat", "Pat"]


def test_a_draft_without_anybody_above_its_author_is_told_too(house):
    version = make.drafted(house.ada, department=house.department)
    drafting.move(version, "hand_in", by=house.ada)

    assert told(due.TO_RULE) == ["Pat"]


def test_publishing_reading_and_answering_are_told(house):
    version = make.approved(house.mia, department=house.department, hr=house.hal)
    assert told(due.TO_PUBLISH) == ["Mia"]

    make.assign(house.eve, version.description)
    make.publishing.publish(version, clock.today(), by=house.mia)
    assert told(due.TO_READ) == ["Eve"]
    said = reading.comment(version.clauses.get(), "With students too?", by=house.eve)
    assert told(due.COMMENT_TO_ANSWER) == ["Mia"]
    reading.acknowledge(Reading.objects.get(employee=house.eve), by=house.eve)
    reading.answer_comment(said, "Yes.", by=house.mia)

    assert not due.to_read(clock.today()).exists()
    assert not due.comment_to_answer(clock.today()).exists()
    assert Notice.objects.filter(kind=due.ANSWERED.name, recipient=house.eve).count() == 1
