"""Northgate's appraisals: two years of Earth Sciences signed and locked, the present round at every stage.

The university looks at the half year, so the present round is under way: Leila writes her self-review, three reviews
wait for Ana, the other teams of Earth Sciences stand in calibration.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from appraisals import aggregates
from appraisals.models import Appraisal, Criterion, Evidence, Rating, Scheme
from appraisals.rules import calibration, coverage, rating, rolling, schemes, signing, stages
from goals.models import Year
from goals.rules import years
from people.models import Employee
from relgoals.demo import appraisal_texts as texts
from relgoals.demo.world import World

State = Appraisal.State


def build(world: World) -> None:
    for ago in (2, 1):
        _past(world, ago)
    scheme = _present(world)
    _anas_team(world, scheme)
    _calibrated_teams(world, scheme)
    _some_elsewhere(world, scheme)
    with world.on(world.today, 8):
        rolling.tick()


def _year(world: World, ago: int) -> Year:
    """The year as the goals' demo opened it."""
    found = Year.objects.filter(first_on=world.first(ago)).first()
    if found:
        return found
    first, last = world.first(ago), world.last(ago)
    fields = {"name": f"{first.year}/{last.year % 100:02}", "first_on": first, "last_on": last, "minimum": 1}
    fields |= {"maximum": None, "share_percent": 5, "agree_by_on": first + timedelta(days=75)}
    with world.on(first - timedelta(days=30)):
        return years.open_year(fields | {"answer_by_on": last + timedelta(days=14)}, by=world.people["Ruth Okafor"])


def _past(world: World, ago: int) -> None:
    """Earth Sciences alone, from the first day to the lock."""
    ruth, year = world.people["Ruth Okafor"], _year(world, ago)
    with world.on(year.first_on):
        scheme = schemes.begin(year, by=ruth)
        scheme.departments.set([world.departments["EAR"]])
        schemes.start(scheme, by=ruth)
    with world.on(scheme.self_review_on):
        stages.begin_due(scheme.self_review_on)
    listed = list(scheme.appraisals.select_related("employee__manager", "scheme__year", "year").order_by("pk"))
    listed = [one for one in listed if one.employee.manager]
    for number, appraisal in enumerate(listed):
        _written(world, appraisal, number + ago, scheme.review_on - timedelta(days=1))
        _reviewed(world, appraisal, number + ago, scheme.calibration_on - timedelta(days=3))
    for number, appraisal in enumerate(listed):
        if number % 11 == 5:
            _moved(world, appraisal, scheme.calibration_on)
        with world.on(scheme.share_on):
            stages.move(appraisal, "share", by=ruth)
        with world.on(scheme.share_on + timedelta(days=3 + number % 9)):
            answer = texts.ANSWERS[number % len(texts.ANSWERS)] if number % 6 == 2 else ""
            signing.sign(appraisal, answer, by=appraisal.employee)
    with world.on(min(scheme.lock_on, world.today)):
        stages.lock_due(scheme.lock_on)
        aggregates.aggregate(scheme)


def _present(world: World) -> Scheme:
    ruth, year = world.people["Ruth Okafor"], _year(world, 0)
    with world.on(year.first_on):
        scheme = schemes.begin(year, by=ruth)
        scheme.departments.clear()
        today = world.today
        days = {"self_review_on": -14, "review_on": -3, "calibration_on": 11, "share_on": 21}
        days |= {"sign_by_on": 35, "lock_on": 60}
        stages_on = {name: today + timedelta(days=number) for name, number in days.items()}
        schemes.revise(scheme, stages_on, by=ruth)
        schemes.start(scheme, by=ruth)
    with world.on(world.today - timedelta(days=40)):
        _weights_changed(scheme, ruth)
    with world.on(scheme.self_review_on):
        coverage.cover(scheme)
        stages.begin_due(scheme.self_review_on)
    return scheme


def _weights_changed(scheme: Scheme, ruth: Employee) -> None:
    rows = list(scheme.sections.exclude(kind="relationship").order_by("position"))
    now = {"Job results": (62, 47), "Teamwork and professional behaviour": (18, 13)}
    weights = [(s, s.name, *now.get(s.name, (s.weight or 0, s.weight_leading or 0))) for s in rows]
    schemes.weigh(scheme, weights, texts.WHY_WEIGHTS, by=ruth)


def _anas_team(world: World, scheme: Scheme) -> None:
    ana, today = world.people["Ana Duarte"], world.today
    mine = {one.employee.name: one for one in _of(scheme, world.team_of(ana))}
    with world.on(today - timedelta(days=6)):
        some = list(scheme.sections.all())[:2]
        said: dict[int | None, str] = {some[0].pk: texts.LEILA[0], some[1].pk: texts.LEILA[1]}
        rating.write_self_review(mine["Leila Benali"], said, None, by=world.people["Leila Benali"])
    for number, name in enumerate(["Marcus Oyelaran", "Priya Raman", "Tomasz Wieczorek"]):
        _written(world, mine[name], number, today - timedelta(days=4 - number))
    _half_reviewed(world, mine["Tomasz Wieczorek"], ana)
    for number, name in enumerate(["Jun Watanabe", "Sofia Lindqvist", "Hannah Fairweather"]):
        _written(world, mine[name], number + 3, today - timedelta(days=8))
        _reviewed(world, mine[name], number + 3, today - timedelta(days=2))
    with world.on(today - timedelta(days=1)):
        stages.move(mine["Hannah Fairweather"], "share", by=world.people["Ruth Okafor"])
    with world.on(today - timedelta(days=5)):
        viktor = world.people["Viktor Lindgren"]
        asked = rating.ask_for_words(mine["Diego Quispe"], viktor, by=ana)
        rating.write_words(asked, texts.VIKTOR, None, hand_on=True, by=viktor)


