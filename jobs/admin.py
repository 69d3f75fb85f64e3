"""What whoever runs the machine sees of job descriptions: the list of grounds. Nothing that was said."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from jobs.models import Ground


@admin.register(Ground)
class GroundAdmin(admin.ModelAdmin):
    """To look at: HR extends it on its own page."""

    list_display = ["text", "is_offered"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
