from goals.models.budget import Claim
from goals.models.case import Named, Story, TeamCase
from goals.models.catalogue import Idea
from goals.models.contacts import Edge, Findable, Job, Place, Tie
from goals.models.coverage import Coverage
from goals.models.goals import Changed, Goal, Offer, Reason, Turn
from goals.models.introductions import Introduction
from goals.models.letters import GapLetter
from goals.models.notebook import Contact
from goals.models.reports import Encounter, Remark, Report
from goals.models.years import Year

__all__ = [
    "Changed",
    "Claim",
    "Contact",
    "Coverage",
    "Edge",
    "Encounter",
    "Findable",
    "GapLetter",
    "Goal",
    "Idea",
    "Introduction",
    "Job",
    "Named",
    "Offer",
    "Place",
    "Reason",
    "Remark",
    "Report",
    "Story",
    "TeamCase",
    "Tie",
    "Turn",
    "Year",
]
