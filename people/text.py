"""What a name, a title or any other single line may hold."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> None:
    """Validator for fields of one line: refuses line breaks, control characters and turned writing directions.

    A right-to-left override makes "exe.fdp" of "pdf.exe" and one person's name of another's; Arabic and Hebrew names
    do without. Joiners stay: Persian and emoji need them.
    """
    if any(sign in TURNS for sign in text):
        raise ValidationError(
            _("This holds invisible signs that turn the direction of writing. Type it anew."), "turns"
        )
    if any(unicodedata.category(sign) == "Cc" for sign in text):
        raise ValidationError(_("This is one line: leave out line breaks and control characters."), "controls")
