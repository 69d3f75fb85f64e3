"""The words of the bar and the five tabs of the phone, by who is reading."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Place:
    """One word of the navigation: `route` is its address, `under` the path prefixes where it is the current one.

    phone_only: a tab at the thumb, and no word in the bar. short: the word under a tab
    and in a narrow bar, where the other is too long.
    """

    word: Any
    icon: str
    route: str
    under: tuple[str, ...]
    phone_only: bool = False
    short: Any = ""


ONE_ON_ONES = Place(
    _("One-on-ones"),
    "chat-square-text",
    "conversations:list",
    ("/one-on-ones/",),
    short=pgettext_lazy("tab", "One-on-ones"),
)
APPRAISAL = Place(_("Appraisal"), "clipboard-check", "appraisals:mine", ("/appraisals/",))
APPRAISALS = Place(_("Appraisals"), "clipboard-check", "appraisals:rounds", ("/appraisals/",))
TODAY = Place(_("Today"), "house", "today", ("/today/",))
JOURNAL = Place(_("Journal"), "journal-text", "journal", ("/journal/",))
PEOPLE = Place(_("People"), "people", "people:directory", ("/people/",))
JOB = Place(_("Job description"), "file-text", "jobs:mine", ("/jobs/",), short=pgettext_lazy("tab", "Job"))
CLAUSES = Place(_("Clauses"), "file-text", "jobs:desk", ("/jobs/",))
YEAR = Place(
    _("The year"),
    "calendar3",
    "goals:coverage",
    ("/goals/coverage/", "/goals/years/", "/goals/case/", "/goals/case/all/", "/goals/claims/part/"),
)
TEAM = Place(_("Team"), "people-fill", "goals:board", ("/goals/team/", "/goals/case/", "/goals/stories/"))
MY_YEAR = Place(_("My year"), "signpost-split", "goals:year", ("/goals/year/", "/goals/notebook/", "/goals/steps/"))
LOG = Place(
    _("Log a step"),
    "plus-square",
    "goals:log",
    ("/goals/log/",),
    phone_only=True,
    short=pgettext_lazy("tab", "Log a step"),
)
DIRECT = (TODAY, MY_YEAR, LOG, ONE_ON_ONES, JOB, APPRAISAL, PEOPLE)
MANAGER = (TODAY, TEAM, LOG, ONE_ON_ONES, MY_YEAR, JOB, APPRAISAL, PEOPLE)
HR = (TODAY, CLAUSES, YEAR, APPRAISALS, MY_YEAR, ONE_ON_ONES, PEOPLE, JOURNAL)
HR_MANAGER = (TODAY, TEAM, CLAUSES, YEAR, APPRAISALS, MY_YEAR, ONE_ON_ONES, PEOPLE, JOURNAL)
WORDS = 6  # so many have a place in the bar, "More" among them where there are more
TABS = 4  # so many have a place at the thumb; the fifth is "More"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: `places` (Place, address, is current) for the reader, what is not one's own is absent.

    Of them `in_bar` and the rest `beyond_bar`; on a phone `at_thumb` and the rest `beyond_thumb`. `bar_current`,
    `thumb_current`: the page is one of the rest.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"places": []}
    leads = getattr(user, "leads_somebody", False)
    places = (HR_MANAGER if leads else HR) if user.is_hr else MANAGER if leads else DIRECT
    current = _current(places, request.path)
    found = [(place, reverse(place.route), place is current) for place in places]
    words = [each for each in found if not each[0].phone_only]
    room = WORDS if len(words) <= WORDS else WORDS - 1
    return {  # names that no view gives to anything of its own: a view's context hides these
        "places": found,
        "at_thumb": found[:TABS],
        "beyond_thumb": found[TABS:],
        "thumb_current": any(current for *_, current in found[TABS:]),
        "in_bar": words[:room],
        "beyond_bar": words[room:],
        "bar_current": any(current for *_, current in words[room:]),
    }


def _current(places: tuple[Place, ...], path: str) -> Place | None:
    """The one place that `path` lies under, by the longest prefix; of equals the first."""
    fits = [max((len(start) for start in place.under if path.startswith(start)), default=0) for place in places]
    best = max(fits)
    return places[fits.index(best)] if best else None
