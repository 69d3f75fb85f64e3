"""Northgate University: departments, sites, people and who works for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from people.models import Employee
from people.rules.departments import found_department, found_site, revise_department
from people.rules.joining import join
from people.rules.leaving import leave
from people.rules.line import assign_manager
from relgoals.demo import names
from relgoals.demo.world import World

DOMAIN = "northgate.example"


@dataclass(frozen=True)
class Unit:
    """A department: who leads it, how many teams it has, how many people in all, and which jobs they hold."""

    code: str
    name: str
    inside: str
    head: str
    head_title: str
    people: int
    teams: int
    jobs: tuple[str, ...]


UNITS = [
    Unit(
        "VCO", "Vice-Chancellor’s office", "NGU", "Margaret Ashdown", "Vice-Chancellor", 4, 0, ("Executive assistant",)
    ),
    Unit("EAR", "Earth Sciences", "ACA", "Ingrid Solberg", "Head of department", 40, 4, names.SCIENCE_JOBS),
    Unit("CHE", "Chemistry", "ACA", "Rafael Monteiro", "Head of department", 11, 1, names.SCIENCE_JOBS),
    Unit("REG", "Registrar’s office", "PRO", "Helen Achterberg", "Registrar", 38, 4, names.REGISTRY_JOBS),
    Unit("ITS", "IT Services", "PRO", "Petra Novák", "Head of IT Services", 41, 5, names.IT_JOBS),
    Unit("FAC", "Facilities", "PRO", "Owen Pritchard", "Head of Facilities", 52, 6, names.FACILITIES_JOBS),
    Unit("STU", "Student Services", "PRO", "Amara Nwosu", "Head of Student Services", 47, 5, names.STUDENT_JOBS),
    Unit("FIN", "Finance", "PRO", "Gerald Whitmore", "Finance Director", 23, 3, names.FINANCE_JOBS),
    Unit("LIB", "Library", "PRO", "Yuki Tanabe", "Librarian", 24, 3, names.LIBRARY_JOBS),
    Unit("HUM", "Human Resources", "PRO", "Ruth Okafor", "Head of Human Resources", 8, 0, names.HR_JOBS),
    Unit(
        "INT",
        "International Office",
        "PRO",
        "Carmen Velasco",
        "Head of the International Office",
        12,
        1,
        names.INTERNATIONAL_JOBS,
    ),
]
TOPS = {
    "NGU": ("Northgate University", None),
    "ACA": ("Academic departments", "NGU"),
    "PRO": ("Professional services", "NGU"),
}
LEADERS = {"EAR": ("Ana Duarte", "Viktor Lindgren", "Miriam Adler", "Kofi Boateng")}
ANAS_TEAM = {
    "Leila Benali": "Administrative assistant",
    "Marcus Oyelaran": "Stores and post",
    "Priya Raman": "Finance clerk",
    "Tomasz Wieczorek": "Graduate secretary",
    "Jun Watanabe": "Laboratory technician",
    "Sofia Lindqvist": "Programme coordinator",
    "Diego Quispe": "Field equipment technician",
    "Hannah Fairweather": "Receptionist",
}
PARTNERS = {"ACA": "Samir Haddad", "PRO": "Grace Mensah"}
SITES = {"Main campus": "Europe/London", "Harbour building": "Europe/London", "Azores field station": "Atlantic/Azores"}
SIGN_INS = {
    "direct": "Leila Benali",
    "manager": "Ana Duarte",
    "manager’s manager": "Ingrid Solberg",
    "HR partner": "Samir Haddad",
    "HR administrator": "Ruth Okafor",
}


def address_of(name: str) -> str:
    plain = name.translate(names.PLAIN_LETTERS).lower().replace("’", "").replace("'", "")
    return f"{plain.replace(' ', '.')}@{DOMAIN}"


def sign_in_lines() -> list[str]:
    """One line for each role of the tour, as commands print them."""
    return [f"{address_of(name):40} {role}" for role, name in SIGN_INS.items()]


def is_loaded() -> bool:
    found: bool = Employee.objects.filter(email=address_of(SIGN_INS["HR administrator"])).exists()
    return found


def build(world: World) -> None:
    with world.on(world.first(years_ago=4)):
        _places(world)
        _top(world)
        for unit in UNITS[1:]:
            _unit(world, unit)
        _partners(world)
    _comings_and_goings(world)


def _places(world: World) -> None:
    world.sites = {name: found_site(name, zone, by=None) for name, zone in SITES.items()}
    for code, (name, inside) in TOPS.items():
        parent = world.departments[inside] if inside else None
        world.departments[code] = found_department(name, code, by=None, parent=parent)
    for unit in UNITS:
        parent = world.departments[unit.inside]
        world.departments[unit.code] = found_department(unit.name, unit.code, by=None, parent=parent)


def _top(world: World) -> None:
    office = UNITS[0]
    head = _hire(world, office.head, office, office.head_title, None)
    for _ in range(office.people - 1):
        _hire(world, names.draw(world.dice, set(world.people)), office, office.jobs[0], head)


def _unit(world: World, unit: Unit) -> None:
    """A head, team leaders, and teams as equal as the numbers allow; Ana's team is the one of the tour."""
    head = _hire(world, unit.head, unit, unit.head_title, world.people[UNITS[0].head])
    named = LEADERS.get(unit.code, ())
    leaders = [
        _hire(world, named[n] if n < len(named) else _somebody(world), unit, names.leader_title(n), head)
        for n in range(unit.teams)
    ]
    left = unit.people - 1 - len(leaders)
    if unit.code == "EAR":
        for name, job in ANAS_TEAM.items():
            _hire(world, name, unit, job, leaders[0])
        left, leaders = left - len(ANAS_TEAM), leaders[1:]
    if unit.code == "HUM":
        for name in PARTNERS.values():
            _hire(world, name, unit, "HR partner", head)
        left -= len(PARTNERS)
    for n in range(left):
        _hire(
            world, _somebody(world), unit, unit.jobs[n % len(unit.jobs)], leaders[n % len(leaders)] if leaders else head
        )


