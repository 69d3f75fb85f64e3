"""From approved to in force, and who is covered from when."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobs.models import Assignment, Clause, JobDescription, Version
from jobs.querysets import in_hr_part
from jobs.rules.reading import give_readings
from journal import clock
from journal.prepared import asked
from journal.rules import record
from people.access import is_above
from people.models import Employee

State = Version.State
FARTHEST = timedelta(days=2 * 366)  # a day by mistake far ahead would let no other version begin before it


@dataclass(frozen=True)
class Missing:
    """One thing that stands between a version and its publication: a sentence, and the clause it speaks of."""

    sentence: str
    clause: Clause | None = None


def missing(version: Version) -> list[Missing]:
    """What is missing before `version` can be published; empty if nothing is."""
    gaps = []
    if version.state == State.DRAFT:
        gaps.append(Missing(_("it has not been offered for support")))
    elif version.state == State.OFFERED:
        name = version.author.manager
        gaps.append(Missing(_("the support of %(name)s") % {"name": name} if name else _("the support of a manager")))
    standing = list(version.clauses.standing().order_by("position", "pk"))
    if not standing:
        gaps.append(Missing(_("a first clause")))
    for number, clause in enumerate(standing, start=1):
        sentence = {
            Clause.State.WAITS: _("clause %(number)s waits for HR"),
            Clause.State.DRAFT: _("clause %(number)s has not been with HR"),
            Clause.State.QUESTION: _("clause %(number)s: HR's question waits for your answer"),
            Clause.State.REFUSED: _("clause %(number)s is refused"),
        }.get(Clause.State(clause.state))
        if sentence:
            gaps.append(Missing(sentence % {"number": number}, clause))
    return gaps


def may_publish(user: Employee, version: Version) -> bool:
    """Whether publish() would accept it from `user` now, for a date that fits."""
    return bool(asked(_with_hr, user, version.pk)) and not missing(version)


def _with_hr(user: Employee, version: int) -> QuerySet[Version, Any]:
    mine: QuerySet[Version, Any] = Version.objects.drafted_by(user).filter(pk=version, state=State.WITH_HR).values("pk")
    return mine


def publish(version: Version, from_on: date, *, by: Employee) -> Version:
    """Let `version` be in force from a day on, and give everybody covered something to read. Returns it refreshed.

    Raises PermissionDenied unless `by` drafted it, ValidationError("incomplete") that names what is missing,
    ValidationError("past", "far" or "overlap") for the date, ValidationError("moved_on") if it is published already.
    """
    if not Version.objects.drafted_by(by).filter(pk=version.pk).exists():
        raise PermissionDenied
    _fits(version, from_on)
    with transaction.atomic():
        fields = {"state": State.PUBLISHED, "in_force_from": from_on, "published_at": clock.now()}
        gaps = missing(version)
        mine = Version.objects.filter(pk=version.pk, state=State.WITH_HR)
        if not mine.update(**fields, revision=F("revision") + 1):
            version.refresh_from_db()
            if version.state == State.PUBLISHED:
                raise ValidationError(_("This version has been published already."), "moved_on")
        gaps = gaps or missing(version)
        if gaps:
            words = {"number": version.number, "missing": "; ".join(gap.sentence for gap in gaps)}
            raise ValidationError(_("Version %(number)s cannot be published yet: %(missing)s.") % words, "incomplete")
        JobDescription.objects.filter(pk=version.description_id).update(title=version.title)
        record("job.publish", version, by=by, **{"from": State.WITH_HR, "to": State.PUBLISHED}, on=from_on.isoformat())
        give_readings(version)
    version.refresh_from_db()
    return version


def _fits(version: Version, from_on: date) -> None:
    """Refuse a day that has passed, and one on which another version of the description begins or has begun."""
    if from_on < clock.today():
        sentence = _("This day has passed. Choose today or a later day.")
        raise ValidationError({"from_on": ValidationError(sentence, "past")})
    _near(from_on)
    later = version.description.versions.published().filter(in_force_from__gte=from_on).order_by("in_force_from")
    if other := later.last():
        words = {"number": other.number, "day": date_format(other.in_force_from or from_on, "DATE_FORMAT")}
        sentence = _("Version %(number)s is in force from %(day)s. Choose a later day.") % words
        raise ValidationError({"from_on": ValidationError(sentence, "overlap")})


def _near(day: date) -> None:
    if day > clock.today() + FARTHEST:
        raise ValidationError({"from_on": ValidationError(_("Choose a day within two years."), "far")})


def may_assign(user: Employee, employee: Employee, description: JobDescription) -> bool:
    """Managers assign whom they lead, HR whoever belongs to its part; nobody themselves."""
    if user.pk == employee.pk:
        return False
    if JobDescription.objects.filter(in_hr_part(user), pk=description.pk).exists():
        return True
    return is_above(user, employee) and JobDescription.objects.visible_to(user).filter(pk=description.pk).exists()


def may_assign_somebody(user: Employee, description: JobDescription) -> bool:
    """Whether there is anybody whom `user` may give this description."""
    if JobDescription.objects.filter(in_hr_part(user), pk=description.pk).exists():
        return True
    leads = Employee.objects.filter(manager=user).working().exists()
    return leads and JobDescription.objects.visible_to(user).filter(pk=description.pk).exists()


def not_yours(employee: Employee) -> ValidationError:
    """Why `employee` cannot be chosen: a sentence for the field."""
    sentence = _("%(name)s does not work for you, so somebody else assigns them.") % {"name": employee}
    return ValidationError(sentence, "not_yours")


def assign(employee: Employee, description: JobDescription, from_on: date, *, by: Employee) -> Assignment:
    """Let `employee` do this job from a day on; the one before ends on that day, as history.

    Raises PermissionDenied, ValidationError("overlap") for a day that another job of theirs covers or follows, "far"
    for one more than two years ahead,
    ValidationError("moved_on") if somebody else assigned meanwhile.
    """
    if not may_assign(by, employee, description):
        raise PermissionDenied
    held = Assignment.objects.filter(employee=employee, ended_on=None)
    if (now := held.first()) and now.description_id == description.pk:
        return now
    _near(from_on)
    try:
        with transaction.atomic():
            held.filter(Q(from_on__lte=from_on)).update(ended_on=from_on)
            _is_free(employee, from_on)
            new = Assignment.objects.create(employee=employee, description=description, from_on=from_on)
            record("job.assign", description, by=by, employee=employee.pk, on=from_on.isoformat())
            if description.versions.published().exists():
                give_readings(description=description.pk)
    except IntegrityError:
        sentence = _("Somebody else has just given %(name)s a job description.") % {"name": employee}
        raise ValidationError(sentence, "moved_on") from None
    return new


def _is_free(employee: Employee, from_on: date) -> None:
    """Refuse a day that another job of theirs still covers, or before which another one begins."""
    later = Q(ended_on=None) | Q(ended_on__gt=from_on)
    others = Assignment.objects.filter(later, employee=employee).exclude(ended_on=F("from_on"))  # covers no day
    other = others.order_by(F("ended_on").desc(nulls_first=True)).first()
    if other and other.ended_on:
        words = {"name": employee, "day": date_format(other.ended_on, "DATE_FORMAT")}
        sentence = _("%(name)s has another job description until %(day)s. Choose that day or a later one.") % words
        raise ValidationError({"from_on": ValidationError(sentence, "overlap")})
    if other:
        words = {"name": employee, "day": date_format(other.from_on, "DATE_FORMAT")}
        sentence = _("%(name)s has their present job since %(day)s. Choose that day or a later one.") % words
        raise ValidationError({"from_on": ValidationError(sentence, "overlap")})


def release(assignment: Assignment, on: date, *, by: Employee) -> Assignment:
    """End an assignment: `on` is the first day it no longer covers. Returns it refreshed."""
    if not may_assign(by, assignment.employee, assignment.description):
        raise PermissionDenied
    if on < assignment.from_on:
        raise ValidationError({"from_on": _("It cannot end before it began.")}, "overlap")
    _near(on)
    with transaction.atomic():
        if not Assignment.objects.filter(pk=assignment.pk, ended_on=None).update(ended_on=on):
            raise ValidationError(_("This assignment has ended already."), "moved_on")
        record("job.release", assignment.description, by=by, employee=assignment.employee_id, on=on.isoformat())
    assignment.refresh_from_db()
    return assignment
