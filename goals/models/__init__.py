from goals.models.catalogue import Idea
from goals.models.goals import Changed, Goal, Offer, Reason, Turn
from goals.models.years import Year

__all__ = ["Changed", "Goal", "Idea", "Offer", "Reason", "Turn", "Year"]
