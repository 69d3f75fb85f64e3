from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from journal import clock
from people.access import in_part, in_sight

if TYPE_CHECKING:
    from people.models import Department, Employee, ImportRun, Site


class EmployeeQuerySet(models.QuerySet["Employee"]):
    def visible_to(self, user: "Employee") -> Self:
        """The directory: everybody who works here. Whose work one may see is in_sight()."""
        return self.working()

    def editable_by(self, user: "Employee") -> Self:
        """Whose record HR keeps: all for an HR administrator, their part for a partner; nobody keeps their own."""
        return self.filter(in_part(user)).exclude(pk=user.pk)

    def working(self, on: date | None = None) -> Self:
        """Who works here on a day; without one, who has not been said to leave or leaves later than today.

        `left_on` is the last working day. The day is the server's; the account itself (`is_active`) looks at the
        person's own time zone.
        """
        return self.filter(Q(left_on=None) | Q(left_on__gte=on or clock.today()))

    def never_signed_in(self) -> Self:
        """Who has no password and no sign-in yet: from an import, or just added; an invitation lets them in."""
        return self.filter(last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def above(self, employee: "Employee") -> Self:
        """Everybody above `employee` in the line, the top first."""
        return self.filter(lines_down__below=employee, lines_down__depth__gt=0).order_by("-lines_down__depth")

    def around(self, employee: "Employee") -> Self:
        """The line above `employee` and their direct reports in one look; `depth`: how far above, or None."""
        up = employee.lines_up.filter(above=OuterRef("pk"), depth__gt=0).values("depth")
        near = Q(pk__in=employee.lines_up.filter(depth__gt=0).values("above")) | Q(manager=employee)
        found = self.filter(near).annotate(depth=Subquery(up, output_field=models.IntegerField()))
        return found.select_related("department").order_by("name", "pk")

    def with_rights_of(self, user: "Employee") -> Self:
        """Each with `can_edit` (HR keeps the record) and `history_open`: oneself, those above, HR in its part."""
        kept = self.model._default_manager.editable_by(user).filter(pk=OuterRef("pk"))
        part = self.model._default_manager.filter(in_part(user), pk=OuterRef("pk"))
        below = user.lines_down.filter(below=OuterRef("pk"))  # oneself stands there too
        return self.annotate(can_edit=Exists(kept), history_open=Exists(below) | Exists(part))

    def for_branch(self) -> Self:
        """Nodes of the org chart: department, and `reports_count` of those who work here, by name."""
        return (
            self.select_related("department")
            .annotate(reports_count=_reports_working(self.model))
            .order_by("name", "pk")
        )

    def matching(self, words: str) -> Self:
        """Everybody in whom each word is found: in a name, the job title, the e-mail or the department."""
        places = ["name", "preferred_name", "job_title", "email", "department__name"]
        found = self
        for word in words.split()[:6]:
            found = found.filter(reduce(or_, [Q(**{f"{place}__icontains": word}) for place in places]))
        return found

    def in_hr(self) -> Self:
        return self.exclude(hr_role="")

    def inside(self, department: "Department") -> Self:
        """Who works in `department` or a department inside it."""
        return self.filter(department__in=department.lines_down.values("below"))

    def in_line_of(self, user: "Employee") -> Self:
        """`user` and everybody below."""
        return self.filter(in_sight(user))

    def with_place(self) -> Self:
        """Department, site and manager at hand: what a directory row shows."""
        return self.select_related("department", "site", "manager")

    def for_reader(self) -> Self:
        """The signed-in person with what every page asks about them, in the one query that finds them."""
        leads = self.model._default_manager.filter(manager=OuterRef("pk")).working()
        return self.select_related("department").annotate(leads_somebody=Exists(leads))


def _reports_working(model: type["Employee"]) -> Subquery:
    reports = model._default_manager.filter(manager=OuterRef("pk")).working().order_by().values("manager")
    return Subquery(reports.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField())


class EmployeeManager(BaseUserManager.from_queryset(EmployeeQuerySet)):  # type: ignore[misc]
    """Employees are made by people.rules.joining.join(); this adds only what sign-in asks for."""

    def get_by_natural_key(self, username: str | None) -> "Employee":
        employee: Employee = self.get(email=(username or "").lower())
        return employee


class DepartmentQuerySet(models.QuerySet["Department"]):
    def visible_to(self, user: "Employee") -> Self:
        """Every department: who works where is the directory's."""
        return self.all()

    def editable_by(self, user: "Employee") -> Self:
        return self.all() if user.is_hr_administrator else self.none()

    def as_tree(self) -> Self:
        """Each with parent, partner and `headcount`: who works in it, not counting those inside."""
        working = Count("people", filter=Q(people__left_on=None) | Q(people__left_on__gte=clock.today()))
        return self.select_related("parent", "partner").annotate(headcount=working)

    def in_part_of(self, user: "Employee") -> Self:
        """The departments an HR person looks after: all for an administrator, their own for a partner."""
        if user.is_hr_administrator:
            return self.all()
        return self.filter(partner=user) if user.is_hr else self.none()


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: "Employee") -> Self:
        """Files of people are HR administrators' business."""
        return self.all() if user.is_hr_administrator else self.none()


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, user: "Employee") -> Self:
        """Every site: where people work is the directory's."""
        return self.all()

    def with_headcount(self) -> Self:
        """Each with `headcount`: who works there."""
        working = Count("people", filter=Q(people__left_on=None) | Q(people__left_on__gte=clock.today()))
        return self.annotate(headcount=working).order_by("name", "pk")

    def editable_by(self, user: "Employee") -> Self:
        return self.all() if user.is_hr_administrator else self.none()
