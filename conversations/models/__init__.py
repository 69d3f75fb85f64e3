from conversations.models.coaching import Aspiration, CoachingNote, Feedback
from conversations.models.feed import Feed
from conversations.models.promises import Action, NewDate, Repair
from conversations.models.reflection import Answer
from conversations.models.series import OneOnOne, Series
from conversations.models.sheet import PrivateNote, SharedNote, Topic

__all__ = [
    "Action",
    "Answer",
    "Aspiration",
    "CoachingNote",
    "Feed",
    "Feedback",
    "NewDate",
    "OneOnOne",
    "PrivateNote",
    "Repair",
    "Series",
    "SharedNote",
    "Topic",
]
