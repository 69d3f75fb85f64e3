"""Around every request: an id for the log; the reader's language and time zone; nothing kept in shared caches."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from journal.origin import coming_from
from web.autosave import is_autosave

Answer = Callable[[HttpRequest], HttpResponse]
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
log = structlog.get_logger("relgoals.request")


class ForwardedMiddleware:
    """Behind a proxy the address of whoever asks is the last one in X-Forwarded-For: what the proxy itself wrote there.

    Throttles and the journal look at REMOTE_ADDR; without this a whole organisation would be one address.
    """

    def __init__(self, get_response: Answer) -> None:
        if not settings.BEHIND_PROXY:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if last:
            request.META["REMOTE_ADDR"] = last
        return self.get_response(request)


class RequestIdMiddleware:
    """Outermost: every request has an id, in its log lines and in the answer; a proxy may have given one.

    One line a request: method, the name of its address (never the address itself: it may hold what somebody looked
    for), status, milliseconds, who.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        began = time.monotonic()
        with structlog.contextvars.bound_contextvars(request=name):
            response = self.get_response(request)
            match = request.resolver_match
            log.info(
                "answered",
                method=request.method,
                page=match.view_name if match else None,
                status=response.status_code,
                ms=round((time.monotonic() - began) * 1000),
                who=getattr(getattr(request, "_cached_user", None), "pk", None),  # never a query of the log's own
            )
        response.headers["X-Request-ID"] = name
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is sent to sign-in; a part of a page sends the whole page there."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if is_autosave(request):
            return HttpResponse(status=401)
        if "HX-Request" in request.headers:
            page = urlsplit(request.headers.get("HX-Current-URL", ""))
            to = redirect_to_login(page._replace(scheme="", netloc="").geturl() or "/", self.get_login_url(view_func))
            return HttpResponse(status=401, headers={"HX-Redirect": to.url})
        return super().handle_no_permission(request, view_func)


class ReaderMiddleware:
    """After authentication: language, time zone and origin of whoever asks; `no-store` on what only they may see."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = user.language if user.is_authenticated else translation.get_language_from_request(request)
        zone = ZoneInfo(user.time_zone) if user.is_authenticated else timezone.get_default_timezone()
        where = f"web {request.META.get('REMOTE_ADDR', '')}"
        with translation.override(language), timezone.override(zone), coming_from(where):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if user.is_authenticated or request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response
