"""Who leads others and has nothing in force that says so."""

from django.db.models import Exists, OuterRef, QuerySet

from jobs.models import Assignment
from journal import clock
from people.access import in_part
from people.models import Employee


def leaders_without_any(user: Employee) -> QuerySet[Employee]:
    """People of `user`'s part of HR who lead somebody and have no job description in force."""
    reports = Employee.objects.working().filter(manager=OuterRef("pk"))
    held = Assignment.objects.held_on(clock.today()).filter(employee=OuterRef("pk"))
    leaders = Employee.objects.working().filter(in_part(user)).filter(Exists(reports), ~Exists(held))
    found: QuerySet[Employee] = leaders.select_related("department").order_by("name", "pk")
    return found
