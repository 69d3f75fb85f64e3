"""HR's view of a year: how far each department is, each person's state, what was asked back. No words of goals, no
people met."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from goals.forms.coverage import LetterForm
from goals.models import Coverage, Year
from goals.money import in_all, parts_of, with_claims
from goals.rules import coverage as rules
from goals.rules import letters
from goals.small_cells import withheld
from journal import clock
from people.models import Department, Employee
from web.export import csv_response
from web.http import Request, render_form, render_page
from web.paging import keyset

MOST_NAMED = 100


@require_GET
def coverage(request: Request) -> HttpResponse:
    """Departments of the reader's part, the largest gap first; ?year= another one."""
    year = _year(request)
    rows = (
        Coverage.objects.visible_to(request.user).of_year(year) if year else Coverage.objects.visible_to(request.user)
    )
    page = keyset(rows.select_related("department__partner"), ("-gap", "pk"), request.GET.get("after"))
    context = {
        "year": year,
        "years": [other for other in Year.objects.visible_to(request.user) if other != year],
        "page": page,
        "rows": _for_paper(page.rows),
        "totals": rows.totals(),
        "today": clock.today(),
        "query": f"year={year.pk}&" if year else "",
    }
    return render_page(request, "goals/coverage.html", "goals/_coverage.html", context)


def _for_paper(rows: list[Coverage]) -> list[tuple[Coverage, str | None]]:
    """Each with why it is left out where the page is printed, for paper leaves the house; None: it is not."""
    hidden = withheld({row.pk: row.people for row in rows})
    return [(row, hidden.get(row.pk)) for row in rows]


@require_GET
def coverage_of(request: Request, pk: int) -> HttpResponse:
    """Everybody of one department by name: the state of each goal, and no words."""
    year = _year(request)
    part = Department.objects.visible_to(request.user).in_part_of(request.user)
    department = get_object_or_404(part, pk=pk)
    people = Employee.objects.visible_to(request.user).filter(department=department).select_related("manager")
    page = keyset(people, ("name", "pk"), request.GET.get("after"))
    statuses = rules.statuses_of(page.rows, year, reader=request.user) if year else {}
    context = {
        "year": year,
        "department": department,
        "page": page,
        "rows": [(person, statuses.get(person.pk, [])) for person in page.rows],
        "query": f"year={year.pk}&" if year else "",
        "today": clock.today(),
    }
    return render(request, "goals/coverage_of.html", context)


def write_to_managers(request: Request) -> HttpResponse:
    """To whom HR would write about missing goals, and the one button that does."""
    year = _year(request)
    if year is None:
        raise Http404
    form = LetterForm(request.POST or None)
    if form.is_valid():
        number = letters.write(year, by=request.user, key=form.cleaned_data["uuid"])
        said = ngettext("One manager is written to.", "%(n)s managers are written to.", number) % {"n": number}
        messages.success(request, said if number else _("Nobody was written to: whoever has a gap was lately."))
        return redirect("goals:coverage")
    waiting = letters.to_write(request.user, year)
    context = {
        "form": form,
        "year": year,
        "number": waiting.count(),
        "lately": letters.managers_in_gap(request.user, year).exclude(pk=request.user.pk).count(),
        "managers": waiting.select_related("department")[:MOST_NAMED],
    }
    return render_form(request, "goals/write_to_managers.html", context)


@require_GET
def claims_of_part(request: Request) -> HttpResponse:
    """For HR: what the departments and teams of its part have asked back in a year. Amounts, and nothing else."""
    year = _year(request)
    page = keyset(with_claims(request.user, year), ("name", "pk"), request.GET.get("after"), size=25)
    context = {
        "year": year,
        "years": Year.objects.visible_to(request.user),
        "page": page,
        "parts": parts_of(request.user, year, page.rows),
        "sums": in_all(request.user, year),
        "query": f"year={year.pk}&" if year else "",
    }
    return render(request, "goals/claims_of_part.html", context)


@require_GET
def coverage_export(request: Request) -> StreamingHttpResponse:
    """The same table for outside the house: departments of fewer than five people are left out."""
    year = _year(request)
    if year is None:
        raise Http404
    rows = Coverage.objects.visible_to(request.user).of_year(year).select_related("department").order_by("-gap", "pk")
    every = list(rows)
    hidden = withheld({row.pk: row.people for row in every})
    head = [_("Department"), _("People"), _("Goal agreed"), _("Confirmed"), _("Waits for an answer"), _("No goal")]
    lines = [_line(row, hidden.get(row.pk)) for row in every]
    return csv_response(f"goals-{year.pk}.csv", head, lines)


def _year(request: Request) -> Year | None:
    """The year asked for, else the present one. HR alone is asked in."""
    if not request.user.is_hr:
        raise Http404
    asked = request.GET.get("year", "")
    years = Year.objects.visible_to(request.user)
    found = years.filter(pk=int(asked)).first() if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    return found or years.current()


def _line(row: Coverage, hidden: str | None) -> list[str | int]:
    name = str(row.department or _("No department"))
    if hidden == "few":
        return [name, _("Fewer than five people, so not shown.")]
    if hidden:
        return [name, _("Withheld: the sum would give a smaller department away.")]
    return [name, row.people, row.agreed, row.confirmed, row.waiting, row.nothing_yet]
