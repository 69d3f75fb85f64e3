"""Start, change, move, held or missed, close and hand over: each with its traces and each refusal."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from conversations.models import OneOnOne, Series, Topic
from conversations.rules import series as rules
from conversations.rules import sheet
from journal import clock
from journal.models import Entry
from outbox.models import Notice
from people.rules.leaving import leave
from people.rules.line import assign_manager
from tests.factories_conversations import MONDAY_MORNING, series_of, sheet_of, times, topic, when


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY_MORNING):
        yield


def test_start_makes_the_one_on_ones_of_eight_weeks_and_tells_the_direct(firm):
    made = series_of(firm.mia, firm.eve)

    days = list(made.one_on_ones.values_list("on", flat=True))
    assert days == [date(2026, 3, 3) + timedelta(weeks=n) for n in range(8)]
    assert list(made.one_on_ones.values_list("number", flat=True)) == list(range(1, 9))
    assert [entry.verb for entry in Entry.objects.of(made)] == ["series.start"]
    assert [(n.kind, n.recipient_id) for n in Notice.objects.all()] == [("conversations.started", firm.eve.pk)]


def test_start_twice_with_one_uuid_finds_the_first(firm):
    uuid = "5e4c1c52-7a7c-4c58-9a34-6c1c3a3f0a11"
    made = [rules.start(firm.mia, firm.eve, times(), by=firm.mia, uuid=uuid) for _ in range(2)]

    assert made[0] == made[1]
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 600}, "minutes"),
        ({"first_on": date(2026, 3, 1)}, "first_on"),
        ({"first_on": date(2030, 3, 1)}, "first_on"),
        ({"rhythm": "0"}, "rhythm"),
        ({"rhythm": "daily"}, "rhythm"),
        ({"last_on": date(2217, 11, 1)}, "last_on"),
        ({"last_on": date(2026, 3, 2)}, "last_on"),
    ],
)
def test_start_refuses_in_words(firm, fields, field):
    with pytest.raises(ValidationError) as refused:
        series_of(firm.mia, firm.eve, **fields)

    assert list(refused.value.message_dict) == [field]
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    ("manager", "direct", "code"),
    [
        ("mia", "mia", "A one-on-one takes two"),
        ("mia", "sam", "Sam does not report"),
        ("ada", "eve", "Eve does not report"),
    ],
)
def test_start_is_for_ones_own_directs(firm, manager, direct, code):
    with pytest.raises(ValidationError) as refused:
        series_of(getattr(firm, manager), getattr(firm, direct))

    assert refused.value.message_dict["direct"][0].startswith(code)


def test_start_refuses_a_second_series_and_somebody_elses(firm):
    series_of(firm.mia, firm.eve)
    with pytest.raises(ValidationError, match="already"):
        series_of(firm.mia, firm.eve)
    with pytest.raises(PermissionDenied):
        rules.start(firm.mia, firm.eve, times(), by=firm.eve)


def test_ten_o_clock_stays_ten_o_clock_over_the_change_of_clocks(firm):
    firm.mia.time_zone = "Europe/Berlin"
    made = series_of(firm.mia, firm.eve)

    moments = dict(made.one_on_ones.values_list("on", "starts_at"))
    assert moments[date(2026, 3, 24)] == datetime(2026, 3, 24, 9, tzinfo=UTC)
    assert moments[date(2026, 3, 31)] == datetime(2026, 3, 31, 8, tzinfo=UTC)


def test_make_ahead_twice_makes_none_twice_and_goes_on_each_week(firm):
    made = series_of(firm.mia, firm.eve)
    assert rules.make_all_ahead() == 0

    with clock.at(MONDAY_MORNING + timedelta(weeks=3)):
        assert rules.make_all_ahead() == 3
        assert rules.make_all_ahead() == 0

    assert made.one_on_ones.count() == 11
    assert made.one_on_ones.values("planned_on").distinct().count() == 11


def test_rare_ones_are_made_two_ahead_and_none_beyond_the_last_date(firm):
    made = series_of(firm.mia, firm.eve, rhythm="month", first_on=date(2026, 7, 6))
    assert made.one_on_ones.count() == 2

    ending = series_of(firm.ada, firm.mia, last_on=date(2026, 3, 17))
    assert ending.one_on_ones.count() == 3


def test_revise_gives_what_is_to_come_its_new_times_and_leaves_what_was_moved(firm):
    made = series_of(firm.mia, firm.eve)
    moved = made.one_on_ones.get(number=2)
    rules.move(moved, date(2026, 3, 12), time(15), by=firm.eve)
    made.refresh_from_db()

    fields = times(weekday=3, at=time(9), minutes=45)
    rules.revise(made, fields, made.version, by=firm.mia)

    rows = list(made.one_on_ones.order_by("number").values_list("number", "on", "minutes")[:3])
    assert rows == [(1, date(2026, 3, 5), 45), (2, date(2026, 3, 12), 30), (3, date(2026, 3, 12), 45)]


def test_move_is_not_missed_and_the_other_is_told(firm):
    one = sheet_of(firm.mia, firm.eve)
    rules.move(one, date(2026, 3, 5), time(14), one.version, by=firm.eve)

    assert (one.state, one.moved, one.on, one.starts_at.hour) == ("planned", 1, date(2026, 3, 5), 14)
    told = Notice.objects.get(kind="conversations.moved")
    assert told.recipient_id == firm.mia.pk


@pytest.mark.parametrize(
    ("on", "at", "code"),
    [
        (date(2026, 3, 2), time(7), "That moment has passed"),
        (date(2029, 1, 1), time(10), "Choose a day within a year"),
        (date(2026, 3, 3), time(10), "It takes place then already"),
    ],
)
def test_move_refuses(firm, on, at, code):
    one = sheet_of(firm.mia, firm.eve)
    with pytest.raises(ValidationError) as refused:
        rules.move(one, on, at, by=firm.mia)

    assert refused.value.message_dict["on"][0].startswith(code)


def test_move_from_an_old_page_overwrites_nothing(firm):
    one = sheet_of(firm.mia, firm.eve)
    rules.move(one, date(2026, 3, 5), time(14), 0, by=firm.eve)
    with pytest.raises(ValidationError) as refused:
        rules.move(OneOnOne.objects.get(pk=one.pk), date(2026, 3, 6), time(14), 0, by=firm.mia)

    assert refused.value.code == "changed_meanwhile"
    one.refresh_from_db()
    assert one.on == date(2026, 3, 5)


@pytest.mark.parametrize("stranger", ["ada", "sam", "hedda"])
def test_nobody_else_moves_says_or_begins(firm, stranger):
    one, by = sheet_of(firm.mia, firm.eve), getattr(firm, stranger)
    with when(one, 31):
        for deed in (
            lambda: rules.move(one, date(2026, 3, 9), time(10), by=by),
            lambda: rules.say(one, "hold", by=by),
            lambda: rules.begin_part(one, by=by),
            lambda: rules.close(one.series, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed()
        assert rules.moves_open_to(by, one) == {}


@pytest.mark.parametrize("minutes", [-1, 1, 31])
@pytest.mark.parametrize("state", OneOnOne.State.values)
@pytest.mark.parametrize("reader", ["mia", "eve", "ada"])
def test_offered_moves_are_the_accepted_ones(firm, minutes, state, reader):
    one, by = sheet_of(firm.mia, firm.eve), getattr(firm, reader)
    OneOnOne.objects.filter(pk=one.pk).update(state=state)
    with when(one, minutes):
        one.refresh_from_db()
        offered = set(rules.moves_open_to(by, one))
        accepted = set()
        for name in rules.MOVES:
            OneOnOne.objects.filter(pk=one.pk).update(state=state, said_at=None)
            one.refresh_from_db()
            try:
                rules.say(one, name, by=by)
                accepted.add(name)
            except (PermissionDenied, ValidationError):
                pass

    assert offered == accepted


def test_held_carries_what_is_open_on_and_shows_the_managers_part(firm):
    one = sheet_of(firm.mia, firm.eve)
    open_one, settled, theirs = topic(one, firm.eve), topic(one, firm.eve, "Done."), topic(one, firm.mia, "Thanks.")
    sheet.settle(settled, by=firm.eve)
    assert list(Topic.objects.visible_to(firm.eve)) == [open_one, settled]

    with when(one, 20):
        rules.say(one, "hold", by=firm.eve)

    following = one.series.one_on_ones.get(number=2)
    assert set(following.topics.all()) == {open_one, theirs}
    assert set(Topic.objects.visible_to(firm.eve)) == {open_one, settled, theirs}
    assert one.manager_part_at is not None


def test_missed_carries_on_and_keeps_the_managers_part_unseen(firm):
    one = sheet_of(firm.mia, firm.eve)
    theirs = topic(one, firm.mia, "Thanks.")
    with when(one, 31):
        rules.say(one, "miss", by=firm.eve)

    theirs.refresh_from_db()
    assert theirs.sheet == one.series.one_on_ones.get(number=2)
    assert not Topic.objects.visible_to(firm.eve).exists()


def test_begin_part_is_the_managers_and_shows_their_topics(firm):
    one = sheet_of(firm.mia, firm.eve)
    theirs = topic(one, firm.mia, "Thanks.")
    with pytest.raises(PermissionDenied):
        rules.begin_part(one, by=firm.eve)
    assert not Topic.objects.visible_to(firm.eve).exists()

    for _ in range(2):
        rules.begin_part(one, by=firm.mia)

    later = topic(one, firm.mia, "One more.")
    assert list(Topic.objects.visible_to(firm.eve)) == [theirs, later]
    assert [e.verb for e in Entry.objects.of(one)] == ["one_on_one.begin_part"]


def test_another_manager_closes_the_series_and_opens_the_same_with_the_new_one(firm):
    made = series_of(firm.mia, firm.eve, at=time(15, 30), minutes=40)
    one = made.one_on_ones.first()
    topic(one, firm.eve)
    assign_manager(firm.eve, firm.sam, by=None)
    assert not OneOnOne.objects.editable_by(firm.mia).exists()  # rights end before the sweep comes
    assert OneOnOne.objects.visible_to(firm.mia).exists()

    assert rules.hand_over_due() == 1
    assert rules.hand_over_due() == 0

    made.refresh_from_db()
    assert made.closed_on == date(2026, 3, 2)
    assert set(made.one_on_ones.values_list("state", flat=True)) == {"dropped"}
    new = Series.objects.going_on().get()
    assert (new.manager, new.direct, new.at, new.minutes, new.weekday) == (firm.sam, firm.eve, time(15, 30), 40, 1)
    assert not Series.objects.visible_to(firm.sam).filter(pk=made.pk).exists()  # the old notes stay with the two
    assert Topic.objects.visible_to(firm.mia).count() == 1


def test_whoever_leaves_has_their_series_closed(firm):
    series_of(firm.mia, firm.eve)
    leave(firm.eve, date(2026, 3, 3), by=None)
    with clock.at(MONDAY_MORNING + timedelta(days=2)):
        rules.hand_over_due()

    assert not Series.objects.going_on().exists()


@pytest.mark.parametrize(
    ("reader", "sees"), [("mia", True), ("eve", True), ("ada", False), ("sam", False), ("hedda", False)]
)
def test_only_the_two_see(firm, reader, sees):
    one = sheet_of(firm.mia, firm.eve)
    topic(one, firm.eve)
    user = getattr(firm, reader)

    assert Series.objects.visible_to(user).exists() == sees
    assert OneOnOne.objects.visible_to(user).exists() == sees
    assert Topic.objects.visible_to(user).exists() == sees


def test_what_passed_in_silence_hands_its_open_lines_on(firm, client):
    one = sheet_of(firm.mia, firm.eve)
    line = topic(one, firm.eve)
    with clock.at(MONDAY_MORNING + timedelta(days=2)):
        rules.make_all_ahead()
        line.refresh_from_db()
        assert line.sheet == one  # yesterday's: somebody may still say that it was held
    with clock.at(MONDAY_MORNING + timedelta(days=4)):
        rules.make_all_ahead()
        line.refresh_from_db()
        assert line.sheet.number == 2
        client.force_login(firm.eve)
        assert "A later one" not in client.get(line.sheet.get_absolute_url()).content.decode()