def _calibrated_teams(world: World, scheme: Scheme) -> None:
    """Viktor's, Miriam's and Kofi's people, reviewed and waiting for the comparison."""
    for name in ("Viktor Lindgren", "Miriam Adler", "Kofi Boateng"):
        for number, appraisal in enumerate(_of(scheme, world.team_of(world.people[name]))):
            if number % 8 == 7:
                continue
            _written(world, appraisal, number + len(name), world.today - timedelta(days=7))
            _reviewed(world, appraisal, number + len(name), world.today - timedelta(days=2))
            if number == 1:
                _moved(world, appraisal, world.today - timedelta(days=1))


def _some_elsewhere(world: World, scheme: Scheme) -> None:
    """Every third person of three more departments has handed in."""
    for code in ("LIB", "CHE", "INT"):
        people = [person for person in world.in_department(code) if person.manager_id and person.left_on is None]
        for number, appraisal in enumerate(_of(scheme, people[::3])):
            _written(world, appraisal, number, world.today - timedelta(days=3))


def _of(scheme: Scheme, people: Sequence[Employee]) -> list[Appraisal]:
    rows = Appraisal.objects.filter(scheme=scheme, employee__in=people, replaced_at=None)
    return list(rows.select_related("employee__manager", "scheme__year", "year").order_by("employee__name"))


def _written(world: World, appraisal: Appraisal, number: int, day: date) -> None:
    sections = [section for section in appraisal.scheme.sections.all() if section.kind != "engaging"]
    said = {s.pk: texts.SELF[(number + place) % len(texts.SELF)] for place, s in enumerate(sections[: 2 + number % 2])}
    with world.on(day, 15):
        rating.write_self_review(appraisal, said | {None: texts.WHOLE[number % 3]}, None, by=appraisal.employee)
        stages.move(appraisal, "hand_in", by=appraisal.employee)


def _criteria(appraisal: Appraisal) -> list[Criterion]:
    listed = Criterion.objects.filter(section__scheme=appraisal.scheme).exclude(section__kind="relationship")
    if not appraisal.leads:
        listed = listed.exclude(section__kind="engaging")
    return list(listed.order_by("section__position", "position"))


def _reviewed(world: World, appraisal: Appraisal, number: int, day: date) -> None:
    """Rated by the manager with evidence and words; every seventh person's development is left out."""
    manager = appraisal.employee.manager
    assert manager is not None  # noqa: S101 those without are not listed
    listed = _criteria(appraisal)
    if number % 7 == 3:
        listed = [criterion for criterion in listed if criterion.section.name != "Development"]
    with world.on(day, 11):
        for place, criterion in enumerate(listed[:3]):
            if (number + place) % 2 == 0:
                happened = day - timedelta(days=30 + 7 * place)
                fact = {"label": texts.FACTS[(number + place) % len(texts.FACTS)], "happened_on": happened}
                rating.attach(appraisal, criterion, fact, by=manager)
        given = {
            criterion: (_rated(number, place), texts.BASIS[(number + place) % 5])
            for place, criterion in enumerate(listed)
        }
        said: dict[int | None, str] = {None: texts.MANAGER[number % len(texts.MANAGER)]}
        rating.write_review(appraisal, said, given, None, by=manager)
        stages.move(appraisal, "hand_on", by=manager)


def _rated(number: int, place: int) -> int:
    """Everybody around a middle of their own, so that a team has a distribution."""
    middle = texts.MIDDLES[number % len(texts.MIDDLES)]
    return min(500, max(100, middle + (-100, 0, 0, 100, 0)[(number + place * 3) % 5]))


def _half_reviewed(world: World, appraisal: Appraisal, ana: Employee) -> None:
    """Tomasz's: one criterion rated, a fact of his own waiting to be accepted."""
    first, second = _criteria(appraisal)[:2]
    with world.on(world.today - timedelta(days=1), 9):
        Evidence.objects.create(
            appraisal=appraisal,
            criterion=second,
            label=texts.FACTS[1],
            happened_on=world.today - timedelta(days=50),
            by=appraisal.employee,
        )
        rating.write_review(appraisal, {}, {first: (400, texts.BASIS[0])}, None, by=ana)


def _moved(world: World, appraisal: Appraisal, day: date) -> None:
    """One rating, moved by the manager above with words."""
    criterion = _criteria(appraisal)[1]
    above = appraisal.employee.manager.manager if appraisal.employee.manager else None
    now = Rating.objects.filter(appraisal=appraisal, criterion=criterion).values_list("points", flat=True).first()
    if above is None or now is None:
        return
    with world.on(day, 14):
        calibration.move_rating(appraisal, criterion, 300 if now != 300 else 400, texts.MOVED, by=above)
