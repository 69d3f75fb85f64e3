"""Whatever is published, assigned and released, in whatever order: one version a day, one job a person a day."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs.models import Assignment, Clause, Reading, Version
from jobs.rules import drafting, publishing
from journal import clock
from tests import factories_jobs as make

DAYS = st.integers(-40, 60)
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def first_day():
    return clock.today()


@QUICK
@given(st.lists(DAYS, min_size=1, max_size=4))
def test_exactly_one_version_is_in_force_from_the_first_day_on(house, offsets):
    with transaction.atomic():
        version = make.approved(house.mia, department=house.department, hr=house.hal)
        begun = []
        for offset in offsets:
            from_on = first_day() + timedelta(days=offset)
            fits = from_on >= first_day() and (not begun or from_on > max(begun))
            if not fits:
                with pytest.raises(ValidationError) as refusal:
                    publishing.publish(version, from_on, by=house.mia)
                assert list(refusal.value.message_dict) == ["from_on"]
                continue
            publishing.publish(version, from_on, by=house.mia)
            begun.append(from_on)
            version = drafting.draft_next(version.description, by=house.mia)
            drafting.move(version, "offer", by=house.mia)
            drafting.move(version, "support", by=house.ada, words="Yes.")

        for day in (first_day() + timedelta(days=n) for n in range(-41, 62)):
            in_force = Version.objects.in_force(day).filter(description=version.description)
            expected = [max(b for b in begun if b <= day)] if any(b <= day for b in begun) else []
            assert [found.in_force_from for found in in_force] == expected
        transaction.set_rollback(True)


@QUICK
@given(st.lists(st.tuples(st.sampled_from(["assign", "release"]), st.integers(0, 2), DAYS), max_size=6))
def test_nobody_does_two_jobs_on_one_day(house, deeds):
    with transaction.atomic():
        jobs = [make.drafted(house.mia, title=f"Job {n}", department=house.department).description for n in range(3)]
        for deed, which, offset in deeds:
            day = first_day() + timedelta(days=offset)
            held = Assignment.objects.filter(employee=house.eve, ended_on=None).first()
            with suppress(ValidationError), transaction.atomic():
                if deed == "assign":
                    publishing.assign(house.eve, jobs[which], day, by=house.hal)
                elif held:
                    publishing.release(held, day, by=house.hal)

        for day in (first_day() + timedelta(days=n) for n in range(-41, 62)):
            assert Assignment.objects.held_on(day).filter(employee=house.eve).count() <= 1
        transaction.set_rollback(True)


def test_a_day_before_another_job_has_ended_is_refused_beside_the_field(house):
    first, second = (make.drafted(house.mia, title=t, department=house.department).description for t in ("A", "B"))
    held = publishing.assign(house.eve, first, first_day(), by=house.hal)
    publishing.release(held, first_day() + timedelta(days=30), by=house.hal)

    with pytest.raises(ValidationError) as refusal:
        publishing.assign(house.eve, second, first_day() + timedelta(days=10), by=house.hal)

    assert list(refusal.value.message_dict) == ["from_on"]


def test_a_version_to_come_is_there_to_read_and_covers_nobody_yet(house):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    draft = make.next_version(version, [make.RELATIONSHIPS | {"id": None}, make.ORDERS])
    make.ruled(make.handed_on(draft), house.hal)
    soon = first_day() + timedelta(days=10)

    publishing.publish(draft, soon, by=house.mia)

    assert set(Clause.objects.covering(house.eve).values_list("version__number", flat=True)) == {1}
    assert set(Clause.objects.covering(house.eve, soon).values_list("version__number", flat=True)) == {2}
    assert Reading.objects.filter(employee=house.eve, version=draft).count() == 1


DEEDS = {
    "update": lambda version: Version.objects.filter(pk=version.pk).update(title="Other"),
    "delete": lambda version: Version.objects.filter(pk=version.pk)._raw_delete("default"),
    "clause": lambda version: version.clauses.update(text="Other."),
    "clause away": lambda version: version.clauses.all()._raw_delete("default"),
    "clause more": lambda version: version.clauses.create(
        position=9, text="X", kind="duty", author=version.author, fingerprint="x"
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_database_itself_keeps_what_is_published(house, deed):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    clause = version.clauses.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        DEEDS[deed](version)

    assert Version.objects.get(pk=version.pk).title == version.title
    assert [c.text for c in version.clauses.all()] == [clause.text]


def test_readings_are_given_once_and_to_whoever_comes_later(house):
    version = make.published(house.mia, covers=[house.eve], department=house.department, hr=house.hal)
    make.move(house.sam, house.mia)
    publishing.assign(house.sam, version.description, first_day(), by=house.mia)

    assert {task.employee for task in Reading.objects.filter(version=version)} == {house.eve, house.sam}
    assert publishing.give_readings() == 0
