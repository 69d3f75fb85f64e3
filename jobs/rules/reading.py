"""Who reads what was published, what they say on it, and that they have received and read it."""

import uuid as uuids

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext as _

from jobs.due import ANSWERED
from jobs.models import Assignment, Clause, Comment, Reading, Version
from jobs.words import tidy
from journal import clock
from journal.rules import record
from outbox.rules import post
from people.models import Employee


def give_readings(version: Version | None = None, description: int | None = None) -> int:
    """Give everybody a reading of each version that covers them and is in force or to come. Returns how many are new.

    Run by publish() for one version, by assign() for one description (its id), by the clock for all of them.
    One statement for any number of people; twice does nothing twice: one reading per person and version.
    """
    today = clock.today()
    current = Version.objects.published().filter(Q(pk__in=Version.objects.in_force(today)) | Q(in_force_from__gt=today))
    if version:
        current = current.filter(pk=version.pk)
    if description:
        current = current.filter(description=description)
    working = Q(employee__left_on=None) | Q(employee__left_on__gte=today)
    covered = Assignment.objects.lasting().filter(working).annotate(to_read=F("description__versions"))
    given = Reading.objects.filter(version=OuterRef("to_read"), employee=OuterRef("employee"))
    pairs = covered.filter(~Exists(given), to_read__in=current.values("pk")).order_by("to_read", "employee")
    moment = Value(clock.now(), output_field=DateTimeField())
    select, params = pairs.values_list("to_read", "employee", moment).query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        # WHERE true: without it SQLite reads ON as part of the FROM.
        cursor.execute(
            "INSERT INTO jobs_reading (version_id, employee_id, given_at)"  # noqa: S608 the ORM compiled it
            f" SELECT * FROM ({select}) AS pairs WHERE true ON CONFLICT DO NOTHING",
            params,
        )
        new: int = cursor.rowcount
    return new


def open_reading(reading: Reading, *, by: Employee) -> Reading:
    """Note that `by` has opened what they were given to read; the first time only."""
    if reading.employee_id != by.pk or reading.opened_at:
        return reading
    with transaction.atomic():
        if Reading.objects.filter(pk=reading.pk, opened_at=None).update(opened_at=clock.now()):
            record("job.open", reading, by=by)
    reading.refresh_from_db()
    return reading


def acknowledge(reading: Reading, *, by: Employee) -> Reading:
    """Received and read, not necessarily agreed. A second time changes nothing; after it nobody can change it."""
    if reading.employee_id != by.pk:
        raise PermissionDenied
    now = clock.now()
    with transaction.atomic():
        if Reading.objects.filter(pk=reading.pk, opened_at=None).update(opened_at=now):
            record("job.open", reading, by=by)
        if Reading.objects.filter(pk=reading.pk, acknowledged_at=None).update(acknowledged_at=now):
            record("job.acknowledge", reading, by=by, version=reading.version_id)
    reading.refresh_from_db()
    return reading


def comment(clause: Clause, words: str, *, by: Employee, uuid: uuids.UUID | None = None) -> Comment:
    """What somebody covered says on a clause of a published version. A second call with the same uuid finds the first.

    Raises PermissionDenied for anybody who was not given it to read, ValidationError for missing words.
    """
    if uuid and (found := Comment.objects.filter(uuid=uuid, author=by, clause=clause).first()):
        return found
    if not Reading.objects.filter(version=clause.version_id, employee=by).exists():
        raise PermissionDenied
    words = tidy(words)
    if not words:
        raise ValidationError({"words": _("Write what you want to say on this clause.")}, "incomplete")
    try:
        with transaction.atomic():
            said = Comment.objects.create(clause=clause, author=by, words=words, uuid=uuid or uuids.uuid4())
            record("clause.comment", clause, by=by, comment=said.pk)
    except IntegrityError:  # the same form, sent twice in one moment
        if uuid is None:
            raise
        return Comment.objects.get(uuid=uuid, author=by, clause=clause)
    return said


def may_answer_comment(user: Employee, said: Comment) -> bool:
    found: bool = Comment.objects.editable_by(user).filter(pk=said.pk).exists()
    return found


def answer_comment(said: Comment, words: str, *, by: Employee) -> Comment:
    """The manager's answer, kept on the clause; the author is told. Returns the comment refreshed.

    Raises PermissionDenied unless `by` leads the author now, ValidationError for missing words,
    ValidationError("moved_on") if it was answered already.
    """
    if said.author.manager_id != by.pk:
        raise PermissionDenied
    words = tidy(words)
    if not words:
        raise ValidationError({"answer": _("Write the answer; it stays with the clause.")}, "incomplete")
    with transaction.atomic():
        open_now = Comment.objects.filter(pk=said.pk, answered_at=None)
        moved = open_now.update(answer=words, answered_by=by, answered_at=clock.now())
        said.refresh_from_db()
        if not moved:
            raise ValidationError(_("This comment was answered meanwhile. Your words are below."), "moved_on")
        entry = record("clause.answer_comment", said.clause, by=by, comment=said.pk)
        post(ANSWERED, said.author, entry, comment=said)
    return said
