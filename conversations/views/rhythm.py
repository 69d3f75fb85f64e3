from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from conversations.rules import rhythms
from journal import clock
from web.http import Request


@require_GET
def rhythm(request: Request) -> HttpResponse:
    """A manager's own held, moved, missed and hours; and, privately, help where two in a row were missed."""
    year = _year(request)
    total, rows = rhythms.own_report(request.user, year)
    if not rows and not request.user.leads_somebody:  # type: ignore[attr-defined]
        raise Http404
    context = {"total": total, "rows": rows, "year": year, "years": [clock.today().year - n for n in range(4)]}
    return render(request, "conversations/rhythm.html", context | {"help": rhythms.missed_twice(request.user)})


@require_GET
def departments(request: Request) -> HttpResponse:
    """For HR: counts per department of its part, no cell of fewer than four pairs."""
    if not request.user.is_hr:
        raise Http404
    year = _year(request)
    total, cells = rhythms.per_department(request.user, date(year, 1, 1), date(year + 1, 1, 1))
    context = {"total": total, "cells": cells, "year": year, "years": [clock.today().year - n for n in range(4)]}
    return render(request, "conversations/departments.html", context | {"fewest": rhythms.FEWEST})


def _year(request: Request) -> int:
    """The year asked for, this one or one of the three before."""
    this, asked = clock.today().year, request.GET.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and this - 3 <= int(asked[:6]) <= this else this
