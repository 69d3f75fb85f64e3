"""Northgate's goals: a year half done in every department, two years before it in Earth Sciences.

Ana Duarte's team stands as her board shows it; the other teams of Earth Sciences hold every state there is.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from goals.models import Goal, Idea, Offer, Report, Year
from goals.rules import agreeing, offering, reasons, reporting, revising, years
from goals.rules.clauses import covering, fitting
from goals.rules.notebook import Met
from people.models import Employee
from relgoals.demo import goal_texts as texts
from relgoals.demo.world import World

State = Goal.State
OFFERED, PICKED = 12, 19  # days after the year began


def build(world: World) -> None:
    for ago in (2, 1, 0):
        _open(world, ago)
    for ago in (2, 1):
        _past(world, ago)
    _anas_team(world)
    _every_state(world)
    _others(world)


def year_of(world: World, ago: int = 0) -> Year:
    return Year.objects.get(first_on=world.first(ago))


def shape(key: str, because: str = "", **fields: Any) -> dict[str, Any]:
    """What a goal made of an idea of the catalogue starts with."""
    return offering.of_idea(Idea.objects.get(key=key), because or texts.BECAUSE[0]) | fields


def offered(world: World, owner: Employee, day: date, *shapes: dict[str, Any], ago: int = 0) -> list[Goal]:
    """What `owner`'s manager lays before them on a day; drafts where no clause covers them."""
    manager = world.people[owner.manager.name] if owner.manager else owner
    with world.on(day):
        offering.offer([owner], shapes, year_of(world, ago), by=manager)
    laid = Goal.objects.filter(owner=owner, year=year_of(world, ago), state__in=[State.OFFERED, State.DRAFT])
    return list(laid.exclude(author=owner).order_by("pk"))


def agreed(world: World, owner: Employee, day: date, *shapes: dict[str, Any], ago: int = 0) -> Goal:
    """Offered on a day, the first of it picked a week later."""
    goal = offered(world, owner, day, *shapes, ago=ago)[0]
    with world.on(day + timedelta(days=7), 15):
        return agreeing.move(goal, "pick", by=owner)


def step(world: World, goal: Goal, day: date, what: str, *met: Met, read: bool = True) -> Report:
    """A reported step; read: the manager has confirmed it two days later."""
    day = min(day, world.today)
    with world.on(day, 16):
        report = reporting.log(goal, day, what, met, by=goal.owner, key=uuid4())
    if read and goal.owner.manager and day < world.today:
        with world.on(min(day + timedelta(days=2), world.today), 9):
            reporting.confirm(report, report.version, by=goal.owner.manager)
    return report


def _lead(owner: Employee) -> Employee:
    return owner.manager or owner


def _open(world: World, ago: int) -> None:
    first, last = world.first(ago), world.last(ago)
    fields = {
        "name": f"{first.year}/{last.year % 100:02}" if first.year != last.year else str(first.year),
        "first_on": first,
        "last_on": last,
        "minimum": 1,
        "maximum": None,
        "share_percent": 5,
        "agree_by_on": first + timedelta(days=75),
        "answer_by_on": last + timedelta(days=14),
    }
    with world.on(first - timedelta(days=30)):
        years.open_year(fields, by=world.people["Ruth Okafor"])


def _somewhere_else(world: World, owner: Employee, number: int) -> Met:
    """A colleague of another department, another one for each number."""
    codes = [
        code for code in ("REG", "ITS", "STU", "LIB", "INT", "CHE") if world.departments[code].pk != owner.department_id
    ]
    people = [person for person in world.in_department(codes[number % len(codes)]) if person.left_on is None]
    return Met(employee=people[(owner.pk + number) % len(people)])


