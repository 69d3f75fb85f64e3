"""What a manager asks themselves, one question a week; after thirteen weeks they begin anew. No database.

After the list in the article on HR and managers that the product comes from, in our own words and with the week in
view: each asks for something that happened.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "strength": _("Which of your strengths did your team notice last week, and by what?"),
    "practice": _("What are you practising at present, and when did you last try it?"),
    "trust": _("What did somebody in your team tell you lately that they need not have told you?"),
    "feedback": _("When did one of your directs last tell you what to do differently, and how did they do it?"),
    "welcome": _("What did you do the last time somebody brought you bad news about your own work?"),
    "mistakes": _("What happened after the last mistake in your team, in its first ten minutes?"),
    "uneasy": _("Who would find it hard to tell you that something is going wrong, and what have you done about it?"),
    "values": _("What did you praise in public lately, and does it match what you say you stand for?"),
    "time": _("Where did your hours go last week, and was it where you want them to go?"),
    "wrong": _("What did you not know last week, and whom did you say so to?"),
    "work": _("What do you want people to remember of the years they worked for you?"),
    "person": _("What do you want to be remembered for as a person?"),
    "quiet": _("With whom in your team have you spoken least this month, and what is your next sentence to them?"),
}
KEYS = list(QUESTIONS)


def week_of(day: date) -> tuple[int, int]:
    """(year, week) of the ISO calendar: a week belongs to the year that holds its Thursday."""
    year, week, _day = day.isocalendar()
    return year, week


def weeks_of(year: int) -> int:
    """52, or 53 in a long year: 28 December always lies in the last week."""
    return date(year, 12, 28).isocalendar().week


def question_of(week: int) -> str:
    """The key of the week's question: the same week asks the same every year, and week 53 asks what week 1 asks."""
    return KEYS[(week - 1) % len(KEYS)] if week <= 52 else KEYS[0]
