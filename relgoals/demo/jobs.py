"""Northgate's job descriptions: everybody's first one, the three statements and how they got in, and what waits now.

Earth Sciences came first: HR refused its third statement, Ana Duarte answered, HR approved, and others cite that. The
same clauses of Facilities wait at HR's desk today; Finance has none of them.
"""

from collections import defaultdict
from datetime import date, timedelta

from jobs.models import Clause, Ground, Reading, Ruling, Version
from jobs.rules import drafting, publishing, reading, ruling
from people.models import Employee
from relgoals.demo import job_texts as texts
from relgoals.demo.world import World

ADOPTED = ("CHE", "REG", "ITS", "STU", "LIB", "INT", "HUM")  # wrote theirs a year after Earth Sciences
WITHOUT_ENGAGEMENT = {"FAC", "FIN"}
Jobs = dict[tuple[str, str, str], list[Employee]]  # (department's code, job, who drafts it) → whom it covers


def build(world: World) -> None:
    jobs = _jobs(world)
    early = {key: covered for key, covered in jobs.items() if key[0] not in ADOPTED}
    versions = _first_versions(world, early, world.first(years_ago=4))
    _three_statements(world, versions)
    cited = _the_ruling()
    late = {key: covered for key, covered in jobs.items() if key[0] in ADOPTED}
    versions |= _first_versions(world, late, world.first(years_ago=1) + timedelta(days=12), cited)
    _others_follow(world, versions, cited)
    _news_for_anas_team(world, versions)
    _what_waits(world, versions)


def rows_of(version: Version) -> list[texts.Row]:
    """The clauses of a version as drafting.write() takes them."""
    names = ("id", "text", "kind", "topic", "reason", "practised_since", "proof", "covers", "cites_id")
    rows = list(version.clauses.standing().order_by("position").values(*names))
    return [{name: value for name, value in row.items() if value} for row in rows]


def _jobs(world: World) -> Jobs:
    found: Jobs = defaultdict(list)
    by_id = {person.pk: person for person in world.people.values()}
    codes = {place.pk: code for code, place in world.departments.items()}
    for person in sorted(world.people.values(), key=lambda somebody: somebody.name):
        if person.manager_id is None or not person.is_active:
            continue
        manager = by_id[person.manager_id]
        head = by_id[manager.manager_id] if manager.manager_id and manager.name != "Ana Duarte" else manager
        drafts = head if head.department_id == person.department_id or not manager.manager_id else manager
        if person.job_title == "HR partner":
            drafts = by_id[manager.manager_id or manager.pk]  # not by those who would have to rule on it
        found[codes[person.department_id or 0], person.job_title, drafts.name].append(person)
    return found


def _hr_for(world: World, version: Version) -> Employee:
    """Somebody of HR who may rule on what `version` proposes."""
    waiting = version.clauses.waiting()
    for name in ("Samir Haddad", "Grace Mensah", "Ruth Okafor"):
        if waiting.ruled_by(world.people[name]).exists():
            return world.people[name]
    raise ValueError(f"nobody may rule on {version}")


def _draft(version: Version, rows: list[texts.Row]) -> Version:
    return drafting.write(version, version.title, rows, by=version.author, seen=version.revision)


def _hand_on(version: Version, words: str) -> Version:
    author = version.author
    if author.manager is None:
        return drafting.move(version, "hand_in", by=author)
    drafting.move(version, "offer", by=author)
    return drafting.move(version, "support", by=author.manager, words=words)


def _approve(world: World, version: Version) -> None:
    hr = _hr_for(world, version)
    for clause in version.clauses.waiting():
        ruling.rule(clause, Ruling.Verdict.APPROVED, by=hr, seen=clause.revision)


