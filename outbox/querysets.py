from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from outbox.models import Hold, Notice
    from people.models import Employee


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own notices whose matter has not been found done, newest first. Nobody reads somebody else's."""
        return self.filter(recipient=user, over_at=None).order_by("-pk")

    def unread(self) -> Self:
        """What the bell counts: not over, and not seen in the application."""
        return self.filter(read_at=None, over_at=None)


class HoldQuerySet(models.QuerySet["Hold"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(on=True) if user.is_hr_administrator else self.none()

    def kinds(self) -> models.QuerySet["Hold", str]:
        """Names of the kinds that HR holds back now."""
        return self.filter(on=True).values_list("kind", flat=True)
