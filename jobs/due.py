"""What the job descriptions tell whom: to support, to rule, to answer, to publish, to read."""

from datetime import date

from django.db.models import CharField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from jobs.models import Clause, Comment, Reading, Version
from outbox.kinds import Group, Kind


def to_support(today: date) -> QuerySet[Version]:
    """Drafts that wait for the support of their author's manager, told once each time they are offered."""
    offered = Version.objects.filter(state=Version.State.OFFERED, author__manager__isnull=False)
    occasion = Cast("offered_at", CharField())
    return offered.select_related("author").annotate(recipient_id=F("author__manager"), occasion=occasion)


def returned(today: date) -> QuerySet[Version]:
    """Drafts that the author's manager sent back, told to the author."""
    back = Version.objects.filter(state=Version.State.DRAFT).exclude(returned_words="")
    return back.annotate(recipient_id=F("author"), occasion=Cast("offered_at", CharField()))


def to_rule(today: date) -> QuerySet[Version]:
    """Versions with clauses that wait for HR, told to the partner of the department, once each time one comes in."""
    of_it = Clause.objects.filter(version=OuterRef("pk")).order_by().values("version")
    latest = of_it.annotate(latest=Max("waits_since")).values("latest")
    waiting = Clause.objects.filter(version=OuterRef("pk"), state=Clause.State.WAITS)
    with_hr = Version.objects.filter(Exists(waiting), description__department__partner__isnull=False)
    with_hr = with_hr.exclude(author=F("description__department__partner"))
    since = Cast(Subquery(latest), CharField())
    return with_hr.select_related("author").annotate(recipient_id=F("description__department__partner"), occasion=since)


def to_answer(today: date) -> QuerySet[Clause]:
    """Clauses with a question or a refusal of HR's that the manager has not answered, told once per ruling."""
    asked = Clause.objects.filter(
        state__in=[Clause.State.QUESTION, Clause.State.REFUSED], version__state=Version.State.WITH_HR
    )
    asked = asked.select_related("ruling__ground", "version")
    return asked.annotate(recipient_id=F("version__author"), occasion=Cast("ruling", CharField()))


def to_publish(today: date) -> QuerySet[Version]:
    """Versions of which HR has approved every clause, told to the author."""
    standing = Clause.objects.filter(version=OuterRef("pk")).exclude(state=Clause.State.WITHDRAWN)
    lacking = standing.exclude(state=Clause.State.APPROVED)
    ready = Version.objects.filter(Exists(standing), ~Exists(lacking), state=Version.State.WITH_HR)
    return ready.annotate(recipient_id=F("author"), occasion=Cast("revision", CharField()))


def to_read(today: date) -> QuerySet[Reading]:
    """What somebody was given to read and has not acknowledged, told once."""
    working = Q(employee__left_on=None) | Q(employee__left_on__gte=today)
    unread = Reading.objects.unread().filter(working).select_related("version")
    return unread.annotate(recipient_id=F("employee"), occasion=Value("", output_field=CharField()))


def comment_to_answer(today: date) -> QuerySet[Comment]:
    """Comments on a clause that the author's manager has not answered, told once."""
    said = Comment.objects.unanswered().filter(author__manager__isnull=False).select_related("author", "clause")
    return said.annotate(recipient_id=F("author__manager"), occasion=Value("", output_field=CharField()))


TO_SUPPORT = Kind(
    "jobs.to_support",
    template="jobs/mail/to_support",
    due=to_support,
    title=_("A job description waits for your support"),
    group=Group.DECIDE,
)
RETURNED = Kind(
    "jobs.returned",
    template="jobs/mail/returned",
    due=returned,
    title=_("Your draft of a job description came back"),
    group=Group.WRITE,
)
TO_RULE = Kind(
    "jobs.to_rule",
    template="jobs/mail/to_rule",
    due=to_rule,
    title=_("Clauses wait for HR’s ruling"),
    group=Group.DECIDE,
)
TO_ANSWER = Kind(
    "jobs.to_answer",
    template="jobs/mail/to_answer",
    due=to_answer,
    title=_("HR asked about, or refused, a clause of yours"),
    group=Group.ANSWER,
)
TO_PUBLISH = Kind(
    "jobs.to_publish",
    template="jobs/mail/to_publish",
    due=to_publish,
    title=_("A job description can be published"),
    group=Group.DO,
)
TO_READ = Kind(
    "jobs.to_read",
    template="jobs/mail/to_read",
    due=to_read,
    title=_("A job description is there for you to read"),
    group=Group.READ,
)
COMMENT_TO_ANSWER = Kind(
    "jobs.comment_to_answer",
    template="jobs/mail/comment_to_answer",
    due=comment_to_answer,
    title=_("Somebody commented on a clause"),
    group=Group.TALK,
)
ANSWERED = Kind(  # a deed: its rule posts it
    "jobs.answered",
    template="jobs/mail/answered",
    title=_("Your comment on a clause was answered"),
)
KINDS = [TO_SUPPORT, RETURNED, TO_RULE, TO_ANSWER, TO_PUBLISH, TO_READ, COMMENT_TO_ANSWER, ANSWERED]
