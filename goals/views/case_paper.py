"""The case as facts for goals/case.typ, in the reader's language."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.models import Story, TeamCase
from goals.rules.case_facts import CaseFacts
from journal import clock


def on_paper(case: TeamCase, facts: CaseFacts) -> dict[str, Any]:
    """facts: as they may leave the house."""
    values = {"year": str(case.year), "manager": str(case.manager)}
    return {
        "title": _("Relationship goals %(year)s: the team of %(manager)s") % values,
        "lines": [
            " · ".join(filter(None, [str(case.manager.department or ""), date_format(clock.today(), "DATE_FORMAT")]))
        ],
        "words": case.words,
        "goals_head": _("Goals agreed and met"),
        "goals": _goals(facts),
        "kinds": ", ".join(kind.title for kind in facts.kinds),
        "contacts_head": _("People met in other departments"),
        "contacts": _contacts(facts),
        "contacts_table": [_("Department"), _("People met")],
        "contacts_rows": [
            [one.department or _("Smaller departments together"), str(one.number)] for one in facts.contacts
        ],
        "reasons_head": _("Why"),
        "reasons": case.reasons,
        "stories_head": _("What it solved"),
        "stories": [{"words": story.words, "about": _about(story)} for story in facts.stories],
        "footer": _("Figures of fewer than five people are left out or put together. Nobody is named unasked."),
    }


def _goals(facts: CaseFacts) -> str:
    if facts.few:
        return _("Fewer than five people, so not counted out here.")
    values = {"people": facts.people, "agreed": facts.with_goal, "met": facts.with_met}
    sentence = _("People: %(people)s. With a goal agreed: %(agreed)s, with one met: %(met)s.") % values
    sums = {"goals": facts.goals, "met": facts.met}
    return f"{sentence} {_('Goals agreed: %(goals)s, met: %(met)s.') % sums}"


def _contacts(facts: CaseFacts) -> str:
    if not facts.contacts_in_all:
        return _("None reported yet.")
    if not facts.contacts:
        return _("Fewer than five people in each department, so not counted out here.")
    sentence = ngettext(
        "%(people)s people in %(number)s department.",
        "%(people)s people in %(number)s departments.",
        facts.departments_in_all,
    )
    return sentence % {"people": facts.contacts_in_all, "number": facts.departments_in_all}


def _about(story: Story) -> str:
    """Where the contact works, and by whose consent the names stand there."""
    names = ", ".join(str(one.employee) for one in story.named.all()) if story.shows_names else ""
    told = _("Told with the consent of %(names)s.") % {"names": names} if names else ""
    return " ".join(filter(None, [f"{story.department}." if story.department else "", told]))