def _walk(world: World, goal: Goal, key: str, days: Sequence[date], read: int = 99) -> None:
    """One step of the idea's on each day, all of them but the last ones read."""
    for number, day in enumerate(days):
        what, with_somebody = texts.STEPS[key][number % len(texts.STEPS[key])]
        met = [_somewhere_else(world, goal.owner, number + goal.pk)] if with_somebody else []
        step(
            world,
            goal,
            day,
            what if number < len(texts.STEPS[key]) else f"{what} ({number + 1})",
            *met,
            read=number < read,
        )


def _past(world: World, ago: int) -> None:
    """Earth Sciences, in an earlier year: whoever had a clause by then did something; a few did not finish."""
    first = world.first(ago)
    people = [person for person in world.in_department("EAR") if person.manager_id]
    with world.on(first + timedelta(days=70)):
        clauses = covering(people)
    for number, owner in enumerate(people):
        if fitting(clauses[owner.pk]) is None:
            continue
        key = texts.OFTEN[(number + 3 * ago) % len(texts.OFTEN)]
        goal = agreed(world, owner, first + timedelta(days=70), shape(key, texts.BECAUSE[number % 4]), ago=ago)
        wanted = goal.target - (1 if number % 9 == 4 and goal.target > 1 else 0)
        _walk(world, goal, key, [first + timedelta(days=110 + 30 * n) for n in range(wanted)])


def _anas_team(world: World) -> None:
    ana, first = world.people["Ana Duarte"], world.first()
    own = agreed(world, ana, first + timedelta(days=5), shape("rally"))
    _walk(world, own, "rally", [first + timedelta(days=70), first + timedelta(days=71)])
    own = agreed(
        world, ana, first + timedelta(days=20), shape("put-on-event", parameters={"title": "Rocks for everybody"})
    )
    own = agreed(world, ana, first + timedelta(days=30), shape("charity"))
    _walk(world, own, "charity", [first + timedelta(days=110)])
    _leila(world)
    _marcus(world)
    person, day = world.people, first + timedelta(days=OFFERED)
    agreed(world, person["Priya Raman"], day, shape("lunch"))
    near = {"due_on": world.today + timedelta(days=3), "parameters": {"count": 2, "elsewhere": True}}
    tomasz = agreed(world, person["Tomasz Wieczorek"], day, shape("new-building", texts.BECAUSE[2], **near))
    _walk(world, tomasz, "new-building", [world.today - timedelta(days=38)])
    four = [shape(key) for key in ("lunch", "deliveries", "staff-events", "charity")]
    offered(world, person["Jun Watanabe"], world.today - timedelta(days=14), *four)
    group = {"group": "Appreciation committee", "role": "Games", "count": 4}
    sofia = agreed(world, person["Sofia Lindqvist"], day, shape("appreciation-committee", parameters=group))
    _walk(world, sofia, "appreciation-committee", [first + timedelta(days=40 + 35 * n) for n in range(3)])
    event = {"title": "Rocks under the microscope", "event_on": (world.today + timedelta(days=45)).isoformat()}
    agreed(world, person["Diego Quispe"], day, shape("put-on-event", parameters=event | {"audience": "All staff"}))
    hannah = agreed(world, person["Hannah Fairweather"], day, shape("student-group", texts.BECAUSE[3]))
    _walk(world, hannah, "student-group", [first + timedelta(days=50 + 30 * n) for n in range(3)])


def _leila(world: World) -> None:
    """The direct of the tour: one goal half done, one done and not read yet."""
    leila, first = world.people["Leila Benali"], world.first()
    rally = agreed(world, leila, first + timedelta(days=OFFERED), shape("rally"), shape("charity"))
    clerk = next(one for one in world.in_department("REG") if one.job_title == "Records clerk")
    step(world, rally, world.today - timedelta(days=20), "We compared how long a form takes.", Met(employee=clerk))
    beside = next(one for one in world.in_department("EAR") if one.job_title == "Data technician")
    step(world, rally, world.today - timedelta(days=20), "At the coffee stand.", Met(employee=beside))
    with world.on(first + timedelta(days=40)):
        lunch = shape("lunch") | {"clause": rally.clause}
        goal = revising.draft(leila, year_of(world), lunch, by=leila, uuid=uuid4())
        agreeing.move(goal, "propose", by=leila)
    with world.on(first + timedelta(days=42)):
        agreeing.move(goal, "agree", by=world.people["Ana Duarte"])
    peer = next(one for one in world.in_department("INT") if one.job_title == "Administrative assistant")
    step(
        world,
        goal,
        world.today - timedelta(days=3),
        "Lunch at Carla’s; they answer visa letters in a day.",
        Met(employee=peer),
        read=False,
    )


