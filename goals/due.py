"""What the goals tell whom: what waits for a choice, an agreement, an answer, what comes due; steps and money."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from goals.models import Claim, GapLetter, Goal, Introduction, Named, Offer, Report, Turn, Year
from outbox.kinds import Group, Kind
from people.models import Employee

BEFORE_AGREEING = timedelta(days=14)
STAGES = (1, 7, 30)  # days before the date on which a goal is spoken of
State = Goal.State


def _working(path: str, today: date) -> Q:
    return Q(**{f"{path}__left_on": None}) | Q(**{f"{path}__left_on__gte": today})


def _not_over(path: str, today: date) -> Q:
    """Goals of years in which there is something to do yet: the last reports are answered after the last day."""
    return Q(**{f"{path}__last_on__gte": today}) | Q(**{f"{path}__answer_by_on__gte": today})


def _text(field: str) -> Cast:
    return Cast(field, CharField())


def not_chosen(today: date) -> QuerySet[Employee]:
    """Whoever has fewer goals than the year asks, from two weeks before they should be agreed; told anew after it."""
    year = Year.objects.filter(first_on__lte=today, last_on__gte=today, agree_by_on__lte=today + BEFORE_AGREEING)
    late = Case(When(agree_by_on__lt=today, then=Value(" late")), default=Value(" soon"))
    own = Goal.objects.filter(owner=OuterRef("pk"), year__in=year.values("pk")).order_by()
    own = own.filter(
        Q(state__in=Goal.AGREED) | Q(state=State.PROPOSED) | Q(state=State.DRAFT, handed_on_at__isnull=False)
    )
    had = Coalesce(Subquery(own.values("owner").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    asked = Subquery(year.values("minimum")[:1])
    occasion = Subquery(year.annotate(o=Concat(_text("pk"), late, output_field=CharField())).values("o")[:1])
    told: dict[str, Any] = {
        "recipient_id": F("pk"),
        "occasion": occasion,
        "due_on": Subquery(year.values("agree_by_on")[:1]),
    }
    people: QuerySet[Any] = Employee.objects.working(today).filter(Exists(year), manager__isnull=False)
    people = people.annotate(had=had, asked=asked, **told).filter(had__lt=F("asked"))
    return people  # noqa: RET504 its type is lost otherwise


def in_gap(year: int, today: date) -> QuerySet[Employee]:
    """Who works here and has fewer agreed goals than a year (its key) asks."""
    own = Goal.objects.filter(owner=OuterRef("pk"), year=year, state__in=Goal.AGREED).order_by()
    had = Coalesce(Subquery(own.values("owner").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    asked = Subquery(Year.objects.filter(pk=year).values("minimum")[:1])
    people: QuerySet[Any] = Employee.objects.working(today).annotate(had=had).filter(had__lt=asked)
    return people


def goals_missing(today: date) -> QuerySet[GapLetter]:
    """HR's letters to managers in whose team goals are still missing; `people`: of how many. Told once a letter."""
    agreed = Goal.objects.filter(owner=OuterRef("pk"), year=OuterRef(OuterRef("year")), state__in=Goal.AGREED)
    had = agreed.order_by().values("owner").annotate(n=Count("pk")).values("n")
    team = Employee.objects.working(today).filter(manager=OuterRef("manager")).order_by()
    team = team.annotate(had=Coalesce(Subquery(had, output_field=IntegerField()), 0))
    lacking = team.filter(had__lt=OuterRef("year__minimum")).values("manager").annotate(n=Count("pk")).values("n")
    letters: QuerySet[Any] = GapLetter.objects.filter(_not_over("year", today), _working("manager", today))
    letters = letters.annotate(people=Coalesce(Subquery(lacking, output_field=IntegerField()), 0)).filter(people__gt=0)
    told: dict[str, Any] = {"recipient_id": F("manager"), "occasion": _text("at")}
    letters = letters.select_related("by", "year").annotate(**told)
    return letters  # noqa: RET504 its type is lost otherwise


