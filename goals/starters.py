"""Four business reasons to start from; the manager's own words are better. No database."""

from django.utils.translation import gettext_lazy as _

STARTERS = (
    _("Work moves faster between people who know each other: a question is answered, and a favour done, sooner."),
    _("The more people we know, and what they do, the more ways out we see when something is stuck."),
    _("Knowing people here is a part of the work that many of us value; it keeps us well and it keeps us here."),
    _("Those we serve come earlier, and say what they need, where they know each of us at least by sight."),
)
