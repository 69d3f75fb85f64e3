"""Who sees which goal: DESIGN's table, said once.

Goals and what hangs on them: one's own and those of one's line. A draft: whoever wrote it, until it is handed on.
A manager's own: their directs too, once agreed. HR: the state only (status_for).
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from people.access import in_part, in_sight

if TYPE_CHECKING:
    from goals.models import Changed, Goal, Offer, Reason, Turn
    from people.models import Employee

AGREED = ("active", "reported", "confirmed")


def _goals() -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("goals", "Goal")._default_manager.order_by()
    return rows


def seen_by(user: "Employee") -> QuerySet[Any]:
    """Ids of the goals whose words `user` may read."""
    handed_on = ~Q(state="draft") | Q(handed_on_at__isnull=False) | Q(author=user)
    return _goals().filter(in_sight(user, "owner")).filter(handed_on).values("pk")


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: "Employee") -> Self:
        """Own goals and those of people in sight; a draft that was not handed on is its author's alone."""
        handed_on = ~Q(state="draft") | Q(handed_on_at__isnull=False) | Q(author=user)
        return self.filter(in_sight(user, "owner")).filter(handed_on)

    def editable_by(self, user: "Employee") -> Self:
        """Those that `user` is one of the two to agree on: their own and those of their directs."""
        return self.visible_to(user).filter(Q(owner=user) | Q(owner__manager=user))

    def led_by_example(self, user: "Employee") -> Self:
        """The agreed goals and counts of `user`'s own manager: shown to the whole team, and no more than these."""
        return self.filter(owner=user.manager_id, state__in=AGREED) if user.manager_id else self.none()

    def status_for(self, user: "Employee") -> QuerySet["Goal", dict[str, Any]]:
        """For HR, in its part: whose goal, its state and counts as values; no words. Drafts are not said."""
        rows = self.filter(in_part(user, "owner")).exclude(state="draft")
        return rows.values("owner", "year", "state", "target", "counted", "confirmed", "due_on")

    def of_year(self, year: Any) -> Self:
        return self.filter(year=year)

    def standing(self) -> Self:
        """Without those that were withdrawn."""
        return self.exclude(state="withdrawn")

    def agreed(self) -> Self:
        return self.filter(state__in=AGREED)

    def under_way(self) -> Self:
        """Agreed by both and not yet confirmed."""
        return self.filter(state__in=AGREED[:2])

    def met(self) -> Self:
        return self.filter(state__in=AGREED, confirmed__gte=models.F("target"))

    def overdue(self, today: date) -> Self:
        """Agreed, not reported complete, past its date: by the clock alone."""
        return self.filter(state="active", due_on__lt=today)

    def with_people(self) -> Self:
        return self.select_related("owner__manager", "owner__department", "year", "idea")


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: "Employee") -> Self:
        """The two in it, as long as they are a pair; whoever made it sees it no more once they lead somebody else."""
        return self.filter(Q(owner=user) | Q(owner__manager=user))

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user).filter(answered_at=None)

    def open(self) -> Self:
        return self.filter(answered_at=None)


class ReasonQuerySet(models.QuerySet["Reason"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(goal__in=seen_by(user))

    def editable_by(self, user: "Employee") -> Self:
        """Those that `user` has not read yet: told by the other one of the two."""
        pair = Q(goal__owner=user) | Q(goal__owner__manager=user)
        return self.visible_to(user).filter(pair, read_at=None).exclude(by=user)


class TurnQuerySet(models.QuerySet["Turn"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(goal__in=seen_by(user))

    def editable_by(self, user: "Employee") -> Self:
        """Changes that wait for an answer, for the two who agree."""
        pair = Q(goal__owner=user) | Q(goal__owner__manager=user)
        return self.visible_to(user).filter(pair, answer="waits")

    def waiting(self) -> Self:
        return self.filter(answer="waits")


class ChangedQuerySet(models.QuerySet["Changed"]):
    """Read and emptied by the roll-up of the appraisals alone."""
