"""What the journal says about the steps of a goal, in words. Show it to whoever may see the step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from goals.models import Goal, Report
from journal.models import Entry

DEEDS = {
    "report.log": _("logged a step"),
    "report.revise": _("changed a step"),
    "report.delete": _("took a step back"),
    "report.confirm": _("confirmed a step"),
    "report.ask": _("asked to be told more"),
    "report.reply": _("answered the question"),
    "report.remove_name": _("had their name removed"),
    "claim.claimed": _("asked money back"),
    "claim.approved": _("approved the money asked back"),
    "claim.refused": _("did not approve the money asked back"),
    "claim.paid": _("marked the money as paid"),
}


@dataclass(frozen=True)
class Line:
    """Who did what and when; `actor` empty: the person met, whose name is nobody else's."""

    at: datetime
    actor: str
    text: str


def history_of_step(report: Report) -> list[Line]:
    entries = Entry.objects.of(report.goal).filter(verb__in=DEEDS, data__report=report.pk)
    return _lines(entries)


def history_of_steps(goal: Goal, newest: int = 50) -> list[Line]:
    """Of all steps of a goal, those taken back as well, newest first."""
    return _lines(Entry.objects.of(goal).filter(verb__in=DEEDS)[:newest])


def _lines(entries: Iterable[Entry]) -> list[Line]:
    return [Line(entry.at, str(entry.actor or ""), str(DEEDS[entry.verb])) for entry in entries]
