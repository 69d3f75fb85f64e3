"""What the appraisals tell whom: each stage's step to whoever's turn it is, and the deeds that both must hear of."""

from datetime import date

from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from appraisals.models import Appraisal, Evidence, Scheme, WeightChange, Words
from outbox.kinds import Group, Kind
from people.models import Employee

State = Appraisal.State


def _at(state: str, today: date) -> QuerySet[Appraisal]:
    """Appraisals in force at a stage, of people who work here; the occasion is the version and how often it came."""
    rows = Appraisal.objects.current().filter(state=state)
    working = Q(employee__left_on=None) | Q(employee__left_on__gte=today)
    return rows.filter(working).select_related("employee", "year", "scheme")


def self_review(today: date) -> QuerySet[Appraisal]:
    """Self-reviews to be written, told to whom it is about."""
    rows = _at(State.SELF_REVIEW, today)
    return rows.annotate(
        recipient_id=F("employee"), occasion=Cast("number", CharField()), due_on=F("scheme__review_on")
    )


def review(today: date) -> QuerySet[Appraisal]:
    """Reviews to be written, told to the manager; leavers' too."""
    rows = Appraisal.objects.current().filter(state=State.REVIEW, employee__manager__isnull=False)
    rows = rows.select_related("employee", "year", "scheme")
    occasion = Cast("number", CharField())
    return rows.annotate(
        recipient_id=F("employee__manager"),
        whose_id=F("employee"),
        occasion=occasion,
        due_on=F("scheme__calibration_on"),
    )


def to_sign(today: date) -> QuerySet[Appraisal]:
    """What was shared and is not signed, told to whom it is about, once each time it is shared."""
    rows = _at(State.SHARED, today)
    return rows.annotate(
        recipient_id=F("employee"), occasion=Cast("shared_at", CharField()), due_on=F("scheme__sign_by_on")
    )


def to_calibrate(today: date) -> QuerySet[Employee]:
    """HR administrators, while a round's calibration has begun and something waits in it; once a round."""
    waiting = Appraisal.objects.current().filter(scheme=OuterRef("pk"), state=State.CALIBRATION)
    rounds = Scheme.objects.started().filter(Exists(waiting), calibration_on__lte=today).order_by("pk")
    rows = Employee.objects.working(today).filter(hr_role=Employee.HRRole.ADMINISTRATOR)
    found: QuerySet[Employee] = (
        rows.annotate(
            recipient_id=F("pk"),
            occasion=Cast(Subquery(rounds.values("pk")[:1]), CharField()),
            due_on=Subquery(rounds.values("share_on")[:1], output_field=DateField()),
        )
        .filter(occasion__isnull=False)
        .order_by("pk")
    )
    return found


def words_to_write(today: date) -> QuerySet[Words]:
    """An earlier manager's words that are not handed on, as long as the review is not."""
    rows = Words.objects.filter(handed_on_at=None, why=Words.Why.EARLIER, appraisal__replaced_at=None)
    rows = rows.filter(appraisal__state__in=[State.OPEN, State.SELF_REVIEW, State.REVIEW])
    rows = rows.filter(Q(author__left_on=None) | Q(author__left_on__gte=today))
    rows = rows.select_related("appraisal__employee", "appraisal__year")
    return rows.annotate(
        recipient_id=F("author"),
        whose_id=F("appraisal__employee"),
        occasion=Cast("pk", CharField()),
        due_on=F("appraisal__scheme__calibration_on"),
    )


def notes_to_release(today: date) -> QuerySet[Evidence]:
    """Sentences of shared notes that one of the two put into the appraisal, told to the other while it is reviewed."""
    rows = Evidence.objects.filter(asked__isnull=False, released_at=None, appraisal__replaced_at=None)
    rows = rows.filter(appraisal__state=State.REVIEW).filter(Q(asked__left_on=None) | Q(asked__left_on__gte=today))
    rows = rows.select_related("appraisal__employee", "appraisal__year", "by")
    return rows.annotate(
        recipient_id=F("asked"),
        whose_id=F("appraisal__employee"),
        occasion=Cast("pk", CharField()),
        due_on=F("appraisal__scheme__calibration_on"),
    )


def weights_changed(today: date) -> QuerySet[Appraisal]:
    """The last change of weights of a round, told once to everybody covered for a month."""
    last = WeightChange.objects.filter(scheme=OuterRef("scheme")).order_by("-at", "-pk")
    rows = Appraisal.objects.current().exclude(state__in=Appraisal.FROZEN).select_related("year", "scheme")
    working = Q(employee__left_on=None) | Q(employee__left_on__gte=today)
    rows = rows.filter(working).annotate(
        recipient_id=F("employee"), occasion=Cast(Subquery(last.values("pk")[:1]), CharField())
    )
    return rows.filter(occasion__isnull=False)


SELF_REVIEW = Kind(
    "appraisals.self_review",
    template="appraisals/mail/self_review",
    due=self_review,
    title=_("Your self-review waits for you"),
    group=Group.WRITE,
)
REVIEW = Kind(
    "appraisals.review",
    template="appraisals/mail/review",
    due=review,
    title=_("A review waits for you"),
    group=Group.WRITE,
)
WORDS = Kind(
    "appraisals.words",
    template="appraisals/mail/words",
    due=words_to_write,
    title=_("Somebody you led earlier is appraised"),
    group=Group.WRITE,
)
NOTE = Kind(
    "appraisals.note",
    template="appraisals/mail/note",
    due=notes_to_release,
    title=_("A sentence of a note you wrote too is to stand in an appraisal"),
    group=Group.DECIDE,
)
CALIBRATE = Kind(
    "appraisals.calibrate",
    template="appraisals/mail/calibrate",
    due=to_calibrate,
    title=_("Appraisals wait for calibration"),
    group=Group.DECIDE,
)
SIGN = Kind(
    "appraisals.sign",
    template="appraisals/mail/sign",
    due=to_sign,
    title=_("Your appraisal is shared with you"),
    group=Group.READ,
)
WEIGHTS_CHANGED = Kind(
    "appraisals.weights_changed",
    template="appraisals/mail/weights_changed",
    due=weights_changed,
    title=_("Weights of the appraisal have changed"),
    group=Group.KNOW,
)
# Deeds: their rules post them.
GIVEN_BACK = Kind(
    "appraisals.given_back", template="appraisals/mail/given_back", title=_("Your self-review came back to you")
)
RECALLED = Kind(
    "appraisals.recalled", template="appraisals/mail/recalled", title=_("A shared appraisal was taken back")
)
REOPENED = Kind("appraisals.reopened", template="appraisals/mail/reopened", title=_("An appraisal was reopened"))
SIGNED = Kind("appraisals.signed", template="appraisals/mail/signed", title=_("Somebody you lead has signed"))
CLOSED = Kind(
    "appraisals.closed", template="appraisals/mail/closed", title=_("Your appraisal was closed without your signature")
)
WORDS_ASKED = Kind(
    "appraisals.words_asked", template="appraisals/mail/words_asked", title=_("You are asked for words on somebody")
)
KINDS = [
    SELF_REVIEW,
    REVIEW,
    WORDS,
    NOTE,
    CALIBRATE,
    SIGN,
    WEIGHTS_CHANGED,
    GIVEN_BACK,
    RECALLED,
    REOPENED,
    SIGNED,
    CLOSED,
    WORDS_ASKED,
]
