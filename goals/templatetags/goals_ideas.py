from django import template

from goals.ideas import spoken
from goals.models import Idea
from goals.rules import budget

register = template.Library()


@register.filter
def money(cents: int) -> str:
    """2000 → 20.00"""
    return budget.money(cents)


@register.filter
def idea_title(idea: Idea) -> str:
    """The title of an idea in the reader's language."""
    return spoken(idea)["title"]
