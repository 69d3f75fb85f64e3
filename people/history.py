"""What the journal says about a person, in words. Show it where `history_open` says so."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.models import Entry
from people.models import Employee


@dataclass(frozen=True)
class Line:
    at: datetime
    actor: str
    text: str


def history_of(employee: Employee, known: dict[int, Employee], newest: int = 30) -> list[Line]:
    """The newest entries about somebody that have words here, newest first; one statement, or two.

    known: people at hand, by key; whoever else is named is looked up.
    """
    entries = list(Entry.objects.of(employee)[:newest])
    named = {entry.data["manager"] for entry in entries if entry.data.get("manager")}
    names = known | (Employee.objects.in_bulk(named - known.keys()) if named - known.keys() else {})
    told = [(entry, _words(entry.verb.partition(".")[2], entry.data, names)) for entry in entries]
    return [Line(entry.at, str(entry.actor or _("by itself")), text) for entry, text in told if text]


def _words(deed: str, data: dict[str, Any], names: dict[int, Employee]) -> str:
    manager = names.get(data.get("manager") or 0)
    on = date_format(date.fromisoformat(data["on"]), "DATE_FORMAT") if data.get("on") else ""
    words = {
        "join": _("Joined"),
        "invite": _("Invited to sign in"),
        "assign_manager": _("Works for %(name)s") % {"name": manager} if manager else _("Works for nobody"),
        "revise": _("Record changed"),
        "leave": _("Last working day set to %(day)s") % {"day": on},
        "stay": _("Leaving taken back"),
        "come_back": _("Came back from %(day)s on") % {"day": on},
        "give_role": _("Role in HR changed"),
    }
    return words.get(deed, "")
