from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from goals.models import Idea
    from people.models import Department, Employee


class IdeaQuerySet(models.QuerySet["Idea"]):
    def visible_to(self, user: "Employee") -> Self:
        """Those for everybody, for the departments one is in or leads people in, of HR's part, and one's own."""
        places = Q(department__lines_down__below=user.department_id) if user.department_id else Q(pk=None)
        led = Q(department__lines_down__below__people__in=user.lines_down.values("below"))
        part = Q(department__partner=user) if user.is_hr and not user.is_hr_administrator else Q(pk=None)
        everywhere = ~Q(pk=None) if user.is_hr_administrator else Q(department=None)
        seen = self.model._default_manager.filter(everywhere | places | led | part | Q(author=user))
        return self.filter(pk__in=seen.values("pk"))

    def editable_by(self, user: "Employee") -> Self:
        """HR administrators: all; a partner those of their part; whoever added one their own."""
        if user.is_hr_administrator:
            return self.all()
        part = Q(department__partner=user) if user.is_hr else Q(pk=None)
        return self.filter(Q(author=user) | part)

    def offered(self) -> Self:
        return self.filter(is_offered=True)

    def fitting(self, department: "Department | None") -> Self:
        """Offered ideas for people of one department."""
        if department is None:
            return self.offered().filter(department=None)
        above = department.lines_up.values("above")
        return self.offered().filter(Q(department=None) | Q(department__in=above))
