"""What the views of one-on-ones share."""

from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpResponse

from conversations.rules import sight
from journal.rules import reads
from web.http import Request, render_form

R = TypeVar("R", bound=Model)


def found(request: Request, rows: QuerySet[Any], uuid: UUID) -> Any:
    """The row, or 404. That somebody asked for what is not theirs stands in the journal."""
    return theirs(request, rows.model, rows.filter(uuid=uuid).first(), uuid)


def theirs(request: Request, model: type[R], row: R | None, uuid: UUID) -> R:
    """found() for a row that was looked for already."""
    if row is None:
        sight.refused(model, uuid, by=request.user)
        raise Http404
    return row


def shown(request: Request, *things: Model) -> None:
    """The page shows the reader confidential words of these: that stands in the journal, once a day."""
    reads.opened(*things, by=request.user)


def page(request: Request, form: BaseForm, **words: Any) -> HttpResponse:
    """The one page of all small forms. words: title, button; perhaps lead, quote, back, readers, meanwhile."""
    return render_form(request, "conversations/form.html", {"form": form, **words})


def refuse(form: BaseForm, error: ValidationError) -> None:
    """What a rule says, beside the field it is about where the form has that field, else above them all."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
