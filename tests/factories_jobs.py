"""Job descriptions for tests, made through the rules: drafted by a manager, supported, ruled on, published."""

from jobs.models import Assignment, Clause, Ground
from jobs.rules import drafting, publishing, ruling
from journal import clock
from people.rules.departments import found_department
from people.rules.line import assign_manager
from tests.factories import EmployeeFactory

RELATIONSHIPS = {
    "text": "Establishes and maintains productive working relationships inside and outside the university.",
    "kind": "conduct",
    "topic": "relationships",
    "reason": "People answer faster where they know each other.",
}
ORDERS = {"text": "Orders what the department needs.", "kind": "essential"}


def drafted(author, rows=(RELATIONSHIPS,), title="Administrative assistant", department=None):
    """A draft of a new description with these clauses (dicts, or texts alone)."""
    version = drafting.begin(title, department or author.department, by=author)
    rows = [row if isinstance(row, dict) else {"text": row, "kind": "essential"} for row in rows]
    return drafting.write(version, title, rows, by=author, seen=version.revision)


def with_hr(author, rows=(RELATIONSHIPS,), **fields):
    """One that the author's manager has supported: its clauses wait for HR."""
    version = drafted(author, rows, **fields)
    return handed_on(version)


def handed_on(version):
    author = version.author
    if author.manager is None:
        return drafting.move(version, "hand_in", by=author)
    drafting.move(version, "offer", by=author)
    return drafting.move(version, "support", by=author.manager, words="We have asked for this for years.")


def approved(author, rows=(RELATIONSHIPS,), hr=None, **fields):
    """One of which HR has approved every clause."""
    version = with_hr(author, rows, **fields)
    return ruled(version, hr)


def ruled(version, hr=None):
    hr = hr or EmployeeFactory(hr_role="administrator")
    for clause in version.clauses.filter(state=Clause.State.WAITS):
        ruling.rule(clause, "approved", by=hr, seen=clause.revision)
    return version


def published(author, rows=(RELATIONSHIPS,), covers=(), from_on=None, hr=None, **fields):
    """One in force from a day (today), done by `covers`."""
    hr = hr or EmployeeFactory(hr_role="administrator")
    version = approved(author, rows, hr=hr, **fields)
    from_on = from_on or clock.today()
    for employee in covers:
        publishing.assign(employee, version.description, from_on, by=hr)
    return publishing.publish(version, from_on, by=author)


def clause_in_force(author, employee, text=RELATIONSHIPS["text"], **fields):
    """A clause a goal of `employee` may rest on."""
    row = RELATIONSHIPS | {"text": text}
    version = published(author, [row], covers=[employee], **fields)
    return version.clauses.get()


def refused(author, hr=None, rows=(RELATIONSHIPS,), ground="Not an essential job function", **fields):
    """A clause that HR has refused; the manager's answer is awaited."""
    clause = with_hr(author, rows, **fields).clauses.first()
    reason, _ = Ground.objects.get_or_create(text=ground)
    hr = hr or EmployeeFactory(hr_role="administrator")
    words = "The position files, answers and orders."
    ruling.rule(clause, "refused", by=hr, seen=clause.revision, words=words, ground=reason)
    return clause


def next_version(version, rows):
    """A draft of the next version with these clauses; what has an `id` is carried on."""
    draft = drafting.draft_next(version.description, by=version.author)
    return drafting.write(draft, draft.title, rows, by=version.author, seen=draft.revision)


def at_stage(stage, author, covers=(), hr=None, **fields):
    """A version that has come as far as `stage`, of a description that covers somebody already."""
    hr = hr or EmployeeFactory(hr_role="administrator")
    version = drafted(author, **fields)
    for employee in covers:
        Assignment.objects.create(employee=employee, description=version.description, from_on=clock.today())
    if stage == "offered":
        return drafting.move(version, "offer", by=author)
    if stage in ("with_hr", "published"):
        handed_on(version)
    if stage == "published":
        ruled(version, hr)
        publishing.publish(version, clock.today(), by=author)
    return version


def answered(author, hr=None, **fields):
    """A refused clause that its manager has answered: it waits for HR again."""
    clause = refused(author, hr=hr, **fields)
    ruling.answer(clause, "Four of seven stuck orders were freed by a call to somebody known.", by=author)
    return clause


def assign(employee, description, from_on=None):
    hr = EmployeeFactory(hr_role="administrator")
    return publishing.assign(employee, description, from_on or clock.today(), by=hr)


def department(name, partner=None, **fields):
    code = name.lower().replace(" ", "-")
    return found_department(name, code, by=None, hr_partner=partner, **fields)


def move(employee, manager):
    return assign_manager(employee, manager, by=None)
