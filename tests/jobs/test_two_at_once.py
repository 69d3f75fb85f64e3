"""Two people, or one form sent eight times, in the same moment: one deed, and whoever came later is told."""

import threading
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from jobs.models import Clause, Comment, JobDescription, Objection, Reading, Ruling, Version
from jobs.rules import drafting, publishing, reading, ruling
from journal import clock
from journal.models import Entry
from people.models import Employee
from tests import factories_jobs as make

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """The outcomes of all deeds, begun together: "done", or the code of the refusal."""
    start, outcomes = threading.Barrier(len(deeds), timeout=20), []

    def run(deed):
        start.wait()
        try:
            deed()
            outcomes.append("done")
        except ValidationError as refusal:
            outcomes.append(refusal.error_list[0].code if hasattr(refusal, "error_list") else "refused")
        except PermissionDenied:
            outcomes.append("denied")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def fresh(clause):
    return Clause.objects.select_related("version").get(pk=clause.pk)


def test_two_of_hr_rule_on_one_clause(house):
    clause = make.with_hr(house.mia, department=house.department).clauses.get()

    def rule(by, verdict):
        return lambda: ruling.rule(fresh(clause), verdict, by=by, seen=clause.revision, words="For a reason.")

    outcomes = at_once(rule(house.pat, "approved"), rule(house.hal, "question"), rule(house.hedda, "question"))

    assert outcomes == ["done", "moved_on", "moved_on"]
    assert Ruling.objects.filter(clause=clause).count() == 1
    assert Entry.objects.filter(verb="clause.rule").count() == 1
    assert fresh(clause).ruling == Ruling.objects.get(clause=clause)


def test_one_and_many_at_once_rule_each_clause_once(house):
    clauses = [make.with_hr(house.mia, title=f"J{n}", department=house.department).clauses.get() for n in range(3)]
    pks, mark = [clause.pk for clause in clauses], clauses[0].fingerprint

    at_once(
        lambda: ruling.approve_same(pks, mark, by=house.pat),
        lambda: ruling.approve_same(pks, mark, by=house.hal),
        lambda: ruling.rule(fresh(clauses[1]), "question", by=house.hedda, seen=clauses[1].revision, words="Who?"),
    )

    assert [Ruling.objects.filter(clause=clause).count() for clause in clauses] == [1, 1, 1]
    assert all(fresh(clause).ruling.clause_id == clause.pk for clause in clauses)


def test_eight_times_the_same_form_is_one_row_and_one_entry(house):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    asked = make.refused(house.mia, hr=house.hal, department=house.department, title="Other")
    waits = make.with_hr(house.mia, department=house.department, title="Third").clauses.get()
    clause, key = version.clauses.get(), uuid4()
    said = {"by": house.hal, "seen": waits.revision, "uuid": key, "words": ""}

    deeds = {
        Comment: lambda: reading.comment(clause, "Why?", by=house.eve, uuid=key),
        Objection: lambda: ruling.answer(fresh(asked), "So.", by=house.mia, uuid=key),
        Ruling: lambda: ruling.rule(fresh(waits), "approved", **said),
        JobDescription: lambda: drafting.begin("Archivist", house.department, by=house.mia, uuid=key),
    }
    for model, deed in deeds.items():
        entries = Entry.objects.count()
        assert at_once(*[deed] * 8) == ["done"] * 8
        assert model.objects.filter(uuid=key).count() == 1
        assert Entry.objects.count() == entries + 1


def test_publishing_and_taking_back_at_once_is_one_of_the_two(house):
    version = make.approved(house.mia, department=house.department, hr=house.hal)
    make.assign(house.eve, version.description)

    at_once(
        lambda: publishing.publish(Version.objects.get(pk=version.pk), clock.today(), by=house.mia),
        lambda: drafting.move(Version.objects.get(pk=version.pk), "take_back", by=house.mia),
    )

    version.refresh_from_db()
    assert version.state in ("published", "draft")
    assert Reading.objects.filter(version=version).exists() == (version.state == "published")


def test_answering_and_taking_back_at_once_leaves_nothing_waiting_in_a_draft(house):
    clause = make.refused(house.mia, hr=house.hal, department=house.department)

    at_once(
        lambda: ruling.answer(fresh(clause), "So.", by=house.mia),
        lambda: drafting.move(Version.objects.get(pk=clause.version_id), "take_back", by=house.mia),
    )

    found = fresh(clause)
    assert (found.version.state, found.state) in {("draft", "draft"), ("draft", "refused")}


def test_two_jobs_for_one_person_at_once_are_one(house):
    jobs = [make.drafted(house.mia, title=f"J{n}", department=house.department).description for n in range(2)]
    eve = Employee.objects.get(pk=house.eve.pk)

    at_once(*[lambda job=job: publishing.assign(eve, job, clock.today(), by=house.hal) for job in jobs])

    assert eve.assignments.filter(ended_on=None).count() == 1


def test_the_same_draft_saved_in_two_windows_keeps_one_and_tells_the_other(house):
    version = make.drafted(house.mia, ["a"], department=house.department)

    def write(text):
        row = {"id": None, "text": text, "kind": "duty"}
        draft = Version.objects.get(pk=version.pk)
        return lambda: drafting.write(draft, "T", [row], by=house.mia, seen=version.revision)

    outcomes = at_once(write("one"), write("two"))

    assert outcomes == ["changed_meanwhile", "done"]
    assert version.clauses.count() == 1
