from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from journal import clock

if TYPE_CHECKING:
    from goals.models import Year
    from people.models import Employee


class YearQuerySet(models.QuerySet["Year"]):
    def visible_to(self, user: "Employee") -> Self:
        """Every year: what is asked of everybody is no secret."""
        return self.all()

    def editable_by(self, user: "Employee") -> Self:
        return self.all() if user.is_hr_administrator else self.none()

    def on(self, day: date) -> "Year | None":
        """The year that holds `day`; between two years the one that comes next, else the last one; None if none is."""
        held = self.filter(last_on__gte=day).order_by("first_on").first()
        return held or self.order_by("-last_on").first()

    def current(self) -> "Year | None":
        """The year of today, as on() says."""
        return self.on(clock.today())
