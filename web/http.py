"""What a view needs from HTTP: a typed request and one way to answer a page, its part, or a form with errors."""

from typing import TYPE_CHECKING, Any, TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

if TYPE_CHECKING:
    from people.models import Employee

T = TypeVar("T")
CONFLICT_CODES = {"moved_on", "changed_meanwhile"}


class Request(HttpRequest):
    """A request that has passed LoginRequiredMiddleware and HtmxMiddleware."""

    user: "Employee"
    htmx: HtmxDetails


def wants_part(request: Request) -> bool:
    """Whether htmx asks for a piece of the page. A history restore is an htmx request that wants the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def render_page(request: Request, page: str, part: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer with `part` to htmx, with `page` (which includes it) to everybody else."""
    response = render(request, part if wants_part(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def render_form(
    request: Request, page: str, context: dict[str, Any], part: str | None = None, form: BaseForm | None = None
) -> HttpResponse:
    """Answer with a form: 200 when it is opened, 422 when something in it is refused, 409 when the thing has moved on.

    form: the bound form that decides the status; default context["form"].
    """
    return render_page(request, page, part or page, context, status_of(form or context["form"]))


def or_404(found: T | None) -> T:
    """What journal.prepared.first() found; there was nothing, or nothing for this reader: 404 alike."""
    if found is None:
        raise Http404
    return found


def status_of(form: BaseForm) -> int:
    """200 for a form nobody sent yet or without errors, 409 where a rule refused it as outdated, else 422."""
    if not form.is_bound or not form.errors:
        return 200
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 409 if codes & CONFLICT_CODES else 422
