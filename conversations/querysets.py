"""Who reaches which row of a pair: what is here is the pair’s (conversations.access), private things the author’s."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from conversations.access import of_pair, still_a_pair
from journal import clock
from people.access import in_part

if TYPE_CHECKING:
    from conversations.models import (
        Action,
        Answer,
        Aspiration,
        CoachingNote,
        Feed,
        Feedback,
        NewDate,
        OneOnOne,
        PrivateNote,
        Repair,
        Series,
        SharedNote,
        Topic,
    )
    from people.models import Employee


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(still_a_pair())

    def with_people(self) -> Self:
        return self.select_related("manager", "direct")

    def going_on(self) -> Self:
        return self.filter(closed_on=None)

    def no_longer_a_pair(self) -> Self:
        """Open ones whose two are not manager and direct any more, or one of whom has left."""
        today = clock.today()
        gone = Q(manager__left_on__lt=today) | Q(direct__left_on__lt=today)
        return self.going_on().filter(~Q(direct__manager=F("manager")) | Q(direct__manager=None) | gone)

    def for_list(self) -> Self:
        """With both people, `next_uuid` and `next_at` of the next one-on-one, the soonest first; `goes_on`: a pair."""
        coming = self.model._meta.get_field("one_on_ones").related_model._default_manager  # type: ignore[union-attr]
        following = coming.ahead().filter(series=OuterRef("pk")).order_by("starts_at")  # type: ignore[union-attr]
        return (
            self.with_people()
            .annotate(
                next_uuid=Subquery(following.values("uuid")[:1]),
                next_at=Subquery(following.values("starts_at")[:1]),
                goes_on=Case(When(still_a_pair(), then=Value(True)), default=Value(False)),
            )
            .order_by(F("next_at").asc(nulls_last=True), "direct__name", "pk")
        )


class OneOnOneQuerySet(models.QuerySet["OneOnOne"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user, "series"))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(still_a_pair("series"))

    def with_people(self) -> Self:
        return self.select_related("series__manager", "series__direct")

    def planned(self) -> Self:
        return self.filter(state="planned")

    def ahead(self) -> Self:
        """Planned, and their day has not passed: the first of them is the next one. Of a day that passed nobody may
        have said yet whether they met."""
        return self.planned().filter(on__gte=clock.today())

    def passed_in_silence(self, today: date) -> Self:
        """Planned before yesterday, never said to be held or missed, with something open on their sheet."""
        waiting = self.planned().filter(on__lt=today - timedelta(days=1), topics__isnull=False, topics__settled_at=None)
        return waiting.order_by("starts_at", "pk").distinct()

    def for_hr(self, user: "Employee") -> Self:
        """What HR counts in its part: only to be grouped by per_department(), never shown."""
        return self.filter(in_part(user, "series__direct"), series__direct__department__isnull=False)

    def per_department(self, since: datetime, until: datetime) -> QuerySet[Any]:
        """Counts by the direct's department, and `pairs`: how many there are. No names, no content, no dates."""
        span = self.filter(starts_at__gte=since, starts_at__lt=until)
        grouped = span.order_by().values("series__direct__department__name", "series__direct__department")
        return grouped.annotate(pairs=Count("series", distinct=True), **tallies()).order_by(
            "series__direct__department__name"
        )


def tallies() -> dict[str, Any]:
    held, missed = Q(state="held"), Q(state="missed")
    return {
        "held": Count("pk", filter=held),
        "moved": Count("pk", filter=Q(moved__gt=0) & ~Q(state="dropped")),
        "missed": Count("pk", filter=missed),
        "minutes_held": Coalesce(Sum("minutes", filter=held), 0),
    }


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, user: "Employee") -> Self:
        """The pair's; what is not shown yet is its author's alone. The second look at the sheet is for a topic written
        at the very moment when the manager's part began."""
        shown = Q(shown_at__isnull=False) | Q(sheet__manager_part_at__isnull=False)
        return self.filter(of_pair(user, "series")).filter(shown | Q(author=user))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(still_a_pair("series"))

    def open(self) -> Self:
        return self.filter(settled_at=None)


class SharedNoteQuerySet(models.QuerySet["SharedNote"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user, "sheet__series"))


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(author=user)

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(author=user)


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user, "series"))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(still_a_pair("series"))

    def open(self) -> Self:
        return self.filter(state="open")

    def due_by(self, day: date) -> Self:
        return self.open().filter(due_on__lte=day)


class NewDateQuerySet(models.QuerySet["NewDate"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user, "promise__series"))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(still_a_pair("promise__series"))

    def asked(self) -> Self:
        """Those that wait for the other's yes, of promises that are open still."""
        return self.filter(state="asked", promise__state="open")


class RepairQuerySet(models.QuerySet["Repair"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user, "promise__series"))

    def editable_by(self, user: "Employee") -> Self:
        """To answer: theirs to whom the promise was made, once, if they like."""
        mine = self.filter(promise__series__direct=user, answered_at=None)
        return mine.filter(still_a_pair("promise__series"))


class CoachingNoteQuerySet(models.QuerySet["CoachingNote"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(of_pair(user, "series"))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(still_a_pair("series"))

    def for_appraisal(self, employee: "Employee", first: date, last: date) -> Self:
        """What both chose to bring into `employee`'s appraisal, of a span of days."""
        chosen = self.filter(series__direct=employee, manager_chose_at__isnull=False, direct_chose_at__isnull=False)
        return chosen.filter(at__date__range=(first, last)).order_by("at", "pk")


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(Q(giver=user) | Q(receiver=user))

    def editable_by(self, user: "Employee") -> Self:
        """To answer: the receiver's, once."""
        return self.filter(receiver=user, answered_at=None).filter(still_a_pair("series"))


class AspirationQuerySet(models.QuerySet["Aspiration"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own; and those shared with `user` by somebody they lead now."""
        return self.filter(Q(owner=user) | Q(shared_with=user, owner__manager=user))

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(owner=user)

    def lasting(self) -> Self:
        return self.filter(ended_at=None)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(author=user)

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(author=user)


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(owner=user)