def introduction_asked(today: date) -> QuerySet[Introduction]:
    """Questions of colleagues who look for somebody, until they are answered; told once."""
    waiting = Introduction.objects.waiting().filter(_working("asker", today), _working("colleague", today))
    occasion = Value("", output_field=CharField())
    return waiting.select_related("asker", "place").annotate(recipient_id=F("colleague"), occasion=occasion)


def offer_waits(today: date) -> QuerySet[Offer]:
    """What a manager has offered and its owner has not answered, told once each time it is laid before them."""
    waits = Goal.objects.filter(_not_over("year", today), offer=OuterRef("pk"), state=State.OFFERED)
    laid = Offer.objects.open().filter(Exists(waits), _working("owner", today), other_wanted_at=None)
    return laid.select_related("by").annotate(recipient_id=F("owner"), occasion=_text("at"))


def other_wanted(today: date) -> QuerySet[Offer]:
    """Where another goal of equal weight is asked for: the manager's turn."""
    waits = Goal.objects.filter(_not_over("year", today), offer=OuterRef("pk"), state=State.OFFERED)
    asked = Offer.objects.open().filter(other_wanted_at__isnull=False, owner__manager__isnull=False)
    asked = asked.filter(Exists(waits), _working("owner", today)).select_related("owner")
    return asked.annotate(recipient_id=F("owner__manager"), occasion=_text("other_wanted_at"), whose_id=F("owner"))


def to_agree(today: date) -> QuerySet[Goal]:
    """What a direct proposed and their manager has not answered, told once per wording."""
    proposed = Goal.objects.filter(_working("owner", today), _not_over("year", today), state=State.PROPOSED)
    proposed = proposed.filter(owner__manager__isnull=False).select_related("owner")
    return proposed.annotate(recipient_id=F("owner__manager"), occasion=_text("version"), whose_id=F("owner"))


def sent_back(today: date) -> QuerySet[Goal]:
    back = Goal.objects.filter(_working("owner", today), _not_over("year", today), state=State.SENT_BACK)
    return back.annotate(recipient_id=F("owner"), occasion=_text("handed_on_at"))


def change_waits(today: date) -> QuerySet[Turn]:
    """A change of an agreed goal, told the one who has not agreed to it yet."""
    other = Case(When(by=F("goal__owner"), then=F("goal__owner__manager")), default=F("goal__owner"))
    waits = Turn.objects.waiting().filter(_working("goal__owner", today), _not_over("goal__year", today))
    waits = waits.select_related("by", "goal")
    waits = waits.annotate(recipient_id=other, occasion=Value("", output_field=CharField()))
    return waits.filter(recipient_id__isnull=False)


def _under_way(today: date) -> QuerySet[Goal]:
    goals = Goal.objects.filter(_working("owner", today), _not_over("year", today), state=State.ACTIVE)
    return goals.select_related("owner")


def coming(today: date) -> QuerySet[Goal]:
    """Agreed goals whose date is 30, 7 or 1 day away; a moved date is told anew."""
    stage: Any = Case(
        *(When(due_on__lte=today + timedelta(days=days), then=Value(f" {days}")) for days in STAGES),
        output_field=CharField(),
    )
    soon = _under_way(today).filter(due_on__gte=today, due_on__lte=today + timedelta(days=STAGES[-1]))
    return soon.annotate(recipient_id=F("owner"), occasion=Concat(_text("due_on"), stage, output_field=CharField()))


def overdue(today: date) -> QuerySet[Goal]:
    """Past their date and not reported complete, told the owner once per date."""
    late = _under_way(today).filter(due_on__lt=today)
    return late.annotate(recipient_id=F("owner"), occasion=_text("due_on"))


def overdue_in_team(today: date) -> QuerySet[Goal]:
    """The same, told the manager: move the date, or talk about it."""
    late = _under_way(today).filter(due_on__lt=today, owner__manager__isnull=False)
    return late.annotate(recipient_id=F("owner__manager"), occasion=_text("due_on"), whose_id=F("owner"))


def report_to_read(today: date) -> QuerySet[Report]:
    """Steps that wait for the manager's answer, told once each time they come to them."""
    unread = Report.objects.unread().filter(_working("goal__owner", today), goal__owner__manager__isnull=False)
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


