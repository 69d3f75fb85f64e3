"""Pages of long lists by key, not by number: page 1,000 costs what page 1 costs, and no row is shown twice."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet


@dataclass(frozen=True)
class KeysetPage:
    """rows: of this page. after: what `?after=` of the next page says, "" if this is the last. is_first: no `after`."""

    rows: list[Any]
    after: str
    is_first: bool


def keyset(queryset: QuerySet[Any], by: tuple[str, ...], after: str | None, size: int = 50) -> KeysetPage:
    """One page of `queryset`, ordered by the fields `by` ("-at" descends), of which the last must be unique ("pk").

    after: the request's `?after=`; nonsense in it is the first page. Two statements at most are never needed: it asks
    for one row more than it shows. Template: `_more.html`.
    """
    place = _decode(queryset, by, after)
    if place is not None:
        queryset = queryset.filter(_beyond(by, place))
    return _page(list(queryset.order_by(*by)[: size + 1]), by, size, is_first=place is None)


def first_page(rows: list[Any], by: tuple[str, ...], size: int = 50) -> KeysetPage:
    """The first page of a list, of rows that were found already: `size` and one more, ordered by `by`."""
    return _page(rows, by, size, is_first=True)


def _page(rows: list[Any], by: tuple[str, ...], size: int, is_first: bool) -> KeysetPage:
    more = len(rows) > size
    return KeysetPage(rows[:size], _encode(rows[size - 1], by) if more else "", is_first)


def _beyond(by: tuple[str, ...], place: list[Any]) -> Q:
    """Rows after `place`: the first field beyond, or equal and the next one beyond, and so on."""
    beyond, equal = Q(), Q()
    for field, value in zip(by, place, strict=True):
        name = field.removeprefix("-")
        beyond |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return beyond


def _encode(row: Any, by: tuple[str, ...]) -> str:
    place = [getattr(row, field.removeprefix("-")) for field in by]
    return base64.urlsafe_b64encode(json.dumps(place, cls=DjangoJSONEncoder).encode()).decode()


def _decode(queryset: QuerySet[Any], by: tuple[str, ...], after: str | None) -> list[Any] | None:
    """The values of an `after`, or None if there is none or somebody has made one up."""
    if not after:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(after.encode()))
        if not isinstance(place, list) or len(place) != len(by) or any(_is_hostile(value) for value in place):
            return None
        return [_field(queryset, name).to_python(value) for name, value in zip(by, place, strict=True)]
    except (ValueError, RecursionError, ValidationError, FieldDoesNotExist):
        return None


def _is_hostile(value: Any) -> bool:
    """A NUL, which PostgreSQL refuses, a number beyond its reach, or no plain value at all."""
    if isinstance(value, str):
        return "\x00" in value
    return not isinstance(value, int) or abs(value) > 9_223_372_036_854_775_807


def _field(queryset: QuerySet[Any], name: str) -> Any:
    name = name.removeprefix("-")
    meta = queryset.model._meta
    return meta.pk if name == "pk" else meta.get_field(name)
