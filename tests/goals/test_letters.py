from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from goals import due
from goals.models import GapLetter
from goals.rules import coverage, letters
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from outbox.rules.sweep import settle, sweep
from people.rules.departments import found_department
from tests.factories import EmployeeFactory
from tests.factories_goals import agreed, offered, year

pytestmark = pytest.mark.django_db
URL = "/goals/coverage/write/"


@pytest.fixture
def two_teams(firm):
    """Mia's team lacks a goal, Sam's has one; Ada's (Mia) lacks one, too."""
    firm.year = year()
    firm.tom = EmployeeFactory(name="Tom", manager=firm.sam)
    agreed(firm.tom)
    offered(firm.eve)
    return firm


def raise_letters():
    sweep(due.GOALS_MISSING, clock.today())
    return sorted(
        Notice.objects.filter(over_at=None, kind="goals.goals_missing").values_list("recipient__name", flat=True)
    )


def test_hr_confirms_and_each_manager_with_a_gap_is_told_once(client, two_teams):
    client.force_login(two_teams.hedda)
    asked = client.get(URL).content.decode()
    key = uuid4()

    answers = [client.post(URL, {"uuid": key}) for _ in range(8)]
    again = client.post(URL, {"uuid": uuid4()})

    assert "Write to 2 managers with gaps?" in asked
    assert "Sam" not in asked.partition("<main")[2]
    assert {answer.status_code for answer in [*answers, again]} == {302}
    assert raise_letters() == raise_letters() == ["Ada", "Mia"]
    entries = Entry.objects.of(two_teams.year).filter(verb="year.write_to_managers")
    assert [(entry.actor, entry.data["managers"]) for entry in entries] == [(two_teams.hedda, 2)]


def test_what_is_agreed_meanwhile_is_not_spoken_of(two_teams):
    letters.write(two_teams.year, by=two_teams.hedda, key=uuid4())
    assert due.goals_missing(clock.today()).get(manager=two_teams.mia).people == 1
    raise_letters()

    agreed(two_teams.eve)
    settle(due.GOALS_MISSING, clock.today())

    assert raise_letters() == ["Ada"]


def test_a_week_later_they_may_be_written_to_again(two_teams):
    letters.write(two_teams.year, by=two_teams.hedda, key=uuid4())
    raise_letters()
    GapLetter.objects.update(at=clock.now() - timedelta(days=8))

    assert letters.write(two_teams.year, by=two_teams.hedda, key=uuid4()) == 2
    assert GapLetter.objects.count() == 2
    settle(due.GOALS_MISSING, clock.today())
    assert raise_letters() == ["Ada", "Mia"]


def test_a_partner_writes_for_their_part_alone_and_others_not_at_all(client, two_teams):
    samir = EmployeeFactory(name="Samir", hr_role="partner")
    two_teams.eve.department = found_department("Library", "LIB", by=None, hr_partner=samir)
    two_teams.eve.save()

    assert [str(one) for one in letters.to_write(samir, two_teams.year)] == ["Mia"]
    with pytest.raises(PermissionDenied):
        letters.write(two_teams.year, by=two_teams.ada, key=uuid4())
    client.force_login(two_teams.ada)
    assert client.post(URL, {"uuid": uuid4()}).status_code == 404
    assert not GapLetter.objects.exists()


def test_the_button_stands_where_something_is_missing(client, two_teams):
    coverage.count_all()
    client.force_login(two_teams.hedda)

    assert URL in client.get("/goals/coverage/").content.decode()

    assert client.post(URL, {"uuid": "nonsense"}).status_code == 422


@pytest.mark.parametrize("size", [1, 8])
def test_writing_costs_the_same_for_any_number_of_managers(two_teams, size, django_assert_max_num_queries):
    for _ in range(size):
        EmployeeFactory(manager=EmployeeFactory())

    with django_assert_max_num_queries(9):
        letters.write(two_teams.year, by=two_teams.hedda, key=uuid4())
