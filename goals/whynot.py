"""Why a step does not count, and what would: one sentence each. No database."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "own_department": _("This is your own department. Somebody from any other department counts."),
    "no_department": _("Name the department; it decides whether this counts."),
    "other_job": _("This is another sort of job. Somebody with the same or a similar job counts."),
    "same_person": _("The same person as on %(on)s. The same person counts once."),
    "same_department": _("The same department as on %(on)s. Somebody from one more department counts."),
    "before": _("This was before %(on)s, when the goal begins to count."),
    "after": _("This was after %(on)s, the last day that counts."),
    "nobody": _("Nobody new was met. Add the person, with department and job title."),
    "too_few": _("Still missing at this event: people met for the first time: %(number)s."),
    "not_planned": _("No date was planned for this day. A planned date counts."),
    "same_date": _("This date is counted already."),
    "no_need": _("Say which need was heard, without a name."),
    "same_need": _("The same need as on %(on)s. Another need counts."),
    "not_in_week": _("One step is kept for the event week from %(on)s."),
    "once": _("It is done already; once is what was agreed."),
}


@dataclass(frozen=True)
class Why:
    """A reason: its code, and where the sentence names them a day and a number."""

    code: str
    on: date | None = None
    number: int = 0

    def __str__(self) -> str:
        day = date_format(self.on, "MONTH_DAY_FORMAT") if self.on else ""
        return str(SENTENCES[self.code]) % {"on": day, "number": self.number}

    @property
    def packed(self) -> str:
        """For one short column: "same_person|2026-06-12|0"."""
        return f"{self.code}|{self.on.isoformat() if self.on else ''}|{self.number}"

    @classmethod
    def unpack(cls, packed: str) -> "Why | None":
        if not packed:
            return None
        code, day, number = packed.split("|")
        return cls(code, date.fromisoformat(day) if day else None, int(number))
