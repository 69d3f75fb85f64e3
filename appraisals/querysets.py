"""Who sees which appraisal and from which stage on: DESIGN's table, said once.

An appraisal is there for its employee, everybody above and HR in its part; what is written in it is each author's
until they hand it on, and `PassageQuerySet.visible_to` and its like say from when the others read it.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from people.access import in_part, in_sight

if TYPE_CHECKING:
    from appraisals.models import (
        Aggregate,
        Appraisal,
        Evidence,
        MovedRating,
        Passage,
        Rating,
        Roll,
        Scheme,
        Section,
        Words,
    )
    from people.models import Employee

HANDED_IN = ("review", "calibration", "shared", "signed", "locked")
HANDED_ON = ("calibration", "shared", "signed", "locked")
SHARED = ("shared", "signed", "locked")
RELEASED = Q(asked=None) | Q(released_at__isnull=False)


def shown_to(user: "Employee", path: str = "") -> Q:
    """Condition for appraisals (at `path`, "appraisal__") in which `user` takes part: own, line, HR's part."""
    return in_sight(user, f"{path}employee") | in_part(user, f"{path}employee")


def reviewed_by(user: "Employee", path: str = "") -> Q:
    """Condition for appraisals whose review is `user`'s to write: whose manager they are now, or, where nobody leads
    somebody, an HR administrator's. Never one's own."""
    condition = Q(**{f"{path}employee__manager": user})
    if user.is_hr_administrator:
        condition |= Q(**{f"{path}employee__manager": None}) & ~Q(**{f"{path}employee": user})
    return condition


def of_the_review(user: "Employee", path: str = "appraisal__") -> Q:
    """Condition for what the reviewer writes: theirs while they write, the line's and HR's once it is handed on, the
    direct's from sharing on (own wins: whoever is appraised reads it then and not before, whatever their role)."""
    own = Q(**{f"{path}employee": user})
    handed_on = shown_to(user, path) & Q(**{f"{path}state__in": HANDED_ON})
    writing = reviewed_by(user, path) & Q(**{f"{path}state": "review"})
    return (~own & (handed_on | writing)) | (own & Q(**{f"{path}state__in": SHARED}))


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, user: "Employee") -> Self:
        """HR sees every scheme; everybody else the started ones that cover them or somebody below."""
        if user.is_hr:
            return self.all()
        mine = apps.get_model("appraisals", "Appraisal")._default_manager.filter(in_sight(user, "employee"))
        return self.filter(started_at__isnull=False, pk__in=mine.order_by().values("scheme"))

    def editable_by(self, user: "Employee") -> Self:
        return self.all() if user.is_hr_administrator else self.none()

    def started(self) -> Self:
        return self.filter(started_at__isnull=False)

    def running(self) -> Self:
        """Started, and with an appraisal that is not locked yet."""
        open_ones = apps.get_model("appraisals", "Appraisal")._default_manager.filter(scheme=OuterRef("pk"))
        return self.started().filter(Exists(open_ones.exclude(state="locked").filter(replaced_at=None)))

    def to_roll(self) -> Self:
        """Running, or changed since the aggregates were written: the last lock counts, too."""
        stale = Q(changed_at__isnull=False) & (Q(aggregated_at=None) | Q(aggregated_at__lte=F("changed_at")))
        return self.started().filter(Q(pk__in=self.running().values("pk")) | stale)


class SectionQuerySet(models.QuerySet["Section"]):
    def editable_by(self, user: "Employee") -> Self:
        return self.all() if user.is_hr_administrator else self.none()


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    def visible_to(self, user: "Employee") -> Self:
        """That there is one, its stage, and of its parts those whose authors have handed them on."""
        return self.filter(shown_to(user))

    def editable_by(self, user: "Employee") -> Self:
        """Where it is `user`'s turn to write: their self-review, or the review of somebody they review."""
        return self.filter(replaced_at=None).filter(
            Q(employee=user, state="self_review") | (reviewed_by(user) & Q(state="review"))
        )

    def current(self) -> Self:
        """The version in force; earlier ones stand in history."""
        return self.filter(replaced_at=None)

    def with_people(self) -> Self:
        return self.select_related("scheme", "year", "employee__department", "reviewer")

    def to_review_by(self, user: "Employee") -> Self:
        return self.current().filter(reviewed_by(user))

    def in_line_of(self, user: "Employee") -> Self:
        """Everybody below `user`, not themselves."""
        return self.filter(in_sight(user, "employee")).exclude(employee=user)

    def in_part_of(self, user: "Employee") -> Self:
        """HR's part, without one's own."""
        return self.filter(in_part(user, "employee")).exclude(employee=user)

    def total_shown_to(self, user: "Employee") -> Self:
        """Whose total `user` may read now: from calibration on, one's own from sharing on."""
        own = Q(employee=user)
        return self.filter(
            (own & Q(state__in=SHARED))
            | (~own & shown_to(user) & Q(state__in=HANDED_ON))
            | (reviewed_by(user) & Q(state="review"))
        )

    def for_list(self) -> Self:
        """Rows of a list: person, stage, total; by name."""
        return self.with_people().select_related("score").order_by("employee__name", "pk")

    def in_stage(self, *states: str) -> Self:
        return self.current().filter(state__in=states)


