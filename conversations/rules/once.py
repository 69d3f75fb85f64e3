"""The same form sent twice at the same moment makes one row."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

P = ParamSpec("P")
T = TypeVar("T")


def once(rule: Callable[P, T]) -> Callable[P, T]:
    """For rules that look for the row with their `uuid` before they make it. Two of them at once look before either
    has made it; the one that comes second is refused by the unique key, looks again and finds the first.

    A key that belongs to something else raises ValidationError("moved_on"): forms make their own.
    """

    @wraps(rule)
    def deed(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return rule(*args, **kwargs)
        except IntegrityError:
            try:
                return rule(*args, **kwargs)
            except IntegrityError as error:
                sentence = _("This form has been used for something else. Open it anew; your words are below.")
                raise ValidationError(sentence, "moved_on") from error

    return deed