def _read_by_all(version: Version, but: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    for task in Reading.objects.filter(version=version).unread().select_related("employee"):
        if task.employee.name not in but:
            reading.acknowledge(task, by=task.employee)


def _the_ruling() -> Ruling:
    """What HR ruled on the third statement in the end: others cite it."""
    return Ruling.objects.filter(verdict="approved", topic="relationships").latest("at", "pk")


def _first_versions(
    world: World, jobs: Jobs, begun: date, cites: Ruling | None = None
) -> dict[tuple[str, str, str], Version]:
    """The first description of each job; with the three statements in it where `cites` stands already."""
    ruth = world.people["Ruth Okafor"]
    versions = {}
    with world.on(begun, 11):
        for (code, job, name), covered in jobs.items():
            version = drafting.begin(job, world.departments[code], by=world.people[name])
            version = _draft(version, _first_rows(code, job, begun, cites))
            version = _hand_on(version, "This is what the job is today.")
            _approve(world, version)
            for person in covered:
                assigner = ruth if person != ruth else world.people[name]
                publishing.assign(person, version.description, max(begun, person.hired_on or begun), by=assigner)
            versions[code, job, name] = publishing.publish(version, begun, by=version.author)
    with world.on(begun + timedelta(days=9)):
        for version in versions.values():
            _read_by_all(version)
    return versions


def _first_rows(code: str, job: str, begun: date, cites: Ruling | None) -> list[texts.Row]:
    rows = texts.duties(job)
    if rows[0]["text"] == texts.FOR_LEADERS[0] and code not in WITHOUT_ENGAGEMENT:
        rows.append(texts.statement("engagement"))
    if code == "EAR" and job in texts.ESSENTIAL:
        rows.append({"text": texts.PLAIN_RELATIONS, "kind": "conduct", "topic": "relationships"})
    if cites:
        rows += texts.three_statements(begun.year - 1)
        rows[-1]["cites_id"] = cites.pk
    return rows


def _with_statements(version: Version, since: int, cites: Ruling | None = None) -> list[texts.Row]:
    """The rows of a version with the three statements added; the third takes the place of an older, vaguer one."""
    rows, new = rows_of(version), texts.three_statements(since)
    if cites:
        new[2]["cites_id"] = cites.pk
    older = next((row for row in rows if row.get("topic") == "relationships"), None)
    if older is None:
        return rows + new
    older |= new[2]
    return rows + new[:2]


def _three_statements(world: World, versions: dict[tuple[str, str, str], Version]) -> None:
    """Earth Sciences, two years ago: refused, answered, approved."""
    ana, samir = world.people["Ana Duarte"], world.people["Samir Haddad"]
    since, drafts = world.first(years_ago=2), []
    with world.on(since + timedelta(days=8)):
        for key, old in versions.items():
            if key[0] == "EAR" and old.author == ana:
                version = drafting.draft_next(old.description, by=ana)
                version = _draft(version, _with_statements(version, since.year - 1))
                drafts.append((key, _hand_on(version, "We have asked for this for years; now we say so.")))
    ground = Ground.objects.get(text="Not an essential job function")
    third = Clause.objects.filter(version__in=[version.pk for _, version in drafts], topic="relationships")
    with world.on(since + timedelta(days=19)):
        for clause in third:
            words = "The position files, answers and orders. I do not see that the clause is needed to do that."
            ruling.rule(clause, "refused", by=samir, seen=clause.revision, words=words, ground=ground)
    with world.on(since + timedelta(days=23)):
        for clause in third:
            ruling.answer(clause, texts.OBJECTION, by=ana)
    with world.on(since + timedelta(days=33)):
        for _, version in drafts:
            _approve(world, version)
    _into_force(world, versions, drafts, since + timedelta(days=40))


def _into_force(
    world: World,
    versions: dict[tuple[str, str, str], Version],
    drafts: list[tuple[tuple[str, str, str], Version]],
    day: date,
) -> None:
    with world.on(day):
        for key, version in drafts:
            versions[key] = publishing.publish(version, day + timedelta(days=14), by=version.author)
    with world.on(day + timedelta(days=6)):
        for _, version in drafts:
            _read_by_all(version)


def _others_follow(world: World, versions: dict[tuple[str, str, str], Version], cited: Ruling) -> None:
    """A year later: the rest of Earth Sciences, citing what HR ruled there."""
    since, drafts = world.first(years_ago=1), []
    for key, old in list(versions.items()):
        if key[0] != "EAR" or old.number > 1:
            continue
        with world.on(since + timedelta(days=12)):
            version = drafting.draft_next(old.description, by=old.author)
            version = _draft(version, _with_statements(version, since.year - 1, cited))
            drafts.append((key, _hand_on(version, "What Ana’s team has is right for us, too.")))
    with world.on(since + timedelta(days=21)):
        for _, version in drafts:
            _approve(world, version)
    _into_force(world, versions, drafts, since + timedelta(days=28))


def _of(versions: dict[tuple[str, str, str], Version], code: str, job: str) -> Version:
    return next(version for key, version in versions.items() if key[:2] == (code, job) and version)


def _news_for_anas_team(world: World, versions: dict[tuple[str, str, str], Version]) -> None:
    """A new version for two of Ana's people this week: Leila has not read it, Priya has, with a word on it."""
    ana = world.people["Ana Duarte"]
    mine = {key[1]: version for key, version in versions.items() if version.author == ana}
    delays = "Tells counterparts in other departments of a delay on the day it is known."
    news = []
    with world.days_ago(16):
        for job in ("Administrative assistant", "Finance clerk"):
            version = drafting.draft_next(mine[job].description, by=ana)
            rows = rows_of(version)
            rows[0]["text"] = (
                rows[0]["text"].replace("two working days", "one working day").replace("ten days", "a week")
            )
            rows.append({"text": delays, "kind": "duty", "reason": "A delay that is known can be planned around."})
            news.append(_hand_on(_draft(version, rows), "This is what we agreed on after the spring."))
    with world.days_ago(9):
        for version in news:
            _approve(world, version)
    with world.days_ago(4):
        for version in news:
            publishing.publish(version, world.today + timedelta(days=10), by=ana)
    with world.days_ago(2):
        _say(world, "Priya Raman", delays, "Does this hold for suppliers outside the university as well?", done=True)
    relations = Clause.objects.covering(world.people["Marcus Oyelaran"]).get(topic="relationships")
    with world.days_ago(3):
        said = "I am out with the post half the day. Do the people I hand deliveries to count?"
        reading.comment(relations, said, by=world.people["Marcus Oyelaran"])


def _say(world: World, name: str, text: str, words: str, done: bool = False) -> None:
    person = world.people[name]
    task = Reading.objects.filter(employee=person).unread().latest("given_at")
    reading.open_reading(task, by=person)
    reading.comment(task.version.clauses.get(text=text), words, by=person)
    if done:
        reading.acknowledge(task, by=person)


def _what_waits(world: World, versions: dict[tuple[str, str, str], Version]) -> None:
    """Drafts at every stage of the route, so that each desk has something on it."""
    cited = _the_ruling()
    waiting = [key for key in versions if key[0] == "FAC"][:5]
    for place, key in enumerate(waiting):
        with world.days_ago(19 - 3 * place):
            version = drafting.draft_next(versions[key].description, by=versions[key].author)
            leads = texts.duties(key[1])[0]["text"] == texts.FOR_LEADERS[0]
            rows = _with_statements(version, world.today.year - 3, cited)
            version = _draft(version, [*rows, texts.statement("engagement")] if leads else rows)
            _hand_on(version, "Our people work across the whole campus; this belongs in.")
    _around_samir(world, versions)
    _around_ana(world, versions)


def _around_samir(world: World, versions: dict[tuple[str, str, str], Version]) -> None:
    """What waits for the HR partner of the tour, and what he has sent back."""
    samir = world.people["Samir Haddad"]
    keys = [key for key in versions if key[0] == "CHE" and versions[key].author.manager_id][:3]
    for place, key in enumerate(keys):
        with world.days_ago(13 - 4 * place):
            version = drafting.draft_next(versions[key].description, by=versions[key].author)
            rows = rows_of(version)
            rows[0]["text"] = rows[0]["text"].replace(".", ", and shows colleagues how it is done.")
            rows.append({"text": "Attends the monthly meeting of technicians of all departments.", "kind": "marginal"})
            version = _hand_on(_draft(version, rows), "The technicians asked for it themselves.")
    with world.days_ago(3):
        clause = version.clauses.waiting()[0]
        words = "Which colleagues: those of the department, or everybody who asks?"
        ruling.rule(clause, "question", by=samir, seen=clause.revision, words=words)


def _around_ana(world: World, versions: dict[tuple[str, str, str], Version]) -> None:
    """One clause refused, one draft with her manager, one begun."""
    ana, samir = world.people["Ana Duarte"], world.people["Samir Haddad"]
    mine = {key[1]: version for key, version in versions.items() if version.author == ana}
    with world.days_ago(11):
        version = drafting.draft_next(mine["Laboratory technician"].description, by=ana)
        rows = [*rows_of(version), {"text": "Is a friendly face for the whole building.", "kind": "conduct"}]
        version = _hand_on(_draft(version, rows), "I see what is meant.")
    with world.days_ago(5):
        clause = version.clauses.waiting().get()
        ground = Ground.objects.get(text="Too broad")
        words = "Nobody can see whether this is done. Say what a visitor would notice."
        ruling.rule(clause, "refused", by=samir, seen=clause.revision, words=words, ground=ground)
    with world.days_ago(2):
        version = drafting.draft_next(mine["Receptionist"].description, by=ana)
        rows = [*rows_of(version), {"text": "Calls a visitor’s host before the visitor has to ask.", "kind": "duty"}]
        drafting.move(_draft(version, rows), "offer", by=ana)
    with world.days_ago(1):
        version = drafting.draft_next(mine["Stores and post"].description, by=ana)
        rows = rows_of(version)
        rows[0]["text"] = rows[0]["text"].replace("on the day they arrive", "within two hours of their arrival")
        _draft(version, rows)