class PassageQuerySet(models.QuerySet["Passage"]):
    def visible_to(self, user: "Employee") -> Self:
        """The direct's words: theirs, everybody's in the appraisal once handed in. The reviewer's: of_the_review()."""
        handed_in = shown_to(user, "appraisal__") & Q(appraisal__state__in=HANDED_IN)
        return self.filter(
            (Q(side="self") & (Q(appraisal__employee=user) | handed_in)) | (Q(side="manager") & of_the_review(user))
        )


class WordsQuerySet(models.QuerySet["Words"]):
    def visible_to(self, user: "Employee") -> Self:
        """Their author's always; once handed on, the reviewer's, and the others' like the review itself."""
        handed_on = Q(handed_on_at__isnull=False)
        return self.filter(Q(author=user) | (handed_on & (reviewed_by(user, "appraisal__") | of_the_review(user))))

    def editable_by(self, user: "Employee") -> Self:
        """The author's until they hand them on, and until the review is."""
        waiting = Q(appraisal__state__in=["open", "self_review", "review"], appraisal__replaced_at=None)
        return self.filter(waiting, author=user, handed_on_at=None)


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_the_review(user))


class MovedRatingQuerySet(models.QuerySet["MovedRating"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_the_review(user))


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: "Employee") -> Self:
        """What the direct attached goes with the self-review, what others attached with the review. A note that its
        other writer has not released: whoever attached it, and the reviewer who is asked, until the review is handed
        on."""
        own_side = Q(by=F("appraisal__employee"))
        handed_in = shown_to(user, "appraisal__") & Q(appraisal__state__in=HANDED_IN)
        between_two = Q(by=user) | (Q(asked=user) & reviewed_by(user, "appraisal__") & Q(appraisal__state="review"))
        return self.filter(
            Q(by=user) & shown_to(user, "appraisal__")
            | (own_side & (Q(appraisal__employee=user) | handed_in))
            | (~own_side & of_the_review(user))
        ).filter(RELEASED | (between_two & ~Q(appraisal__state__in=HANDED_ON)))

    def released(self) -> Self:
        """Everything but notes whose other writer has not said so too."""
        return self.filter(RELEASED)

    def to_release_by(self, user: "Employee") -> Self:
        """Sentences of notes `user` wrote too, while the review is written: before it nothing is told of them."""
        waiting = self.filter(asked=user, released_at=None, appraisal__state="review", appraisal__replaced_at=None)
        return waiting.select_related("appraisal__employee", "appraisal__year", "by")

    def editable_by(self, user: "Employee") -> Self:
        """Taken away again by whoever attached it, as long as it is their turn to write."""
        turn = apps.get_model("appraisals", "Appraisal")._default_manager.editable_by(user)
        return self.filter(by=user, appraisal__in=turn.values("pk"))


class RollQuerySet(models.QuerySet["Roll"]):
    def open(self) -> Self:
        return self.filter(finished_at=None)


class AggregateQuerySet(models.QuerySet["Aggregate"]):
    def visible_to(self, user: "Employee") -> Self:
        """A manager's own team and those of managers below; HR its departments; all of them an administrator."""
        if user.is_hr_administrator:
            return self.all()
        teams = Q(level="team", of__in=user.lines_down.values("below"))
        if not user.is_hr:
            return self.filter(teams)
        return self.filter(teams | Q(level="department", of__in=user.partner_of.values("pk")))

    def of_teams(self, managers: Any) -> Self:
        return self.filter(level="team", of__in=managers)


def stage_reached(scheme: "Scheme", today: date) -> str:
    """The stage that the calendar is at: the name of the last date field that has come, "" before the first."""
    reached = [name for name in scheme.STAGES if getattr(scheme, name) <= today]
    return reached[-1] if reached else ""
