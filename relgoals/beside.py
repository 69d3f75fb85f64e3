"""What pages of an app show of the apps above it, asked only where a page shows it: each named here, none found by
itself. For what is a page of its own see relgoals.views."""

from typing import Any

from django.http import HttpRequest  # noqa: TID251 it reads a request and answers nothing
from django.utils.functional import SimpleLazyObject

from conversations.coming import coming_with


def beside(request: HttpRequest) -> dict[str, Any]:
    """Template context. talks: the reader's next one-on-one with each of their directs, by the direct's key (the team
    board, goals)."""
    return {"talks": SimpleLazyObject(lambda: coming_with(request.user))}  # type: ignore[arg-type]