def _marcus(world: World) -> None:
    """Ten deliveries were offered, he made six of it; a reason came later; one person twice."""
    marcus, ana, first = world.people["Marcus Oyelaran"], world.people["Ana Duarte"], world.first()
    ten = shape(
        "deliveries",
        behaviour="Make ten deliveries to other offices in person",
        parameters={"count": 10, "people": True},
    )
    four = [ten, shape("lunch"), shape("rally"), shape("charity")]
    goal = offered(world, marcus, first + timedelta(days=OFFERED), *four)[0]
    with world.on(first + timedelta(days=PICKED)):
        six = {
            "behaviour": "Make six deliveries to other offices in person",
            "parameters": {"count": 6, "people": True},
        }
        revising.revise(goal, six, by=marcus)
    with world.on(first + timedelta(days=PICKED + 2)):
        agreeing.move(goal, "agree", by=ana)
    span = (world.today - first).days - PICKED - 4
    known: dict[str, Met] = {}
    for ago, code, what, job in texts.MARCUS:
        fitting_ones = [one for one in world.in_department(code) if one.job_title == job] or world.in_department(code)
        met = known.setdefault(code, Met(employee=fitting_ones[0]))
        step(world, goal, world.today - timedelta(days=ago * span // 190), what, met, read=ago > 0)
    with world.days_ago(23):
        reasons.add_reason(goal, texts.LATER, by=ana, uuid=uuid4())


def _every_state(world: World) -> None:
    """The teams beside Ana's: whatever a goal can be, somebody's is."""
    first, ana = world.first(), world.people["Ana Duarte"]
    ours = [one for one in world.in_department("EAR") if one.manager_id not in (None, ana.pk) and one.pk != ana.pk]
    with world.on(world.today):
        clauses = covering(ours)
    ours = [one for one in ours if fitting(clauses[one.pk]) and one.manager and one.manager.name != "Ingrid Solberg"]
    deeds = [
        _proposed,
        _sent_back,
        _own_draft,
        _doubted,
        _change_waits,
        _other_wanted,
        _withdrawn,
        _overdue,
        _without_reason,
    ]
    for owner, deed in zip(ours, deeds, strict=False):
        deed(world, owner, first + timedelta(days=OFFERED))


def _own(world: World, owner: Employee, key: str, day: date, **fields: Any) -> Goal:
    with world.on(day):
        clause = fitting(covering([owner])[owner.pk])
        return revising.draft(owner, year_of(world), shape(key, **fields) | {"clause": clause}, by=owner, uuid=uuid4())


def _proposed(world: World, owner: Employee, day: date) -> None:
    goal = _own(world, owner, "staff-events", world.today - timedelta(days=4))
    with world.days_ago(4, 11):
        agreeing.move(goal, "propose", by=owner)


def _without_reason(world: World, owner: Employee, day: date) -> None:
    goal = _own(world, owner, "charity", world.today - timedelta(days=6))
    Goal.objects.filter(pk=goal.pk).update(because="")
    goal.refresh_from_db()
    with world.days_ago(5):
        agreeing.move(goal, "propose", by=owner)


def _sent_back(world: World, owner: Employee, day: date) -> None:
    words = "Meet more people from other departments"
    goal = _own(world, owner, "rally", world.today - timedelta(days=12), behaviour=words)
    with world.days_ago(12, 11):
        agreeing.move(goal, "propose", by=owner)
    with world.days_ago(9):
        agreeing.move(goal, "send_back", by=_lead(owner), words="How many, and by when? Two would do.")


def _own_draft(world: World, owner: Employee, day: date) -> None:
    _own(world, owner, "put-on-event", world.today - timedelta(days=2))


def _doubted(world: World, owner: Employee, day: date) -> None:
    goal = agreed(world, owner, day, shape("development-committee"))
    with world.days_ago(7):
        reasons.doubt(goal, by=owner)


def _change_waits(world: World, owner: Employee, day: date) -> None:
    goal = agreed(world, owner, day, shape("deliveries"))
    _walk(world, goal, "deliveries", [day + timedelta(days=30), day + timedelta(days=60)])
    with world.days_ago(3):
        fewer = {"behaviour": "Make four deliveries in person", "parameters": {"count": 4}}
        revising.ask_change(goal, fewer, by=owner, words="The van is gone; six will not come together.", uuid=uuid4())


def _other_wanted(world: World, owner: Employee, day: date) -> None:
    goal = offered(world, owner, world.today - timedelta(days=20), shape("put-on-event"))[0]
    with world.days_ago(6):
        offering.ask_other(Offer.objects.get(goals=goal), by=owner)


def _withdrawn(world: World, owner: Employee, day: date) -> None:
    goal = agreed(world, owner, day, shape("student-group"))
    with world.on(day + timedelta(days=40)):
        words = "The group was dissolved in summer."
        turn = revising.ask_change(goal, {"state": "withdrawn"}, by=owner, words=words, uuid=uuid4())
    with world.on(day + timedelta(days=42)):
        revising.answer_change(turn, "agreed", by=_lead(owner))


def _overdue(world: World, owner: Employee, day: date) -> None:
    goal = agreed(world, owner, day, shape("new-building", due_on=world.today - timedelta(days=6)))
    _walk(world, goal, "new-building", [day + timedelta(days=50)])


def _others(world: World) -> None:
    """Every other team: offered on one screen, most have picked, and are more or less far."""
    today_year = year_of(world)
    day = world.first() + timedelta(days=OFFERED)
    leaders = [person for person in world.people.values() if world.team_of(person) and person.name != "Ana Duarte"]
    for place, leader in enumerate(sorted(leaders, key=lambda person: person.name)):
        team = [one for one in world.team_of(leader) if one.left_on is None]
        busy = set(Goal.objects.of_year(today_year).filter(owner__in=team).values_list("owner", flat=True))
        team = [one for one in team if one.pk not in busy and (one.hired_on or day) < day]
        if not team or (
            team[0].department_id in (world.departments["FAC"].pk, world.departments["FIN"].pk) and place % 3
        ):
            continue
        keys = [texts.OFTEN[(place + n) % len(texts.OFTEN)] for n in range(2)]
        with world.on(day):
            offering.offer(team, [shape(key, texts.BECAUSE[place % 4]) for key in keys], today_year, by=leader)
        for number, owner in enumerate(team):
            _one_of_many(world, owner, keys, number + place)


def _one_of_many(world: World, owner: Employee, keys: list[str], number: int) -> None:
    goals = list(Goal.objects.filter(owner=owner, state=State.OFFERED).order_by("pk"))
    if not goals or number % 7 == 6:
        return  # has not answered yet
    goal, key = goals[number % 2], keys[number % 2]
    with world.on(world.first() + timedelta(days=PICKED + number % 9)):
        agreeing.move(goal, "pick", by=owner)
    far = number % 5
    steps = {0: 0, 1: 1, 2: goal.target, 3: goal.target, 4: 0}[far]
    start = world.first() + timedelta(days=PICKED + 12)
    room = (world.today - start).days - 2
    days = [start + timedelta(days=room * (n + 1) // (steps + 1)) for n in range(steps)]
    _walk(world, goal, key, days, read=steps if far != 3 else steps - 1)
