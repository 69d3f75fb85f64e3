from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import JSONObject
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from goals.models import Goal, Year
from journal import clock, prepared
from journal.prepared import asked, first
from outbox.models import Notice
from people.models import Employee
from tests.factories import EmployeeFactory
from tests.factories_goals import agreed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_prepared():
    prepared._statement.cache_clear()


def directs_of(manager):
    return Employee.objects.filter(manager=manager).order_by("name")


def goals_of(reader, uuid):
    return Goal.objects.visible_to(reader).filter(uuid=uuid).select_related("owner__manager", "year")


def test_asked_by_two_readers_puts_it_into_words_once_and_finds_each_ones(firm):
    found = [asked(directs_of, reader) for reader in (firm.ada, firm.mia, firm.eve)]

    assert found == [list(directs_of(reader)) for reader in (firm.ada, firm.mia, firm.eve)]
    assert found[1]
    assert found[0] != found[1]
    assert prepared._statement.cache_info().misses == 2  # one with a manager above, one without


def test_asked_gives_what_the_queryset_would(firm, django_assert_num_queries):
    goal = agreed(firm.eve)

    with django_assert_num_queries(1):
        mine = first(goals_of, firm.mia, goal.uuid)
        assert (mine, mine.owner.manager, mine.year.pk) == (goal, firm.mia, goal.year_id)
    assert first(goals_of, firm.sam, goal.uuid) is None
    assert first(goals_of, firm.mia, uuid4()) is None
    rows = asked(lambda owner: Goal.objects.filter(owner=owner).values("owner").annotate(n=Count("pk")), firm.eve.pk)
    assert rows == [{"owner": firm.eve.pk, "n": 1}]


def test_asked_by_somebody_of_hr_has_words_of_its_own(firm):
    agreed(firm.eve)
    everybody = [asked(lambda reader: Goal.objects.status_for(reader), reader) for reader in (firm.sam, firm.hedda)]

    assert [len(rows) for rows in everybody] == [0, 1]


def test_asked_takes_the_reader_of_a_request_and_lists_of_any_length(firm):
    people = [firm.ada, firm.mia, firm.eve]

    assert asked(directs_of, SimpleLazyObject(lambda: firm.mia)) == list(directs_of(firm.mia))
    for some in ([], people[:1], people[:2], people, people * 400):
        found = asked(lambda keys: Employee.objects.filter(pk__in=keys), [one.pk for one in some])
        assert {one.pk for one in found} == {one.pk for one in some}


def test_asked_on_another_day_and_in_another_zone_says_so(firm):
    def names(moment, zone):
        with clock.at(moment), timezone.override(zone):
            return asked(lambda: Employee.objects.working().filter(pk__gt=0).values_list("name", flat=True))

    Employee.objects.filter(pk=firm.sam.pk).update(left_on=datetime(2026, 3, 1, tzinfo=UTC).date())

    assert "Sam" in str(names(datetime(2026, 3, 1, 12, tzinfo=UTC), "UTC"))
    assert "Sam" not in str(names(datetime(2026, 3, 2, 12, tzinfo=UTC), "UTC"))
    assert "Sam" not in str(names(datetime(2026, 3, 1, 12, tzinfo=UTC), "Pacific/Kiritimati"))
    with translation.override("de"):
        before = prepared._statement.cache_info().misses
        names(datetime(2026, 3, 1, 12, tzinfo=UTC), "UTC")
        assert prepared._statement.cache_info().misses == before + 1


def test_asked_about_a_moment_never_keeps_the_first_one(firm):
    def new():
        return asked(lambda: Notice.objects.filter(raised_at__gt=clock.now()))

    with clock.at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        new()
        Notice.objects.create(
            kind="x", about=1, recipient=firm.eve, occasion="1", raised_at=clock.now() + timedelta(hours=1)
        )
        assert len(new()) == 1
    with clock.at(datetime(2026, 3, 1, 14, tzinfo=UTC)):
        assert new() == []


def test_asked_for_what_can_never_be_found_asks_nothing(firm, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked(lambda keys: Employee.objects.filter(pk__in=keys), []) == []


@pytest.mark.parametrize(
    "rows",
    [
        lambda reader: Employee.objects.filter(pk=reader.pk + 1),
        lambda reader: Employee.objects.all()[: reader.pk],
        lambda reader: Employee.objects.filter(Q(name=reader.name)),
        lambda reader: Employee.objects.filter(pk__in=list(Year.objects.values_list("pk", flat=True))),
    ],
    ids=["reckons", "slices", "asks for a field", "asks on the way"],
)
def test_asked_by_rules_it_cannot_keep_refuses(firm, rows):
    with pytest.raises(RuntimeError):
        asked(rows, firm.mia)


def test_asked_about_a_small_number_never_loses_it(firm):
    Notice.objects.create(kind="x", about=1, recipient=firm.eve, attempts=5)

    with suppress(RuntimeError):  # PostgreSQL's column of small numbers would leave "below two milliards" out
        assert asked(lambda number: Notice.objects.filter(attempts__lt=number), 3) == []
    assert asked(lambda number: Notice.objects.filter(attempts=number), 5) != []


def test_asked_with_values_brought_along_refuses(firm):
    mia, key = firm.mia, UUID(int=7)

    with pytest.raises(RuntimeError):
        asked(lambda: Employee.objects.filter(manager=mia))
    with pytest.raises(RuntimeError):
        asked(lambda uuid=key: Goal.objects.filter(uuid=uuid))
    assert asked(lambda boss: Employee.objects.filter(manager=boss), EmployeeFactory()) == []


def test_a_connection_may_be_new(firm):
    """SQLite is asked whether it knows JSON when a connection first needs to know: a served page did, and failed."""
    connection.features.__dict__.pop("supports_json_field", None)

    rows = asked(
        lambda one: Employee.objects.filter(pk=one.pk).values_list(JSONObject(name="name"), flat=True), firm.eve
    )

    assert rows == [{"name": "Eve"}]
