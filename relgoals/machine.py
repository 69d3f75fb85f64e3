"""The admin site of whoever runs the machine: accounts and what the machine needs, never what people wrote."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url


class MachineSite(AdminSite):
    """Django's admin behind our own sign-in (throttled, with second factor) and out of sight for everybody else."""

    site_header = site_title = "relgoals"
    enable_nav_sidebar = False

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            answer: HttpResponse = inner(request, *args, **kwargs)
            return answer

        return guarded

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{request.GET.urlencode()}")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")


class MachineConfig(AdminConfig):
    default_site = "relgoals.machine.MachineSite"

    def ready(self) -> None:
        """Only what we list is there: Django and allauth would show tokens, second factors and groups."""
        super().ready()
        from django.contrib import admin  # noqa: PLC0415 the site exists now

        for model in list(admin.site._registry):
            if model._meta.app_label in {"account", "auth", "mfa", "socialaccount"}:
                admin.site.unregister(model)
