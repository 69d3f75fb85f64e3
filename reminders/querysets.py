from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from people.models import Employee
    from reminders.models import Wishes


class WishesQuerySet(models.QuerySet["Wishes"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own, nobody else's."""
        return self.filter(person=user)
