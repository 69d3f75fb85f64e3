"""A step is told, changed, taken back, and answered. Each deed counts the goal anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goals.alike import alike
from goals.due import MET
from goals.models import Encounter, Goal, Remark, Report
from goals.rules import contacts
from goals.rules.counting import lock, recount
from goals.rules.notebook import Met, contact_for, tidy
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from outbox.rules import post
from people.access import is_manager_of, is_self
from people.models import Employee

State = Report.State
MOST_PEOPLE = 20  # in one step


def log(
    goal: Goal,
    happened_on: date,
    what: str,
    people: Sequence[Met] = (),
    *,
    by: Employee,
    key: UUID,
    evidence: UploadedFile | None = None,
) -> Report:
    """Tell one step of one's own goal. A second call with the same `key` finds the first step and changes nothing.

    Raises PermissionDenied for somebody else's goal; ValidationError "not_active", "not_yet", "other_year", "empty",
    "twice", "oneself". Traces: the step with its people, the count anew, history, a notice to each colleague met.
    """
    if not is_self(by, goal.owner):
        raise PermissionDenied
    with transaction.atomic():
        goal = lock(goal)
        if told := Report.objects.filter(uuid=key).first():
            return _own(told, goal)
        _check(goal, happened_on, what, people)
        report = Report.objects.create(uuid=key, goal=goal, happened_on=happened_on, what=what, evidence=evidence or "")
        _settle(report, goal, people, by=by)
        record("report.log", goal, by=by, report=report.pk, on=happened_on.isoformat())
    return report


def revise(
    report: Report,
    fields: dict[str, Any],
    people: Sequence[Met],
    version: int,
    *,
    by: Employee,
) -> Report:
    """Change one's own step: it waits for the manager again, and the goal is counted anew.

    fields: happened_on, what; evidence (a file, or "" to take it away) where it changes. Raises as log(), and
    ValidationError("changed_meanwhile").
    """
    if not is_self(by, report.goal.owner):
        raise PermissionDenied
    with transaction.atomic():
        goal = lock(report.goal)
        _check(goal, fields["happened_on"], fields["what"], people)
        before = report.evidence.name
        again = {"state": State.NEW, "question": "", "answered_by": None, "answered_at": None, "told_at": clock.now()}
        evidence = fields.pop("evidence", None)
        save_unchanged(report, fields | again, version)
        if evidence is not None:
            report.evidence = evidence
            report.save(update_fields=["evidence"])
            _drop_file(report, before)
        _settle(report, goal, people, by=by)
        record("report.revise", goal, by=by, report=report.pk, on=report.happened_on.isoformat())
    return report


def take_back(report: Report, version: int, *, by: Employee) -> None:
    """Take one's own step back, with its people; the goal is counted anew and may reopen. Raises as revise()."""
    if not is_self(by, report.goal.owner):
        raise PermissionDenied
    with transaction.atomic():
        goal = lock(report.goal)
        save_unchanged(report, {}, version)
        met = list(report.encounters.all())
        pk, on, file = report.pk, report.happened_on, report.evidence.name
        _drop_file(report, file)
        report.delete()
        tidy({one.contact_id for one in met})
        contacts.keep(goal.owner, contacts.traces_of(met))
        recount(goal)
        record("report.delete", goal, by=by, report=pk, on=on.isoformat())


def confirm(report: Report, version: int, *, by: Employee) -> Report:
    """The manager has read the step and confirms it. Raises PermissionDenied, ValidationError("changed_meanwhile")."""
    _answer(report, {"state": State.CONFIRMED, "question": ""}, version, by=by)
    return report


def ask(report: Report, words: str, version: int, *, by: Employee) -> Report:
    """The manager asks to be told more; the step waits for its owner. Raises as confirm(), and "no_words"."""
    if not words.strip():
        raise ValidationError(_("Say what you would like to know."), "no_words")
    _answer(report, {"state": State.MORE, "question": words.strip()}, version, by=by)
    return report


def reply(report: Report, words: str, *, by: Employee) -> Report:
    """Answer what the manager asked; the step waits for them again. Raises "no_words", "moved_on"."""
    if not is_self(by, report.goal.owner):
        raise PermissionDenied
    if not words.strip():
        raise ValidationError(_("Answer in a sentence; then it goes back."), "no_words")
    with transaction.atomic():
        goal = lock(report.goal)
        again = {"state": State.NEW, "question": "", "answered_by": None, "answered_at": None, "told_at": clock.now()}
        moved = Report.objects.filter(pk=report.pk, state=State.MORE).update(version=report.version + 1, **again)
        report.refresh_from_db()
        if not moved:
            raise ValidationError(_("This step does not wait for an answer any more. Nothing was changed."), "moved_on")
        Remark.objects.create(report=report, by=by, words=words.strip())
        recount(goal)
        record("report.reply", goal, by=by, report=report.pk)
    return report


