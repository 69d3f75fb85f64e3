"""Who reads a team's case: its manager; once it is handed on, those above and HR in its part."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.access import in_part, in_sight

if TYPE_CHECKING:
    from goals.models import Named, Story, TeamCase
    from people.models import Employee


def _named() -> models.QuerySet[Any]:
    """Those named in the story of the outer query."""
    rows: models.QuerySet[Any] = apps.get_model("goals", "Named")._default_manager.filter(story=OuterRef("pk"))
    return rows


class TeamCaseQuerySet(models.QuerySet["TeamCase"]):
    def visible_to(self, user: "Employee") -> Self:
        handed_on = Q(handed_on_at__isnull=False) & (in_sight(user, "manager") | in_part(user, "manager"))
        return self.filter(Q(manager=user) | handed_on)

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(manager=user)

    def handed_on(self) -> Self:
        return self.filter(handed_on_at__isnull=False)


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: "Employee") -> Self:
        """The manager who tells it, and those in it. Others read it on the case, once it may be told."""
        return self.filter(Q(case__manager=user) | Exists(_named().filter(employee=user)))

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(case__manager=user)

    def with_named(self) -> Self:
        """Each with those in it and their answers, in one more query."""
        rows = apps.get_model("goals", "Named")._default_manager.select_related("employee")
        return self.prefetch_related(models.Prefetch("named", rows))

    def may_be_told(self) -> Self:
        """Stories without anybody in them who has not agreed."""
        return self.exclude(Exists(_named().exclude(answer="agreed")))


class NamedQuerySet(models.QuerySet["Named"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(employee=user)

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(employee=user)

    def waiting(self) -> Self:
        return self.filter(answer="waits")