def _somebody(world: World) -> str:
    return names.draw(world.dice, set(world.people))


def _hire(world: World, name: str, unit: Unit, job: str, manager: Employee | None) -> Employee:
    role = Employee.HRRole
    hr_role = role.ADMINISTRATOR if name == "Ruth Okafor" else role.PARTNER if name in PARTNERS.values() else role.NONE
    site = "Harbour building" if unit.code in {"EAR", "INT"} else "Main campus"
    if job.startswith("Field station"):
        site = "Azores field station"
    first_day = world.first(years_ago=4) - timedelta(days=world.dice.randrange(0, 4000))
    employee = join(
        name,
        address_of(name),
        manager,
        by=None,
        staff_number=f"N{10000 + 7 * len(world.people)}",
        job_title=job,
        department=world.departments[unit.code],
        site=world.sites[site],
        time_zone=SITES[site],
        hired_on=first_day,
        hr_role=hr_role,
    )
    world.people[name] = employee
    return employee


def _partners(world: World) -> None:
    ruth = world.people["Ruth Okafor"]
    revise_department(world.departments["NGU"], {"hr_partner": ruth}, by=ruth)
    for code, name in PARTNERS.items():
        revise_department(world.departments[code], {"hr_partner": world.people[name]}, by=ruth)


def _comings_and_goings(world: World) -> None:
    """What every organisation has: somebody left, somebody came in the middle of a year, somebody changed teams."""
    ruth = world.people["Ruth Okafor"]
    technician = world.people["Diego Quispe"]
    with world.on(world.first(years_ago=1) + timedelta(days=40)):
        assign_manager(technician, world.people["Viktor Lindgren"], by=ruth)
    with world.on(world.first() - timedelta(days=20)):
        world.people["Diego Quispe"] = assign_manager(technician, world.people["Ana Duarte"], by=ruth)
    gone = world.in_department("FAC")[5]
    if not gone.reports.exists():
        with world.on(world.first() + timedelta(days=30)):
            world.people[gone.name] = leave(gone, _weekday(world.first() + timedelta(days=60)), by=ruth)
    late = world.first() + timedelta(days=75)
    with world.on(late):
        library = next(unit for unit in UNITS if unit.code == "LIB")
        name = _somebody(world)
        newcomer = _hire(world, name, library, library.jobs[0], world.people[library.head])
        Employee.objects.filter(pk=newcomer.pk).update(hired_on=late)
        newcomer.refresh_from_db()


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
