"""Kinds of notices for the machinery's own tests; those of the apps are tested with their apps."""

from django.db.models import CharField, F
from django.db.models.functions import Cast

from outbox.kinds import Group, Kind
from people.models import Employee


def titles_missing(today):
    """Whoever works here and has not said as what, told once for their first day."""
    silent = Employee.objects.filter(hired_on__lte=today, job_title="").annotate(due_on=F("hired_on"))
    return silent.annotate(recipient_id=F("pk"), occasion=Cast("hired_on", CharField()))


TITLE = Kind(
    "tests.title", template="tests/mail/title", due=titles_missing, title="Your job title is missing", group=Group.DO
)
MOVED = Kind("tests.moved", template="tests/mail/moved", title="Somebody was moved")
LINK = Kind(
    "tests.link",
    template="tests/mail/link",
    title="A link to sign in",
    why_always="Without it you could not sign in.",
    urgent=True,
    by_mail_only=True,
    context=lambda recipient, context: {"secret": f"made for {recipient.name}"},
)
ALL = {kind.name: kind for kind in [TITLE, MOVED, LINK]}
