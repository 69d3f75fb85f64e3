"""The words of the bar and the five tabs of the phone, by who is reading."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One word of the navigation: `route` is its address, `under` the path prefixes where it is the current one.

    phone_only: a tab at the thumb, and no word in the bar.
    """

    word: Any
    icon: str
    route: str
    under: tuple[str, ...]
    phone_only: bool = False


ONE_ON_ONES = Place(_("One-on-ones"), "chat-square-text", "conversations:list", ("/one-on-ones/",))
APPRAISAL = Place(_("Appraisal"), "clipboard-check", "appraisals:mine", ("/appraisals/",))
APPRAISALS = Place(_("Appraisals"), "clipboard-check", "appraisals:rounds", ("/appraisals/",))
TODAY = Place(_("Today"), "house", "today", ("/today/",))
JOURNAL = Place(_("Journal"), "journal-text", "journal", ("/journal/",))
PEOPLE = Place(_("People"), "people", "people:directory", ("/people/",))
JOB = Place(_("Job description"), "file-text", "jobs:mine", ("/jobs/",))
CLAUSES = Place(_("Clauses"), "file-text", "jobs:desk", ("/jobs/",))
YEAR = Place(_("The year"), "calendar3", "goals:coverage", ("/goals/coverage/", "/goals/years/", "/goals/case/"))
TEAM = Place(_("Team"), "people-fill", "goals:board", ("/goals/team/", "/goals/case/", "/goals/stories/"))
MY_YEAR = Place(_("My year"), "signpost-split", "goals:year", ("/goals/year/", "/goals/notebook/", "/goals/steps/"))
LOG = Place(_("Log a step"), "plus-square", "goals:log", ("/goals/log/",), phone_only=True)
DIRECT = (TODAY, MY_YEAR, LOG, ONE_ON_ONES, JOB, APPRAISAL, PEOPLE)
MANAGER = (TODAY, TEAM, LOG, ONE_ON_ONES, MY_YEAR, JOB, APPRAISAL, PEOPLE)
HR = (TODAY, CLAUSES, YEAR, APPRAISALS, MY_YEAR, ONE_ON_ONES, PEOPLE, JOURNAL)
TABS = 4  # so many have a place at the thumb; the fifth is "More"


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: `places` (Place, address, is current) for the reader, of which four are `at_thumb` on a
    phone and the rest `beyond_thumb`; `beyond_current`: the page is one of those. What is not one's own is absent."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"places": []}
    places = HR if user.is_hr else MANAGER if getattr(user, "leads_somebody", False) else DIRECT
    here = request.path
    found = [(place, reverse(place.route), here.startswith(place.under)) for place in places]
    beyond = found[TABS:]
    return {  # names that no view gives to anything of its own: a view's context hides these
        "places": found,
        "at_thumb": found[:TABS],
        "beyond_thumb": beyond,
        "beyond_current": any(current for *_, current in beyond),
    }
