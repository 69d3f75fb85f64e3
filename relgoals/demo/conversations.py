"""One-on-ones of the demo: Ana with her eight directs in full, others with counts for HR."""

from datetime import UTC, date, datetime, time, timedelta

from conversations.models import Action, OneOnOne, Series, Topic
from conversations.questions import week_of
from conversations.rules import coaching, feeds, new_dates, notes, promises, series, sheet
from journal import clock
from people.models import Employee
from relgoals.demo import conversation_texts as texts
from relgoals.demo.world import World

ANA = "Ana Duarte"
PLACES = ("Room 2.14, Harbour building", "Ana’s office", "On foot, along the quay")


def build(world: World) -> None:
    ana = world.people[ANA]
    _before(world)
    for place, name in enumerate(texts.ORDER):
        _ana_and(world, ana, world.people[name], place)
    _with_ingrid(world, ana)
    _elsewhere(world)
    _questions(world, ana)
    for name in (ANA, "Leila Benali"):
        with world.days_ago(60):
            feeds.renew(by=world.people[name])


def _workday(day: date, ahead: int) -> date:
    """The workday that comes `ahead` workdays after `day`."""
    while ahead or day.weekday() > 4:
        day += timedelta(days=1)
        if day.weekday() < 5 and ahead:
            ahead -= 1
    return day


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _start(world: World, manager: Employee, direct: Employee, coming: date, at: time, rhythm: str = "2") -> Series:
    """A series since the year began whose next one-on-one is on `coming`."""
    since = coming - timedelta(weeks=2 * ((coming - world.first()).days // 14 - 1))
    fields = {"weekday": coming.weekday(), "at": at, "minutes": 30, "rhythm": rhythm, "last_on": None}
    with clock.at(_noon(since - timedelta(days=4))):
        place = PLACES[direct.pk % len(PLACES)] if manager.name == ANA else ""
        return series.start(manager, direct, fields | {"first_on": since, "place": place}, by=manager)


def _live(
    world: World,
    pair: Series,
    until: date,
    missed: tuple[int, ...] = (),
    moved: tuple[int, ...] = (),
    done: tuple[str, ...] = (),
) -> None:
    """Let every one-on-one before a day be held, but those counted from the last: 1 is the last one before it.

    done: what was talked about on one of the last weeks.
    """
    words = list(done)
    while True:
        past = list(pair.one_on_ones.planned().filter(on__lt=until).order_by("starts_at"))
        if not past:
            break
        for one in past:
            with clock.at(one.ends_at + timedelta(minutes=5)):
                if one.on > until - timedelta(days=20):
                    _talked_about(one, words)
                series.say(one, "hold", by=pair.manager)
                series.make_ahead(pair)
    for back, one in enumerate(pair.one_on_ones.filter(state="held").order_by("-starts_at"), start=1):
        if back in missed:
            with clock.at(one.ends_at + timedelta(hours=1)):
                series.say(one, "miss", by=pair.manager)
        if back in moved:
            OneOnOne.objects.filter(pk=one.pk).update(moved=1)


def _talked_about(one: OneOnOne, words: list[str]) -> None:
    for said in words:
        topic = sheet.write(one, Topic.Part.DIRECT, Topic.Kind.TOPIC, said, by=one.series.direct)
        sheet.settle(topic, by=one.series.direct)
    words.clear()


def _ana_and(world: World, ana: Employee, direct: Employee, place: int) -> None:
    said = texts.PAIRS[direct.name]
    pair = _start(world, ana, direct, _workday(world.today, 1 + place // 2), (time(10), time(14, 30))[place % 2])
    _live(world, pair, world.today, said.missed, said.moved, said.done)
    held = list(pair.one_on_ones.filter(state="held").order_by("-starts_at"))
    for one, text in zip(held, said.shared, strict=False):
        with clock.at(one.starts_at + timedelta(minutes=12)):
            notes.share(one, "", text, by=ana)
    _agreed(held, said, ana, direct, world)
    _on_the_next(pair, said, ana, direct, world)


def _agreed(held: list[OneOnOne], said: texts.Pair, ana: Employee, direct: Employee, world: World) -> None:
    """Actions, promises, feedback and coaching of the last sheets."""
    for back, who, kind, words, due, state in said.agreed:
        one = held[back - 1]
        with clock.at(one.starts_at + timedelta(minutes=25)):
            owner = ana if who == "ana" else direct
            due_on = max(world.today + timedelta(days=due), clock.today())
            made = promises.agree(one, kind, owner, words, due_on, by=ana)
        _went_on(made, state, one, world)
    pair = held[0].series
    for back, giver, behaviour, answer in said.feedback:
        with clock.at(held[back - 1].starts_at + timedelta(minutes=40)):
            given = coaching.give(pair, dict(behaviour), by=ana if giver == "ana" else direct)
            if answer:
                coaching.answer(given, answer, by=given.receiver)
    for back, situation, chosen in said.coaching:
        with clock.at(held[back - 1].starts_at + timedelta(minutes=50)):
            note = coaching.note(pair, dict(situation), by=ana)
            for who in chosen:
                coaching.choose(note, True, by=ana if who == "ana" else direct)


def _went_on(made: Action, state: str, one: OneOnOne, world: World) -> None:
    """What became of an action or a promise that was agreed on `one`."""
    if state == "done":
        with clock.at(one.starts_at + timedelta(days=6)):
            promises.done(made, by=made.owner)
    elif state in ("asked", "moved"):
        _another_day(made, world, agreed=state == "moved")
    elif state == "repaired":
        with clock.at(one.starts_at + timedelta(days=8)):
            repair = promises.repair(made, *texts.REPAIR, by=made.owner)
        with clock.at(one.starts_at + timedelta(days=9)):
            promises.answer_repair(repair, texts.REPAIR_ANSWER, by=made.with_whom)


def _another_day(promise: Action, world: World, *, agreed: bool) -> None:
    """Another day asked for a promise: two weeks later; agreed by both, or waiting for the direct's answer."""
    words = texts.DAY_MOVED if agreed else texts.DAY_ASKED
    with world.days_ago(1):
        asked = new_dates.ask(promise, promise.due_on + timedelta(days=14), words, by=promise.series.manager)
        if agreed:
            new_dates.answer(asked, "agree", by=promise.series.direct)


def _on_the_next(pair: Series, said: texts.Pair, ana: Employee, direct: Employee, world: World) -> None:
    coming = pair.one_on_ones.planned().order_by("starts_at")[0]
    with world.days_ago(2):
        for part, kind, words in said.lines:
            by = ana if part == Topic.Part.MANAGER else direct
            sheet.write(coming, part, kind, words, by=by)
        if said.private:
            notes.keep(coming, "", said.private, by=ana)
        if said.own_private:
            notes.keep(coming, "", said.own_private, by=direct)
        if said.notes:
            notes.share(coming, "", said.notes, by=direct)
    _hopes_and_suggestions(coming, said, ana, direct, world)


def _hopes_and_suggestions(coming: OneOnOne, said: texts.Pair, ana: Employee, direct: Employee, world: World) -> None:
    for words, shared, step in said.hopes:
        with world.days_ago(40):
            hope = coaching.aspire(words, by=direct)
            if shared:
                coaching.share(hope, by=direct)
            if step:
                coaching.help_on(hope, step, world.today - timedelta(days=14), by=ana)
    for words, reply, because, days in said.suggestions:
        with world.days_ago(5):
            asked = sheet.write(coming, Topic.Part.DIRECT, Topic.Kind.SUGGESTION, words, by=direct)
            if reply:
                sheet.reply(asked, reply, because, world.today + timedelta(days=days) if days else None, by=ana)


def _before(world: World) -> None:
    """Diego worked for Viktor until the year began: their sheets stay theirs, and the series went to Ana."""
    diego, viktor, ana = (world.people[name] for name in ("Diego Quispe", "Viktor Lindgren", ANA))
    began = world.first() - timedelta(days=90)
    diego.manager = viktor  # as it was then; organisation.py has told the moves already
    Employee.objects.filter(pk=diego.pk).update(manager=viktor)
    with world.on(began):
        fields = {"weekday": 2, "at": time(9), "minutes": 30, "rhythm": "2", "last_on": None, "place": ""}
        pair = series.start(viktor, diego, fields | {"first_on": began}, by=viktor)
    _live(world, pair, world.first() - timedelta(days=20))
    first = pair.one_on_ones.filter(state="held")[0]
    with clock.at(first.starts_at + timedelta(minutes=10)):
        notes.share(first, "", texts.VIKTOR, by=viktor)
    with world.on(world.first() - timedelta(days=20)):
        series.close(pair, by=None)
    diego.manager = ana
    Employee.objects.filter(pk=diego.pk).update(manager=ana)


def _with_ingrid(world: World, ana: Employee) -> None:
    pair = _start(world, ana.manager or ana, ana, _workday(world.today, 3), time(16))
    _live(world, pair, world.today - timedelta(days=30), moved=(2,))  # of the last two nobody has said a word
    coming = pair.one_on_ones.planned().filter(on__gte=world.today).order_by("starts_at")[0]
    held = pair.one_on_ones.filter(state="held").order_by("-starts_at")[0]
    with world.days_ago(3):
        for kind, words in texts.ANA_WITH_INGRID:
            sheet.write(coming, Topic.Part.DIRECT, kind, words, by=ana)
    with clock.at(held.starts_at + timedelta(minutes=20)):
        due = max(world.today + timedelta(days=5), clock.today())
        promises.agree(held, Action.Kind.PROMISE, pair.manager, texts.INGRIDS_PROMISE, due, by=pair.manager)


def _elsewhere(world: World) -> None:
    """Once a month elsewhere: six departments with enough pairs to be counted, one with too few."""
    for code, most in (("HUM", 6), ("FIN", 5), ("LIB", 5), ("CHE", 6), ("FAC", 5), ("ITS", 2)):
        pairs = [each for each in world.in_department(code) if each.manager and each.is_active][:most]
        for place, direct in enumerate(pairs):
            _monthly(world, direct, place)


def _monthly(world: World, direct: Employee, place: int) -> None:
    manager = direct.manager
    if manager is None or not manager.is_active or Series.objects.going_on().filter(direct=direct).exists():
        return
    pair = _start(world, manager, direct, _workday(world.today, 2 + place), time(11), rhythm="4")
    _live(world, pair, world.today, missed=(2,) if place % 3 == 0 else (), moved=(1,) if place % 2 else ())


def _questions(world: World, ana: Employee) -> None:
    """What Ana answered for herself: last week, and the question of this week a year ago."""
    for days, text in ((7, texts.LAST_WEEK), (364, texts.LAST_YEAR)):
        with clock.at(_noon(day := world.today - timedelta(days=days))):
            notes.reflect(*week_of(day), "", text, by=ana)
