"""A year of many people through the rules, from an empty organisation to signed appraisals, and everything asked again.

The clock is moved; on each of its days the clockwork comes by, as beat would ring for it. Nobody is typical: some
never pick a goal, some change managers, some leave, some do not sign.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from uuid import uuid4

from appraisals.models import Appraisal, Criterion, Rating, Scheme
from appraisals.rules import calibration, rating, rolling, schemes, signing, stages
from bench.invariants import breaches
from conversations.models import OneOnOne
from conversations.rules import promises, series
from goals.models import Goal, Idea, Report, Year
from goals.rules import agreeing, offering, reporting, years
from goals.rules.notebook import Met
from goals.tasks import count_coverage, place_departments
from jobs.models import Clause, Reading
from jobs.rules import drafting, publishing, reading, ruling
from journal import clock
from journal.rules import sealing
from people.models import Department, Employee
from people.rules.departments import found_department
from people.rules.joining import join
from people.rules.leaving import hand_over_due, leave
from people.rules.line import assign_manager
from reminders.rules import sweep

SPAN = 9  # people of one manager
STATEMENTS = [
    {"text": "Answers requests within two working days.", "kind": "essential"},
    {
        "text": "Establishes and maintains productive working relationships outside the department.",
        "kind": "conduct",
        "topic": "relationships",
        "reason": "People answer faster where they know each other.",
    },
]


@dataclass
class Firm:
    """The organisation of one year: who administers HR, who leads, who is led by whom."""

    hr: Employee
    year: Year
    scheme: Scheme
    leaders: list[Employee]
    dice: Random = field(default_factory=lambda: Random(8))

    def team(self, leader: Employee) -> list[Employee]:
        return list(Employee.objects.working().filter(manager=leader).order_by("pk"))


def live(people: int) -> list[str]:
    """`people` of them, from December 2026 to March 2028. Returns what is wrong then."""
    with _on(date(2026, 12, 14)):
        firm = _found(people)
    days: list[tuple[date, Callable[[Firm], None]]] = [
        (date(2027, 1, 11), _describe),
        (date(2027, 2, 2), _read),
        (date(2027, 2, 9), _offer),
        (date(2027, 3, 1), _pick),
        (date(2027, 4, 12), _talk),
        (date(2027, 5, 20), _step),
        (date(2027, 6, 15), _move_about),
        (date(2027, 9, 14), _step),
        (date(2027, 11, 2), _answer),
        (date(2027, 12, 6), _self_review),
        (date(2027, 12, 20), _review),
        (date(2028, 1, 5), _calibrate),
        (date(2028, 1, 17), _share),
        (date(2028, 1, 24), _sign),
        (date(2028, 2, 20), _close),
    ]
    for day, deed in days:
        with _on(day):
            _clockwork()
            deed(firm)
            _clockwork()
    with _on(date(2028, 3, 2)):
        _clockwork()
        return breaches()


def _on(day: date):  # type: ignore[no-untyped-def]
    return clock.at(datetime.combine(day, time(10), UTC))


def _clockwork() -> None:
    """Everything that the beat rings for, once."""
    hand_over_due(clock.today())
    series.hand_over_due()
    series.make_all_ahead()
    reading.give_readings()
    stages.begin_due(clock.today())
    stages.lock_due(clock.today())
    rolling.tick()
    count_coverage()
    place_departments()
    sweep.settle_over()
    sweep.raise_due()
    sweep.send_waiting()
    sealing.seal()


def _found(people: int) -> Firm:
    """One at the top, leaders of nine each; a department for every three of them."""
    hr = join("Ruth Okafor", "ruth@many.example", by=None, hr_role="administrator", hired_on=date(2020, 1, 6))
    top = join("Ingrid Solberg", "ingrid@many.example", by=hr, hired_on=date(2020, 1, 6))
    leaders = []
    for number in range(max(2, people // (SPAN + 1))):
        place = Department.objects.filter(code=f"D{number // 3}").first()
        place = place or found_department(f"Department {number // 3}", f"D{number // 3}", by=hr)
        about = {"department": place, "job_title": "Office manager", "hired_on": date(2021, 3, 1)}
        leaders.append(join(f"Leader {number}", f"leader{number}@many.example", top, by=hr, **about))
    for number in range(people - len(leaders) - 2):
        leader = leaders[number % len(leaders)]
        about = {"department": leader.department, "job_title": "Assistant", "hired_on": date(2022, 3, 1)}
        join(f"Person {number}", f"person{number}@many.example", leader, by=hr, **about)
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    asked = {"name": "2027", "first_on": first, "last_on": last, "minimum": 1, "maximum": None, "share_percent": 5}
    asked |= {"agree_by_on": date(2027, 3, 15), "answer_by_on": date(2028, 1, 10)}
    year = years.open_year(asked, by=hr)
    scheme = schemes.start(schemes.begin(year, by=hr), by=hr)
    return Firm(hr, year, scheme, leaders)


def _describe(firm: Firm) -> None:
    """Each leader drafts; the one above supports; HR asks back about every third first clause, then approves."""
    for place, leader in enumerate(firm.leaders):
        version = drafting.begin("Assistant", leader.department, by=leader)
        version = drafting.write(version, version.title, STATEMENTS, by=leader, seen=version.revision)
        drafting.move(version, "offer", by=leader)
        drafting.move(version, "support", by=leader.manager, words="We have asked for this for years.")  # type: ignore[arg-type]
        first = version.clauses.earliest("position")
        if place % 3 == 0:
            ruling.rule(first, "question", by=firm.hr, seen=first.revision, words="Who asks?")
            ruling.answer(Clause.objects.get(pk=first.pk), "Everybody who orders.", by=leader)
        for clause in version.clauses.filter(state="waits"):
            ruling.rule(clause, "approved", by=firm.hr, seen=clause.revision)
        for person in firm.team(leader):
            publishing.assign(person, version.description, date(2027, 2, 1), by=firm.hr)
        publishing.publish(version, date(2027, 2, 1), by=leader)


def _read(firm: Firm) -> None:
    for row in Reading.objects.filter(acknowledged_at=None).select_related("employee", "version"):
        if firm.dice.random() < 0.9:
            reading.acknowledge(row, by=row.employee)


def _offer(firm: Firm) -> None:
    ideas = [Idea.objects.get(key=key) for key in ("rally", "lunch")]
    shapes = [offering.of_idea(idea, "Whoever knows them is answered first.") for idea in ideas]
    for leader in firm.leaders:
        offering.offer(firm.team(leader), shapes, firm.year, by=leader)


def _pick(firm: Firm) -> None:
    """Nine of ten take one of the two."""
    laid: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(state="offered").select_related("owner", "year").order_by("pk"):
        laid.setdefault(goal.owner_id, []).append(goal)
    for goals in laid.values():
        if firm.dice.random() < 0.9:
            agreeing.move(firm.dice.choice(goals), "pick", by=goals[0].owner)


def _talk(firm: Firm) -> None:
    """Every pair begins; of what was promised at the first meeting most is kept."""
    for leader in firm.leaders:
        for person in firm.team(leader):
            asked = {"weekday": 1, "at": time(10), "minutes": 30, "rhythm": "4", "place": "", "last_on": None}
            pair = series.start(leader, person, asked | {"first_on": clock.today() + timedelta(days=1)}, by=leader)
            one: OneOnOne = pair.one_on_ones.earliest("number")
            with clock.at(one.starts_at + timedelta(minutes=20)):
                made = promises.agree(one, "promise", leader, "A day at the rally.", clock.today(), by=leader)
                series.say(one, "hold", by=leader)
                if firm.dice.random() < 0.7:
                    promises.done(made, by=leader)


def _step(firm: Firm) -> None:
    """Somebody from anywhere was met: of another department mostly, of the own one now and then."""
    everybody = list(Employee.objects.working().exclude(department=None))
    for goal in Goal.objects.agreed().select_related("owner__manager", "year"):
        if firm.dice.random() < 0.2 or not goal.owner.is_active:
            continue
        people = [Met(employee=one) for one in firm.dice.sample(everybody, 2) if one.pk != goal.owner_id]
        report = reporting.log(goal, clock.today(), "At the rally.", people, by=goal.owner, key=uuid4())
        if firm.dice.random() < 0.6 and goal.owner.manager:
            reporting.confirm(report, report.version, by=goal.owner.manager)


def _move_about(firm: Firm) -> None:
    """Two change managers, one leader comes under another, two leave."""
    one, other = firm.leaders[0], firm.leaders[-1]
    for person in firm.team(one)[:2]:
        assign_manager(person, other, by=firm.hr)
    if len(firm.leaders) > 2:
        assign_manager(firm.leaders[1], other, by=firm.hr)
    for person in firm.team(other)[-2:]:
        leave(person, date(2027, 9, 30), by=firm.hr)


def _answer(firm: Firm) -> None:
    for report in Report.objects.unread().select_related("goal__owner__manager", "goal__year"):
        manager = report.goal.owner.manager
        if manager and firm.dice.random() < 0.5:
            reporting.confirm(report, report.version, by=manager)


def _listed(firm: Firm, state: str) -> list[Appraisal]:
    rows = Appraisal.objects.current().filter(scheme=firm.scheme, state=state).exclude(employee__manager=None)
    return list(rows.select_related("employee__manager", "scheme__year", "year").order_by("pk"))


def _self_review(firm: Firm) -> None:
    for one in _listed(firm, "self_review"):
        if one.employee.is_active:
            rating.write_self_review(one, {None: "I met two people."}, None, by=one.employee)
            stages.move(one, "hand_in", by=one.employee)


def _review(firm: Firm) -> None:
    rated = list(Criterion.objects.filter(section__scheme=firm.scheme, section__kind="rated"))
    for one in _listed(firm, "review"):
        chosen = [criterion for criterion in rated if firm.dice.random() < 0.9] or rated[:1]
        given = {each: (100 * firm.dice.randint(1, 5), "Two counts.") for each in chosen}
        manager = one.employee.manager
        assert manager
        rating.write_review(one, {None: "A good year."}, given, None, by=manager)
        stages.move(one, "hand_on", by=manager)


def _calibrate(firm: Firm) -> None:
    """Every tenth rating is compared and moved by whoever stands above the reviewer."""
    for one in _listed(firm, "calibration")[::10]:
        above = one.employee.manager.manager if one.employee.manager else None
        row = Rating.objects.filter(appraisal=one, criterion__section__kind="rated").first()
        if above and row:
            points = 300 if row.points != 300 else 400
            calibration.move_rating(one, row.criterion, points, "Like the other teams.", by=above)


def _share(firm: Firm) -> None:
    for one in _listed(firm, "calibration"):
        stages.move(one, "share", by=firm.hr)


def _sign(firm: Firm) -> None:
    for number, one in enumerate(_listed(firm, "shared")):
        if one.employee.is_active and number % 12:
            signing.sign(one, "It was three people." if number % 5 == 0 else "", by=one.employee)


def _close(firm: Firm) -> None:
    for one in _listed(firm, "shared"):
        signing.close(one, "Not signed by the last day.", by=firm.hr)
