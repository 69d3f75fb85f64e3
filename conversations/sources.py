"""What fills the sheet by itself. One function a source, listed in SOURCES; each line is settled there and here at
once, through the rules of the app it comes from.

A new source: a function (one-on-one, reader, today) → lines, and where a line is answered in words on the sheet, a
function (one-on-one, key, deed, sent, by) that calls the other app's rule; then a line in SOURCES.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from conversations.lines import AHEAD, DIRECT, MANAGER, Deed, Line
from conversations.models import Action, CoachingNote, Feedback, NewDate, OneOnOne
from conversations.rules import new_dates
from goals.models import Goal, Report
from goals.rules import reasons, reporting
from jobs.models import Comment
from jobs.rules import reading
from journal.prepared import asked
from people.models import Employee

SOON = timedelta(days=21)  # so long before its date a goal stands on the sheet


@dataclass(frozen=True)
class Source:
    lines: Callable[[OneOnOne, Employee, date], Iterable[Line]]
    answer: Callable[[OneOnOne, UUID, str, Mapping[str, str], Employee], None] | None = None


def clause_comments(one: OneOnOne, reader: Employee, today: date) -> Iterable[Line]:
    """What the direct said on clauses of the job description and the manager has not answered."""
    series = one.series
    for said in asked(lambda *pair: Comment.objects.open_between(*pair), series.manager, series.direct):
        number = {"number": said.clause.position, "day": _day(said.at.date())}
        note = _("Comment on clause %(number)s of the job description, %(day)s") % number
        answer = _answer(one, "comment", said.uuid, "answer", _("Answer"), _("Your answer, kept with the clause"))
        deeds = (answer,) if reader.pk == series.manager_id else ()
        yield Line(DIRECT, f"“{said.words}”", note, address=said.get_absolute_url(), deeds=deeds, key=said.uuid)


def answer_comment(one: OneOnOne, key: UUID, deed: str, sent: Mapping[str, str], by: Employee) -> None:
    said = Comment.objects.open_between(one.series.manager, one.series.direct).filter(uuid=key).first()
    if said is None:
        raise ObjectDoesNotExist
    reading.answer_comment(said, sent.get("words", ""), by=by)


def reports(one: OneOnOne, reader: Employee, today: date) -> Iterable[Line]:
    """Steps of the direct that nobody has answered, and what the manager asked about one."""
    series, leads = one.series, reader.pk == one.series.manager_id
    for report in asked(_reports_of, one.series.direct_id):
        about = {"goal": report.goal, "day": _day(report.happened_on)}
        more = report.state == Report.State.MORE
        words = report.question if more else report.what or _("A step without words.")
        note = (
            _("Question about a step of %(day)s, goal “%(goal)s”")
            if more
            else _("New step of %(day)s, goal “%(goal)s”")
        )
        version = {"version": report.version}
        deeds: tuple[Deed, ...] = ()
        if more and not leads:
            deeds = (_answer(one, "report", report.uuid, "reply", _("Answer"), _("Your answer"), version),)
        elif leads and not more:
            confirm = Deed(_("Confirm"), _line(one, "report", report.uuid, "confirm"), fields=version)
            deeds = (confirm, _answer(one, "report", report.uuid, "ask", _("Ask"), _("What you want to know"), version))
        lead = _("%(name)s asks:") % {"name": series.manager.called} if more else ""
        yield Line(
            DIRECT, words, note % about, lead=lead, address=report.get_absolute_url(), deeds=deeds, key=report.uuid
        )


def _reports_of(direct: int) -> QuerySet[Report]:
    waiting = Report.objects.filter(goal__owner=direct, goal__state__in=Goal.AGREED)
    waiting = waiting.filter(state__in=[Report.State.NEW, Report.State.MORE])
    return waiting.select_related("goal").order_by("happened_on", "pk")


def answer_report(one: OneOnOne, key: UUID, deed: str, sent: Mapping[str, str], by: Employee) -> None:
    report = next((each for each in _reports_of(one.series.direct_id) if each.uuid == key), None)
    if report is None:
        raise ObjectDoesNotExist
    words, version = sent.get("words", ""), int(sent["version"]) if sent.get("version", "").isdecimal() else -1
    if deed == "confirm":
        reporting.confirm(report, version, by=by)
    elif deed == "ask":
        reporting.ask(report, words, version, by=by)
    else:
        reporting.reply(report, words, by=by)


def goals(one: OneOnOne, reader: Employee, today: date) -> Iterable[Line]:
    """Goals whose reason the direct does not see, answered with a reason; those that wait for the manager's yes; and
    those that are not complete and due within three weeks, or overdue."""
    for goal in asked(_open_goals, reader, one.series.direct_id, today):
        address = goal.get_absolute_url()
        if goal.doubted_at:
            yield _question(one, reader, goal, address)
        elif goal.state == Goal.State.PROPOSED:
            note, deeds = _("A goal that waits for an agreement"), (Deed(pgettext("button", "Open"), address, "page"),)
            yield Line(DIRECT, goal.behaviour, note, lead=_("Proposed:"), address=address, deeds=deeds)
        if goal.state == Goal.State.ACTIVE and goal.due_on <= today + SOON:
            note = _("Goal, %(progress)s, due %(day)s") % {"progress": goal.progress, "day": _day(goal.due_on)}
            late, deeds = _late(goal.due_on, today), (Deed(pgettext("button", "Open"), address, "page"),)
            yield Line(MANAGER, goal.behaviour, note, late=late, address=address, deeds=deeds)


def _question(one: OneOnOne, reader: Employee, goal: Goal, address: str) -> Line:
    leads = reader.pk == one.series.manager_id
    lead = _("You do not see why:")
    deeds = (Deed(pgettext("button", "Open"), address, "page"),)
    if leads:
        lead = _("%(name)s does not see why:") % {"name": one.series.direct.called}
        deeds = (_answer(one, "goal", goal.uuid, "why", _("Say why"), _("The reason, kept with the goal")),)
    asked_on = goal.doubted_at.date() if goal.doubted_at else one.on
    note = _("Question about a goal, %(day)s") % {"day": _day(asked_on)}
    return Line(DIRECT, goal.behaviour, note, lead=lead, address=address, deeds=deeds, key=goal.uuid)


def _open_goals(reader: Employee, direct: int, today: date) -> QuerySet[Goal]:
    rows = Goal.objects.visible_to(reader).filter(owner=direct).standing()
    near = Q(state=Goal.State.ACTIVE, due_on__lte=today + SOON)
    return rows.filter(Q(doubted_at__isnull=False) | Q(state=Goal.State.PROPOSED) | near).order_by("due_on", "pk")


def answer_question(one: OneOnOne, key: UUID, deed: str, sent: Mapping[str, str], by: Employee) -> None:
    goal = Goal.objects.visible_to(by).filter(owner=one.series.direct_id, uuid=key, doubted_at__isnull=False).first()
    if goal is None:
        raise ObjectDoesNotExist
    if by.pk != one.series.manager_id:
        raise PermissionDenied
    reasons.add_reason(goal, sent.get("words", ""), by=by)


def agreed(one: OneOnOne, reader: Employee, today: date) -> Iterable[Line]:
    """What the manager promised and helping steps, due by the one-on-one or within a week of it; other days asked for a
    promise; and open actions of either, with their age."""
    by = max(one.on, today) + timedelta(days=7)
    for action in asked(_open_actions, one.series_id):
        if action.kind == Action.Kind.ACTION:
            yield _action(one, action, today)
        elif action.asked:
            yield _new_date(one, action, action.asked[0], reader, today)
        elif action.due_on <= by:
            yield _promise(action, reader, today)


def _new_date(one: OneOnOne, promise: Action, asked: NewDate, reader: Employee, today: date) -> Line:
    """A promise whose day one of the two asks to move, in the part of the other, who answers here."""
    facts = {"name": one.series.one_of(asked.by_id), "to": _day(asked.due_on), "from": _day(asked.from_on)}
    said = _("%(name)s asks for %(to)s instead of %(from)s: “%(words)s”") % (facts | {"words": asked.words})
    deeds = tuple(
        Deed(move.word, reverse("conversations:new_date_move", args=[asked.uuid, name]))
        for name, move in new_dates.moves_open_to(reader, asked).items()
    )
    lead = _("Your promise:") if promise.owner_id == reader.pk else _("Promised to you:")
    late, address = _late(promise.due_on, today), _page("action", promise)
    part = DIRECT if asked.by_id == one.series.manager_id else MANAGER
    return Line(part, promise.words, said, lead, late, address, binds=True, deeds=deeds)


def _open_actions(series: int) -> QuerySet[Any]:
    waiting = Prefetch("new_dates", NewDate.objects.filter(state=NewDate.State.ASKED), to_attr="asked")
    return Action.objects.open().filter(series=series).order_by("due_on", "pk").prefetch_related(waiting)


def _promise(action: Action, reader: Employee, today: date) -> Line:
    mine, address = action.owner_id == reader.pk, _page("action", action)
    made = {"due": _day(action.due_on), "made": _day(action.made_at.date())}
    if action.is_promise:
        lead = _("Your promise:") if mine else _("Promised to you:")
        note = _("Due %(due)s · made on %(made)s") % made
        another = Deed(_("Another day"), _page("new_date", action), "page")
        deeds = [_done(action, _("Kept")), another, Deed(_("I cannot keep it"), _page("repair", action), "page")]
    else:
        lead = _("Helping step:")
        note = _("For an aspiration that was shared · by %(due)s") % made
        deeds = [_done(action, _("Done")), Deed(_("New date"), address, "page")]
    part = MANAGER if action.is_promise else DIRECT
    late = _late(action.due_on, today)
    return Line(part, action.words, note, lead, late, address, action.is_promise, tuple(deeds) if mine else ())


def _action(one: OneOnOne, action: Action, today: date) -> Line:
    made, age = action.made_at.date(), (today - action.made_at.date()).days
    facts = {"made": _day(made), "owner": one.series.one_of(action.owner_id), "due": _day(action.due_on)}
    note = _("Action of %(made)s, %(owner)s, due %(due)s") % facts
    old = ngettext("%(n)s day old", "%(n)s days old", age) % {"n": age} if age else _("new")
    address = _page("action", action)
    deeds = (_done(action, _("Done")), Deed(_("New date"), address, "page"))
    late = _late(action.due_on, today)
    return Line(AHEAD, action.words, f"{note} · {old}", late=late, address=address, deeds=deeds)


def feedback(one: OneOnOne, reader: Employee, today: date) -> Iterable[Line]:
    """Feedback that its receiver has not answered."""
    for given in asked(lambda series: Feedback.objects.filter(series=series, answered_at=None), one.series_id):
        part = MANAGER if given.receiver_id == one.series.manager_id else DIRECT
        words = _("When you %(behaviour)s, it led to %(effect)s") % {
            "behaviour": given.behaviour,
            "effect": given.effect,
        }
        note = _("Feedback from %(giver)s, %(day)s") % {
            "giver": one.series.one_of(given.giver_id),
            "day": _day(given.at.date()),
        }
        word = _("Answer") if given.receiver_id == reader.pk else pgettext("button", "Open")
        address = given.get_absolute_url()
        yield Line(part, words, note, address=address, deeds=(Deed(word, address, "page"),))


def coaching(one: OneOnOne, reader: Employee, today: date) -> Iterable[Line]:
    """Coaching notes whose result nobody has written yet."""
    for note in asked(_coached_since, one.series_id, today - timedelta(days=180)):
        if not note.result:
            deeds = (Deed(_("What came of it"), note.get_absolute_url(), "page"),)
            yield Line(
                MANAGER, note.situation, _("Coaching note: the result is open"), address=deeds[0].address, deeds=deeds
            )


def _coached_since(series: int, day: date) -> QuerySet[CoachingNote]:
    return CoachingNote.objects.filter(series=series, at__date__gte=day)


SOURCES: dict[str, Source] = {
    "comment": Source(clause_comments, answer_comment),
    "goal": Source(goals, answer_question),
    "report": Source(reports, answer_report),
    "agreed": Source(agreed),
    "feedback": Source(feedback),
    "coaching": Source(coaching),
}


def _answer(
    one: OneOnOne, source: str, key: UUID, deed: str, word: str, label: str, fields: dict[str, int] | None = None
) -> Deed:
    return Deed(word, _line(one, source, key, deed), "words", label, fields or {})


def _line(one: OneOnOne, source: str, key: UUID, deed: str) -> str:
    return reverse("conversations:line", args=[one.uuid, source, key, deed])


def _done(action: Action, word: str) -> Deed:
    return Deed(word, reverse("conversations:action_deed", args=[action.uuid, "done"]))


def _page(name: str, action: Action) -> str:
    return reverse(f"conversations:{name}", args=[action.uuid])


def _late(due_on: date, today: date) -> str:
    days = (today - due_on).days
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days > 0 else ""


def _day(day: date) -> str:
    return date_format(day, _("j F"))