NOT_CHOSEN = Kind(
    "goals.not_chosen",
    template="goals/mail/not_chosen",
    due=not_chosen,
    title=_("You have not chosen a goal yet"),
    group=Group.DECIDE,
)
OFFER_WAITS = Kind(
    "goals.offer_waits",
    template="goals/mail/offer_waits",
    due=offer_waits,
    title=_("A goal is offered to you"),
    group=Group.DECIDE,
)
OTHER_WANTED = Kind(
    "goals.other_wanted",
    template="goals/mail/other_wanted",
    due=other_wanted,
    title=_("Somebody asks for another goal of equal weight"),
    group=Group.DECIDE,
)
TO_AGREE = Kind(
    "goals.to_agree",
    template="goals/mail/to_agree",
    due=to_agree,
    title=_("A goal is proposed to you"),
    group=Group.ANSWER,
)
SENT_BACK = Kind(
    "goals.sent_back",
    template="goals/mail/sent_back",
    due=sent_back,
    title=_("Your goal came back"),
    group=Group.WRITE,
)
CHANGE_WAITS = Kind(
    "goals.change_waits",
    template="goals/mail/change_waits",
    due=change_waits,
    title=_("A change of an agreed goal waits for you"),
    group=Group.ANSWER,
)
COMING = Kind(
    "goals.coming",
    template="goals/mail/coming",
    due=coming,
    title=_("The date of your goal comes near"),
    group=Group.DO,
)
OVERDUE = Kind(
    "goals.overdue",
    template="goals/mail/overdue",
    due=overdue,
    title=_("Your goal is past its date"),
    group=Group.DO,
)
OVERDUE_IN_TEAM = Kind(
    "goals.overdue_in_team",
    template="goals/mail/overdue_in_team",
    due=overdue_in_team,
    title=_("A goal in your team is past its date"),
    group=Group.TALK,
)
MOVED = Kind(  # a deed: its rule posts it with the turn that tells what happened
    "goals.moved",
    template="goals/mail/moved",
    title=_("Somebody did something with a goal you share"),
)
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


def story_asked(today: date) -> QuerySet[Named]:
    """Stories that somebody stands in and has not answered yet, told once each time they are asked."""
    waiting = Named.objects.waiting().select_related("story__case__manager")
    occasion = Concat(F("story__version"), Value(""), output_field=CharField())
    return waiting.annotate(recipient_id=F("employee"), occasion=occasion, whose_id=F("story__case__manager"))


STORY_ASKED = Kind(
    "goals.story_asked",
    template="goals/mail/story_asked",
    due=story_asked,
    title=_("Somebody asks whether a story with you may be told"),
    group=Group.ANSWER,
)
CASE_HANDED_ON = Kind(
    "goals.case_handed_on",
    template="goals/mail/case_handed_on",
    title=_("A manager shows you the year of a team on one page"),
    group=Group.READ,
)
GOALS_MISSING = Kind(
    "goals.goals_missing",
    template="goals/mail/goals_missing",
    due=goals_missing,
    title=_("HR writes that goals are missing in your team"),
    group=Group.DECIDE,
)
INTRODUCTION_ASKED = Kind(
    "goals.introduction_asked",
    template="goals/mail/introduction_asked",
    due=introduction_asked,
    title=_("A colleague asks whether you can introduce them"),
    group=Group.ANSWER,
)
INTRODUCTION_ANSWERED = Kind(
    "goals.introduction_answered",
    template="goals/mail/introduction_answered",
    title=_("A colleague has answered your question"),
)
KINDS = [
    NOT_CHOSEN,
    OFFER_WAITS,
    OTHER_WANTED,
    TO_AGREE,
    SENT_BACK,
    CHANGE_WAITS,
    COMING,
    OVERDUE,
    OVERDUE_IN_TEAM,
    MOVED,
    REPORT_TO_READ,
    MORE_TO_TELL,
    CLAIM_TO_DECIDE,
    CLAIM_TO_PAY,
    CLAIM_DECIDED,
    MET,
    STORY_ASKED,
    CASE_HANDED_ON,
    GOALS_MISSING,
    INTRODUCTION_ASKED,
    INTRODUCTION_ANSWERED,
]