def confirm_all(goal: Goal, *, by: Employee) -> int:
    """The manager confirms every step of `goal` that waits to be read. Returns how many."""
    if not is_manager_of(by, goal.owner):
        raise PermissionDenied
    with transaction.atomic():
        goal = lock(goal)
        waiting = list(goal.reports.unread().values_list("pk", "version"))
        for pk, version in waiting:
            confirm(Report.objects.with_goal().get(pk=pk), version, by=by)
    return len(waiting)


def _answer(report: Report, fields: dict[str, Any], version: int, *, by: Employee) -> None:
    if not is_manager_of(by, report.goal.owner):
        raise PermissionDenied
    with transaction.atomic():
        goal = lock(report.goal)
        if not goal.is_agreed:
            raise ValidationError(_("This goal is not active, so its steps are not answered."), "not_active")
        save_unchanged(report, fields | {"answered_by": by, "answered_at": clock.now()}, version)
        if report.state == State.MORE:
            Remark.objects.create(report=report, by=by, words=report.question)
        recount(goal)
        record(f"report.{'ask' if report.state == State.MORE else 'confirm'}", goal, by=by, report=report.pk)


def _own(report: Report, goal: Goal) -> Report:
    if report.goal_id != goal.pk:
        raise ValidationError(_("Open the form again; this one has been used for another goal."), "moved_on")
    return report


def _check(goal: Goal, happened_on: date, what: str, people: Sequence[Met]) -> None:
    if not goal.is_agreed:
        raise ValidationError(_("Steps are logged once both have agreed to the goal."), "not_active")
    if happened_on > clock.today(goal.owner.time_zone):
        raise ValidationError({"happened_on": ValidationError(_("This day is still to come. Log it then."), "not_yet")})
    year = goal.year
    if not year.first_on <= happened_on <= year.last_on:
        days = {"first": date_format(year.first_on), "last": date_format(year.last_on)}
        sentence = _("This goal belongs to the year from %(first)s to %(last)s. Take a day in it.") % days
        raise ValidationError({"happened_on": ValidationError(sentence, "other_year")})
    if not what.strip() and not people:
        raise ValidationError(_("Say what you did, or whom you met."), "empty")
    if len(people) > MOST_PEOPLE:
        raise ValidationError(_("Log at most twenty people in one step."), "too_many")


def _settle(report: Report, goal: Goal, people: Sequence[Met], *, by: Employee) -> None:
    """Make the people of a step those given, then count and derive what follows from them."""
    before = {one.contact_id: one for one in report.encounters.all()}
    touched = contacts.traces_of(before.values())
    kept: dict[int, Encounter] = {}
    told: list[tuple[Employee, Encounter]] = []
    for position, met in enumerate(people):
        contact = contact_for(goal.owner, met)
        if contact.pk in kept:
            raise ValidationError(_("The same person stands here twice. Leave one out."), "twice")
        encounter = before.get(contact.pk) or Encounter(report=report, contact=contact)
        if encounter.pk is None and contact.employee:
            told.append((contact.employee, encounter))
        _place(encounter, goal, report, met, position)
        kept[contact.pk] = encounter
    gone = [one for pk, one in before.items() if pk not in kept]
    Encounter.objects.filter(pk__in=[one.pk for one in gone]).delete()
    tidy({one.contact_id for one in gone})
    contacts.keep(goal.owner, touched | contacts.traces_of(kept.values()))
    recount(goal)
    for colleague, encounter in told:
        post(MET, colleague, record("report.met", encounter, by=by), encounter=encounter)


def _place(encounter: Encounter, goal: Goal, report: Report, met: Met, position: int) -> None:
    """Department and job as they are that day; the owner's own department stays what it was when first told."""
    place, owner = met.employee or met, goal.owner
    if encounter.pk is None:
        encounter.owner, encounter.year, encounter.from_department = owner, goal.year, owner.department
    if encounter.pk is None or not met.employee:
        encounter.department, encounter.job_title = place.department, place.job_title
    encounter.position, encounter.happened_on = position, report.happened_on
    encounter.shares_name = met.shares_name and bool(encounter.contact.name)
    encounter.peer = alike(owner.job_title, encounter.job_title)
    encounter.save()


def _drop_file(report: Report, name: str | None) -> None:
    """Take a file away once the deed has been written."""
    if name:
        transaction.on_commit(lambda: report.evidence.storage.delete(name))
