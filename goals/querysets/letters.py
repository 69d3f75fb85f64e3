from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from goals.models import GapLetter
    from people.models import Employee


class GapLetterQuerySet(models.QuerySet["GapLetter"]):
    def visible_to(self, user: "Employee") -> Self:
        """Whoever it was written to."""
        return self.filter(manager=user)
