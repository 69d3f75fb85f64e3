"""What one line of the team board says: state, sentence, and what the manager can do. No database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.template.defaultfilters import truncatechars
from django.utils.formats import date_format
from django.utils.timezone import localtime  # noqa: TID251 turns a moment into the reader's day
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.measures import MEASURES
from goals.whynot import Why
from goals.words import capital, in_words

if TYPE_CHECKING:
    from goals.models import Year
    from people.models import Employee

WAITS, GAP, ON_THEIR_WAY = 0, 1, 2
NEAR = 14  # days before its date from which a goal with something missing is a gap
MOST_BOXES = 12
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Act:
    """One thing the manager can do in place. do: value of the button; words: asks for a sentence; day: for a date;
    idea: for one of the catalogue."""

    label: str
    do: str
    main: bool = False
    words: str = ""
    day: bool = False
    idea: bool = False


@dataclass
class Line:
    """group, rank: where it stands. goal, uuid: None and "" where there is no goal yet. badge: (css, icon, word)."""

    person: int
    name: str
    job: str
    group: int
    rank: int
    badge: tuple[str, str, str]
    sentence: str
    goal: int | None = None
    uuid: str = ""
    title: str = ""
    progress: str = ""
    boxes: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    due_on: date | None = None


def line_of(row: Row, shortlist: Sequence[Row], manager: "Employee", today: date, of_year: str = "") -> Line:
    """The line of one goal; shortlist: all goals of an offer that nobody has answered, `row` the first of them.

    of_year: the name of its year where that is not the board's.
    """
    state = row["g__state"]
    line = _begun(row)
    if shortlist:
        _offered(line, row, shortlist, today)
    elif state == "draft":
        _draft(line, row)
    elif state == "proposed":
        _proposed(line, row)
    elif state == "sent_back":
        _badge(line, GAP, 20, "wait", "hourglass-split", _waits_for(row))
        line.sentence = _("Has it back with your words since %(day)s.") % {"day": day_of(row["g__handed_on_at"])}
    else:
        _agreed(line, row, manager, today)
    if of_year:
        line.title = _("%(goal)s (year %(year)s)") % {"goal": line.title, "year": of_year}
    return line


def nothing_yet(row: Row, has: int, year: "Year | None", today: date) -> Line:
    """The line of somebody with fewer goals than the year asks."""
    line = Line(row["pk"], row["name"], row["job_title"], GAP, 40, ("draft", "pencil", _("No goal yet")), "")
    line.title = _("One more is asked for") if has else _("No goal yet")
    line.badge = ("draft", "pencil", _("Nothing offered"))
    if year:
        left = year.days_left(today)
        line.sentence = ngettext("%(n)s day is left in the year.", "%(n)s days are left in the year.", left) % {
            "n": left
        }
    else:
        line.sentence = _("No year is open yet. HR opens it.")
        return line
    _offer(line, row, _("More to choose from"))
    return line


def _offer(line: Line, row: Row, elsewhere: str) -> None:
    """Offer one idea here and now; or several, or in words of one's own, on the page for it. The key in the button
    makes one offer of it, however often it is pressed."""
    line.acts = [Act(_("Offer a goal"), f"offer:{uuid4()}:{row['pk']}", words=_("Because"), idea=True)]
    line.links = [(elsewhere, f"?for={row['pk']}")]


def day_of(moment: datetime | date | str | None) -> str:
    """ "14 September", where the reader is."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment) if len(moment) > 10 else date.fromisoformat(moment)
    if isinstance(moment, datetime):
        moment = localtime(moment).date() if moment.tzinfo else moment.date()
    return date_format(moment, "MONTH_DAY_FORMAT") if moment else ""


def _begun(row: Row) -> Line:
    line = Line(row["pk"], row["name"], row["job_title"], ON_THEIR_WAY, 50, ("", "check2-all", ""), "")
    line.goal, line.uuid, line.title = row["g__pk"], str(row["g__uuid"]), row["g__behaviour"]
    line.due_on = row["g__due_on"]
    return line


