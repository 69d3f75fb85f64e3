from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Max, Q

from journal import clock

if TYPE_CHECKING:
    from goals.models import Contact, Edge, Findable, Tie
    from people.models import Employee


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own notebook; nobody else's, whoever asks."""
        return self.filter(owner=user)

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(owner=user)

    def by_last_contact(self) -> Self:
        """Each with `last_on` (None: never in a step) and `times`, the longest ago first."""
        met = self.annotate(last_on=Max("encounters__happened_on"), times=Count("encounters"))
        return met.select_related("department", "employee").order_by(F("last_on").asc(nulls_last=True), "pk")


class TieQuerySet(models.QuerySet["Tie"]):
    def visible_to(self, user: "Employee") -> Self:
        """Everybody's who works here and may be found (others have no ties); never the reader's own."""
        return self.visible_on(clock.today(), user.pk)

    def visible_on(self, day: date, reader: int) -> Self:
        working = Q(owner__left_on=None) | Q(owner__left_on__gte=day)
        return self.filter(working).exclude(owner=reader)

    def with_job_like(self, words: str) -> Self:
        """Ties to people whose job title has all of `words`; a colleague may have several."""
        wanted = Q()
        for word in words.casefold().split()[:6]:
            wanted &= Q(title__contains=word)
        jobs = apps.get_model("goals", "Job")._default_manager.filter(wanted)
        return self.filter(job__in=list(jobs.order_by("title").values_list("pk", flat=True)[:100])).newest()

    def newest(self) -> Self:
        return self.order_by("-last_on", "pk")


class EdgeQuerySet(models.QuerySet["Edge"]):
    def visible_to(self, user: "Employee") -> Self:
        """Sums of departments; which of them are too small to show says goals.rules.contacts."""
        return self.all()


class FindableQuerySet(models.QuerySet["Findable"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(employee=user)
