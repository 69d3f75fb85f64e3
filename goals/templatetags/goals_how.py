from django import template

from goals.mechanics import mechanics
from goals.models import Goal

register = template.Library()


@register.filter
def how_counted(goal: Goal) -> list[str]:
    """What counts for a goal, one sentence each."""
    return mechanics(goal.measure, goal.parameters)
