"""What one-on-ones tell whom: tomorrow, nothing on the sheet yet, was it held, something promised is due; and deeds.

No mail holds a word that one of the two wrote.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from conversations.access import still_a_pair
from conversations.models import Action, NewDate, OneOnOne, Topic
from outbox.kinds import Group, Kind


def _coming(first: date, last: date) -> QuerySet[OneOnOne]:
    planned = OneOnOne.objects.planned().filter(still_a_pair("series"), on__range=(first, last)).with_people()
    return planned.annotate(occasion=Cast("on", CharField()), due_on=F("on"))


def tomorrow(today: date) -> QuerySet[OneOnOne]:
    """One-on-ones of today and tomorrow, told to the direct once per date."""
    return _coming(today, today + timedelta(days=1)).annotate(recipient_id=F("series__direct"))


def tomorrow_manager(today: date) -> QuerySet[OneOnOne]:
    """The same, told to the manager."""
    return _coming(today, today + timedelta(days=1)).annotate(recipient_id=F("series__manager"))


def sheet_empty(today: date) -> QuerySet[OneOnOne]:
    """One-on-ones of the next two days on whose sheet the direct has written nothing yet."""
    written = Topic.objects.open().filter(series=OuterRef("series"), author=OuterRef("series__direct"))
    coming = _coming(today + timedelta(days=1), today + timedelta(days=2)).filter(~Exists(written))
    return coming.annotate(recipient_id=F("series__direct"))


def to_say(today: date) -> QuerySet[OneOnOne]:
    """Planned ones whose day has passed: the manager says whether they were held, or gives another date."""
    passed = OneOnOne.objects.planned().filter(still_a_pair("series"), on__lt=today).with_people()
    return passed.annotate(recipient_id=F("series__manager"), occasion=Cast("on", CharField()), due_on=F("on"))


def promise_due(today: date) -> QuerySet[Action]:
    """What one of the two said they would do by a day that has come, told to them once per date."""
    due = (
        Action.objects.due_by(today).filter(still_a_pair("series")).select_related("series__manager", "series__direct")
    )
    occasion = Cast("due_on", CharField())
    return due.annotate(recipient_id=F("owner"), occasion=occasion)


def new_dates_asked(today: date) -> QuerySet[NewDate]:
    """Other days asked for a promise, told to the one who has not asked."""
    asked = NewDate.objects.asked().filter(still_a_pair("promise__series")).select_related("by", "promise")
    direct = F("promise__series__direct")
    other = Case(When(by=direct, then=F("promise__series__manager")), default=direct)
    return asked.annotate(recipient_id=other, occasion=Cast("uuid", CharField()))


TOMORROW = Kind(
    "conversations.tomorrow",
    template="conversations/mail/tomorrow",
    due=tomorrow,
    title=_("A one-on-one with your manager is tomorrow"),
    group=Group.TALK,
)
TOMORROW_MANAGER = Kind(
    "conversations.tomorrow_manager",
    template="conversations/mail/tomorrow",
    due=tomorrow_manager,
    title=_("A one-on-one with a direct is tomorrow"),
    group=Group.TALK,
)
SHEET_EMPTY = Kind(
    "conversations.sheet_empty",
    template="conversations/mail/sheet_empty",
    due=sheet_empty,
    title=_("You have written nothing on the next sheet yet"),
    group=Group.WRITE,
)
TO_SAY = Kind(
    "conversations.to_say",
    template="conversations/mail/to_say",
    due=to_say,
    many="conversations/_to_say.html",
    title=_("Say whether a one-on-one was held"),
    group=Group.ANSWER,
)
PROMISE_DUE = Kind(
    "conversations.promise_due",
    template="conversations/mail/promise_due",
    due=promise_due,
    title=_("Something you said you would do is due"),
    group=Group.DO,
)
NEW_DATE_ASKED = Kind(
    "conversations.new_date_asked",
    template="conversations/mail/new_date_asked",
    due=new_dates_asked,
    title=_("Another day is asked for a promise"),
    group=Group.ANSWER,
)
STARTED = Kind(  # deeds: their rules post them
    "conversations.started",
    template="conversations/mail/started",
    title=_("One-on-ones with you were planned"),
)
MOVED = Kind(
    "conversations.moved",
    template="conversations/mail/moved",
    title=_("A one-on-one has another date"),
)
REPAIRED = Kind(
    "conversations.repaired",
    template="conversations/mail/repaired",
    title=_("Your manager wrote about a promise that cannot be kept"),
)
FEEDBACK_GIVEN = Kind(
    "conversations.feedback_given",
    template="conversations/mail/feedback_given",
    title=_("You were given feedback"),
)
REPLIED = Kind(
    "conversations.replied",
    template="conversations/mail/replied",
    title=_("Your suggestion was answered"),
)
NEW_DATE_ANSWERED = Kind(
    "conversations.new_date_answered",
    template="conversations/mail/new_date_answered",
    title=_("The day you asked for was answered"),
)
KINDS = [
    TOMORROW,
    TOMORROW_MANAGER,
    SHEET_EMPTY,
    TO_SAY,
    PROMISE_DUE,
    NEW_DATE_ASKED,
    STARTED,
    MOVED,
    REPAIRED,
    FEEDBACK_GIVEN,
    REPLIED,
    NEW_DATE_ANSWERED,
]
