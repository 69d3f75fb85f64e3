"""Clauses ready to add, four answers to start an objection with, and the grounds HR begins with. No database."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a clause is about, where it matters to other pages: goals rest on some, the coverage report asks for one."""

    RELATIONSHIPS = "relationships", _("Working relationships")
    IMPROVEMENT = "improvement", _("Improving one's own work")
    OTHER_DUTIES = "other_duties", _("Other duties")
    ENGAGEMENT = "engagement", _("Engagement of one's people")


@dataclass(frozen=True)
class LibraryClause:
    topic: Topic
    text: Any
    kind: str
    reason: Any


CLAUSES = {
    clause.topic.value: clause
    for clause in (
        LibraryClause(
            Topic.OTHER_DUTIES,
            _("Carries out other duties that belong to the work of the department, as assigned."),
            "duty",
            _("No list of duties is complete, and colleagues stand in for each other."),
        ),
        LibraryClause(
            Topic.IMPROVEMENT,
            _("Watches how the own work goes and suggests improvements to it."),
            "duty",
            _("Whoever does the work sees first what slows it down."),
        ),
        LibraryClause(
            Topic.RELATIONSHIPS,
            _("Establishes and maintains productive working relationships inside and outside the organisation."),
            "conduct",
            _("People answer faster, and know more people to ask, where they know each other."),
        ),
        LibraryClause(
            Topic.ENGAGEMENT,
            _(
                "Engages the people they manage: meets each of them regularly one-on-one, agrees on goals with them "
                "and supports their development."
            ),
            "essential",
            _("How people are led decides whether they stay and give their best, so it is part of the manager's job."),
        ),
    )
}


@dataclass(frozen=True)
class Starter:
    """A first sentence for an answer to a refusal: inserted with one click, then edited."""

    key: str
    title: Any
    text: Any


STARTERS = (
    Starter(
        "favours",
        _("Favours and speed"),
        _(
            "People do a favour, or work faster, for somebody they know. In our work this shows in: "
            "name an order, a form or a repair that moved because two people knew each other."
        ),
    ),
    Starter(
        "stuck",
        _("More people to ask when stuck"),
        _(
            "The more people in other departments we know, and the better we know what they do, the more ways out "
            "we see when something is stuck. One of us may know the one who can help. Last year this was so when: "
        ),
    ),
    Starter(
        "morale",
        _("Morale"),
        _(
            "Some of us value working relationships highly. Where they feel known, the whole team works with a "
            "better spirit and stays longer. We have seen this when: "
        ),
    ),
    Starter(
        "standing",
        _("The department's standing with those it serves"),
        _(
            "Those we serve judge the department by the people they have met. Even a passing acquaintance with each "
            "of us improves our standing and keeps us in touch with what they need. For example: "
        ),
    ),
)

GROUNDS = (
    _("Too broad"),
    _("Only for certain positions"),
    _("Not an essential job function"),
)
