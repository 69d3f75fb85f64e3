"""What goals tell whom: a step that waits to be read, a question about it, money asked back, and having been met."""

from datetime import date

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from goals.models import Claim, Goal, Report
from outbox.kinds import Group, Kind


def report_to_read(today: date) -> QuerySet[Report]:
    """Steps that wait for the manager's answer, told once each time they come to them."""
    unread = Report.objects.unread().filter(goal__state__in=Goal.AGREED, goal__owner__manager__isnull=False)
    unread = unread.select_related("goal__owner")
    return unread.annotate(
        recipient_id=F("goal__owner__manager"), occasion=Cast("version", CharField()), whose_id=F("goal__owner")
    )


def more_to_tell(today: date) -> QuerySet[Report]:
    """Steps that the manager has asked about, told to their owner once per question."""
    asked = Report.objects.filter(state=Report.State.MORE, goal__state__in=Goal.AGREED)
    asked = asked.select_related("goal__owner__manager", "answered_by")
    return asked.annotate(recipient_id=F("goal__owner"), occasion=Cast("version", CharField()))


def claim_to_decide(today: date) -> QuerySet[Claim]:
    """Money asked back that waits for the manager, told once."""
    waiting = Claim.objects.waiting().filter(owner__manager__isnull=False).select_related("owner", "goal")
    occasion = Value("", output_field=CharField())
    return waiting.annotate(recipient_id=F("owner__manager"), occasion=occasion, whose_id=F("owner"))


def claim_to_pay(today: date) -> QuerySet[Claim]:
    """Approved claims that nobody has marked as paid yet, told to the manager once."""
    approved = Claim.objects.filter(state=Claim.State.APPROVED, owner__manager__isnull=False)
    occasion = Value("pay", output_field=CharField())
    approved = approved.select_related("owner", "goal")
    return approved.annotate(recipient_id=F("owner__manager"), occasion=occasion, whose_id=F("owner"))


REPORT_TO_READ = Kind(
    "goals.report_to_read",
    template="goals/mail/report_to_read",
    due=report_to_read,
    title=_("A step waits for your answer"),
    group=Group.ANSWER,
)
MORE_TO_TELL = Kind(
    "goals.more_to_tell",
    template="goals/mail/more_to_tell",
    due=more_to_tell,
    title=_("Your manager would like to know more about a step"),
    group=Group.ANSWER,
)
CLAIM_TO_DECIDE = Kind(
    "goals.claim_to_decide",
    template="goals/mail/claim_to_decide",
    due=claim_to_decide,
    title=_("Money asked back waits for your approval"),
    group=Group.DECIDE,
)
CLAIM_TO_PAY = Kind(
    "goals.claim_to_pay",
    template="goals/mail/claim_to_pay",
    due=claim_to_pay,
    title=_("Money you approved is to be paid"),
    group=Group.DO,
)
CLAIM_DECIDED = Kind(
    "goals.claim_decided",
    template="goals/mail/claim_decided",
    title=_("Your manager has decided on the money you asked back"),
)
MET = Kind(
    "goals.met",
    template="goals/mail/met",
    title=_("Somebody recorded meeting you"),
    why_always=_("Whoever is recorded is told; that is the promise to everybody."),
)
KINDS = [REPORT_TO_READ, MORE_TO_TELL, CLAIM_TO_DECIDE, CLAIM_TO_PAY, CLAIM_DECIDED, MET]
