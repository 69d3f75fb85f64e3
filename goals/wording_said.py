"""The verdict of the silent movie test in the reader's language, ready for goals/_wording.html. No database."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.wording import LIMIT, Verdict, judge
from goals.wording_needs import NAMES

MOST_NOTES = 12


def said(text: str) -> dict[str, Any]:
    """What goals/_wording.html shows of `text`; an empty text has nothing said about it.

    notes: (number, sentence) of the first twelve marks, further: how many more there are. missing: what is still
    missing in one phrase. summary: all of it in a sentence for those who hear the page.
    """
    verdict = judge(text)
    words = [(mark, {"words": capfirst(mark.words)}) for mark in verdict.marks[:MOST_NOTES]]
    missing = ", ".join(_(NAMES[name]) for name in verdict.missing)
    return {
        "verdict": verdict,
        "pieces": list(verdict.pieces()),
        "notes": [(number, _(mark.why) % values) for number, (mark, values) in enumerate(words, 1)],
        "further": len(verdict.marks) - len(words),
        "head": _head(verdict),
        "missing": missing,
        "summary": " ".join(
            filter(None, [_head(verdict), missing and _("Still missing: %(what)s.") % {"what": missing}])
        ),
        "limit": LIMIT,
    }


def _head(verdict: Verdict) -> str:
    if not verdict.marks:
        return _("A camera could film this.")
    sentence = ngettext(
        "One thing here a camera could not film.", "%(number)s things here a camera could not film.", len(verdict.marks)
    )
    return sentence % {"number": len(verdict.marks)}
