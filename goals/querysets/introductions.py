from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from goals.models import Introduction
    from people.models import Employee


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def visible_to(self, user: "Employee") -> Self:
        """The two of them; no line, no HR."""
        return self.filter(Q(asker=user) | Q(colleague=user))

    def editable_by(self, user: "Employee") -> Self:
        """To answer: whoever is asked."""
        return self.filter(colleague=user)

    def waiting(self) -> Self:
        return self.filter(answer="waits")

    def for_list(self) -> Self:
        return self.select_related("asker", "colleague", "place").order_by("-asked_at", "-pk")
