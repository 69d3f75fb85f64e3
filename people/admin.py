"""What whoever runs the machine sees of people: accounts. Records are HR's, deeds are rules'."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from people.models import Department, Employee, Site


class ReadOnly(admin.ModelAdmin):
    """To look at, not to change: what stands here is written by rules, through the pages of whoever answers for it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Employee)
class EmployeeAdmin(ReadOnly):
    list_display = ["name", "email", "department", "left_on", "last_login", "is_superuser"]
    list_select_related = ["department"]
    list_filter = ["is_superuser", "hr_role"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "department", "left_on", "last_login", "time_zone", "language", "is_superuser"]
    show_full_result_count = False


@admin.register(Department)
class DepartmentAdmin(ReadOnly):
    list_display = ["name", "code", "parent", "partner"]
    list_select_related = ["parent", "partner"]
    search_fields = ["name", "code"]


@admin.register(Site)
class SiteAdmin(ReadOnly):
    list_display = ["name", "time_zone"]
