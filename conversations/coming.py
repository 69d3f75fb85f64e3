"""The next one-on-one of each pair that somebody leads, for pages that show people: one statement."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime  # noqa: TID251 turns a moment into the reader's day
from django.utils.translation import gettext as _

from conversations.models import OneOnOne
from journal.prepared import asked
from people.models import Employee


@dataclass(frozen=True)
class Coming:
    """address: of its sheet, which the two open; day: "Thu 26 Nov", where the reader is."""

    address: str
    day: str


def coming_with(leader: Employee) -> dict[int, Coming]:
    """By direct: the next one-on-one that `leader` has planned with them. For that leader alone."""
    found: dict[int, Coming] = {}
    for direct, uuid, at in asked(_planned, leader.pk):
        if direct not in found:
            found[direct] = Coming(reverse("conversations:sheet", args=[uuid]), date_format(localtime(at), _("D j M")))
    return found


def _planned(leader: int) -> QuerySet[OneOnOne, Any]:
    """The soonest first. Few are made ahead, and one join costs less than a look for the soonest of each pair."""
    planned = OneOnOne.objects.ahead().filter(series__manager=leader, series__direct__manager=leader)
    ahead = planned.filter(series__closed_on=None).order_by("starts_at", "pk")
    return ahead.values_list("series__direct", "uuid", "starts_at")