def one_more(line: Line, is_enough: bool) -> Line:
    """The line of a shortlist beside other goals; is_enough: the year asks for no more than those."""
    line.title = _("One more goal, if wanted")
    if is_enough and line.group == GAP:
        line.group, line.rank = ON_THEIR_WAY, 90
    return line


def _called(row: Row) -> str:
    called: str = row["preferred_name"] or row["name"].partition(" ")[0]
    return called


def _waits_for(row: Row) -> str:
    return _("Waits for %(name)s") % {"name": _called(row)}


def _badge(line: Line, group: int, rank: int, css: str, icon: str, word: str) -> None:
    line.group, line.rank, line.badge = group, rank, (css, icon, word)


def _act(row: Row, name: str, label: str, **kind: Any) -> Act:
    return Act(label, f"{name}:{row['g__uuid']}:{row['g__version']}", **kind)


def _offered(line: Line, row: Row, shortlist: Sequence[Row], today: date) -> None:
    line.title, line.uuid = _("No goal yet"), ""
    elsewhere = _("Change the shortlist") if len(shortlist) > 1 else _("Change the offer")
    line.links = [(elsewhere, f"?for={row['pk']}")]
    if row["g__offer__other_wanted_at"]:
        _offer(line, row, elsewhere)
        _badge(line, WAITS, 5, "wait", "hourglass-split", _("Waits for you"))
        line.sentence = _("%(name)s asks for another goal of equal weight.") % {"name": _called(row)}
        return
    _badge(line, GAP, 30, "wait", "hourglass-split", _waits_for(row))
    since = {"number": in_words(len(shortlist)), "day": day_of(row["g__offer__at"])}
    if len(shortlist) > 1:
        line.sentence = _("Has had your shortlist of %(number)s since %(day)s.") % since
    else:
        goal = truncatechars(row["g__behaviour"], 60)
        line.sentence = _("Has had your offer since %(day)s: “%(goal)s”.") % (since | {"goal": goal})


def _draft(line: Line, row: Row) -> None:
    _badge(line, GAP, 25, "draft", "pencil", _("Draft"))
    if row["g__clause"] is None and row["g__handed_on_at"]:
        line.sentence = _("No clause yet: this goal stays a draft.")
    else:
        line.sentence = _("Yours alone until you offer it.")


def _proposed(line: Line, row: Row) -> None:
    _badge(line, WAITS, 2, "wait", "hourglass-split", _("Waits for you"))
    line.sentence = _("Proposed on %(day)s.") % {"day": day_of(row["g__handed_on_at"])}
    back = _act(row, "send_back", _("Send it back"), words=_("What should change, and why?"))
    if not row["g__because"]:
        line.sentence += " " + _("No business reason yet: nobody can agree to it before it says why.")
        line.acts = [_act(row, "because", _("Say why"), words=_("The business reason")), back]
    else:
        line.acts = [_act(row, "agree", _("Agree"), main=True), back]


def _agreed(line: Line, row: Row, manager: "Employee", today: date) -> None:
    _count(line, row)
    ask = _act(row, "ask", _("Ask"), words=_("What would you like to know?"))
    if row["unread"]:
        return _unread(line, row)
    if row["change"]:
        return _change(line, row, manager)
    if row["g__doubted_at"]:
        _badge(line, WAITS, 4, "wait", "hourglass-split", _("Waits for you"))
        line.sentence = _("%(name)s does not see the reason. Say it in other words.") % {"name": _called(row)}
        line.acts = [_act(row, "reason", _("Add a reason"), words=_("The reason, in other words"))]
        return None
    left, missing = (row["g__due_on"] - today).days, row["g__target"] - row["g__counted"]
    if row["g__state"] == "confirmed":
        _badge(line, ON_THEIR_WAY, 90, "done", "check2-circle", _("Confirmed"))
        line.sentence = _("Everything is confirmed.")
        line.acts = [_act(row, "thank", _("Say thank you"), words=_("Your words"))]
    elif missing > 0 and left < NEAR:
        _late(line, row, left, missing)
        line.acts = [ask, _act(row, "move_date", _("Move the date"), day=True)]
    elif row["asked"]:
        _badge(line, ON_THEIR_WAY, 45, "wait", "hourglass-split", _waits_for(row))
        said = {"day": day_of(row["asked"]["at"]), "question": truncatechars(row["asked"]["question"], 90)}
        line.sentence = _("Has had your question since %(day)s: “%(question)s”") % said
    else:
        _badge(line, ON_THEIR_WAY, 50, "", "check2-all", _("Agreed"))
        line.sentence = _("By %(day)s.") % {"day": day_of(row["g__due_on"])} + " " + _since(row)
        line.acts = [ask]
    return None


