from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max, Q, Sum

if TYPE_CHECKING:
    from goals.models import Coverage, Year
    from people.models import Employee


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def visible_to(self, user: "Employee") -> Self:
        """HR, in its part; those without a department are the administrators'."""
        if user.is_hr_administrator:
            return self.all()
        return self.filter(department__partner=user) if user.is_hr else self.none()

    def of_year(self, year: "Year") -> Self:
        return self.filter(year=year).exclude(Q(people=0))

    def totals(self) -> dict[str, int]:
        """The sums of all rows, and `counted_at` of the oldest change among them."""
        names = ("people", "agreed", "confirmed", "waiting", "gap")
        return self.aggregate(**{name: Sum(name, default=0) for name in names}, counted_at=Max("counted_at"))
