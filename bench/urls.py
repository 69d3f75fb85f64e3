"""The product's addresses and the floor that its pages are measured against; production never sees this file."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from relgoals.urls import handler400, handler403, handler404, handler500

if TYPE_CHECKING:
    from django.urls.resolvers import URLPattern, URLResolver

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    """What every page pays for: middleware, the reader, the base template."""
    return render(request, "bench/empty.html")


urlpatterns: "list[URLPattern | URLResolver]" = [path("bench/empty/", empty), path("", include("relgoals.urls"))]