def _late(line: Line, row: Row, left: int, missing: int) -> None:
    if left < 0:
        word = ngettext("Overdue %(n)s day", "Overdue %(n)s days", -left) % {"n": -left}
    else:
        word = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    _badge(line, GAP, 10 if left < 0 else 15, "stop", "alarm", word)
    open_ones = {"number": in_words(missing), "unit": MEASURES[row["g__measure"]].unit(missing)}
    open_ones["day"] = day_of(row["g__due_on"])
    if left < 0:
        line.sentence = _("%(number)s %(unit)s to go since %(day)s.") % open_ones
    else:
        line.sentence = _("%(number)s %(unit)s to go by %(day)s.") % open_ones
    line.sentence = f"{capital(line.sentence)} {_since(row)}"


def _since(row: Row) -> str:
    if row["last_on"]:
        return _("Nothing reported since %(day)s.") % {"day": day_of(row["last_on"])}
    return _("Nothing reported yet.")


def _unread(line: Line, row: Row) -> None:
    newest = row["newest"]
    _badge(line, WAITS, 1, "new", "circle-fill", _("%(n)s new") % {"n": row["unread"]})
    line.sentence = _("Reported on %(day)s") % {"day": day_of(newest["told"])}
    line.sentence += f": {truncatechars(newest['what'], 90)}" if newest["what"] else "."
    if why := Why.unpack(newest["why"]):
        line.sentence += " " + _("It does not count: %(why)s") % {"why": why}
    step = f"{newest['uuid']}:{newest['version']}:{row['unread']}"
    complete = row["g__counted"] >= row["g__target"]
    label = _("Confirm") if row["unread"] == 1 else _("Confirm all %(n)s") % {"n": row["unread"]}
    line.acts = [Act(label, f"confirm:{step}", main=complete)]
    line.acts.append(Act(_("Tell me more"), f"more:{step}", words=_("What would you like to know?")))


def _change(line: Line, row: Row, manager: "Employee") -> None:
    by_me = row["change"]["by"] == manager.pk
    line.sentence = _("A change is asked for since %(day)s.") % {"day": day_of(row["change"]["at"])}
    if by_me:
        _badge(line, ON_THEIR_WAY, 40, "wait", "hourglass-split", _waits_for(row))
    else:
        _badge(line, WAITS, 3, "wait", "hourglass-split", _("Waits for you"))
        change = f"{row['change']['uuid']}:0"
        line.acts = [Act(_("Agree"), f"agreed:{change}"), Act(_("Decline"), f"declined:{change}", words=_("Why not?"))]


def _count(line: Line, row: Row) -> None:
    counted, target = row["g__counted"], row["g__target"]
    of = {"counted": counted, "target": target}
    line.progress = (
        _("%(counted)s of %(target)s dates") % of
        if row["g__measure"] == "dates"
        else _("%(counted)s of %(target)s") % of
    )
    if target <= MOST_BOXES:
        done = min(row["g__confirmed"], target)
        new = max(min(counted, target) - done, 0)
        line.boxes = ["done"] * done + ["new"] * new + [str(n + 1) for n in range(done + new, target)]
