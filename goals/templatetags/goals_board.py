from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.board import Board, Group
from goals.board_lines import GAP, WAITS
from goals.words import capital, in_words

register = template.Library()


register.filter("in_words", in_words)


@register.filter
def of(found: Mapping[int, Any], person: int) -> Any:
    """What stands under a person's key, or nothing."""
    return found.get(person) if found else None


@register.simple_tag
def board_title(board: Board) -> str:
    """ "Your team of eight: three wait for you"."""
    if not board.people:
        return _("Your team")
    team = _("Your team of %(number)s") % {"number": in_words(board.people)}
    if not board.waiting:
        return _("%(team)s: nobody waits for you") % {"team": team}
    waits = ngettext("%(team)s: one waits for you", "%(team)s: %(number)s wait for you", board.waiting)
    return waits % {"team": team, "number": in_words(board.waiting)}


@register.simple_tag
def group_title(group: Group) -> str:
    """ "Two have a gap"."""
    if group.place == WAITS:
        title = ngettext("One waits for you", "%(number)s wait for you", group.people)
    elif group.place == GAP:
        title = ngettext("One has a gap", "%(number)s have a gap", group.people)
    else:
        title = ngettext("One is on the way", "%(number)s are on their way", group.people)
    return capital(title % {"number": in_words(group.people)})
