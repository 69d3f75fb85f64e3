from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from goals.board import Board, Group
from goals.board_lines import GAP, WAITS

register = template.Library()


def in_words(number: int) -> str:
    """Numbers up to twelve as words, as one writes them in a sentence."""
    words = [
        pgettext("number", "nobody"),
        pgettext("number", "one"),
        pgettext("number", "two"),
        pgettext("number", "three"),
        pgettext("number", "four"),
        pgettext("number", "five"),
        pgettext("number", "six"),
        pgettext("number", "seven"),
        pgettext("number", "eight"),
        pgettext("number", "nine"),
        pgettext("number", "ten"),
        pgettext("number", "eleven"),
        pgettext("number", "twelve"),
    ]
    return words[number] if number < len(words) else str(number)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


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
    return _capital(title % {"number": in_words(group.people)})
