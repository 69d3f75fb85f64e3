"""What a pair talks about is the pair's: not the line's, not HR's, not the next manager's. Private is the author's."""

from datetime import timedelta

from conversations.models import Aspiration
from conversations.questions import week_of
from conversations.rules import coaching, feeds, new_dates, notes, promises
from jobs.rules import reading
from journal import clock
from tests.access.table import Route, anybody, everybody, only
from tests.factories_conversations import promise, series_of, sheet_of, topic

PAIR, BEFORE = "direct manager", "direct former_manager"
LEAD = "manager managers_manager other_manager"
HR = "hr_in_scope hr_out_of_scope hr_administrator"


def build_before(company):
    company.old_sheet = sheet_of(company.former_manager, company.direct)
    company.old_topic = topic(company.old_sheet, company.direct)
    company.old_hope = coaching.aspire("A field season.", by=company.direct)
    coaching.share(company.old_hope, by=company.direct)


def build(company):
    mia, eve = company.manager, company.direct
    one = company.talk = sheet_of(mia, eve)
    company.topic, company.hidden = topic(one, eve), topic(one, mia, "Say thank you.")
    company.suggestion = topic(one, eve, "A shared calendar.", kind="suggestion")
    company.promise, company.broken = promise(one), promise(one)
    company.action = promise(one, "A list.", kind="action", owner=eve)
    company.asked = new_dates.ask(company.promise, clock.today() + timedelta(days=9), "Sick.", by=mia)
    company.repair = promises.repair(company.broken, "I said so.", "I ask first.", "Monday.", by=mia)
    company.note = notes.keep(one, "", "Ask about the audit.", by=eve)
    words = {"situation": "An order was stuck.", "choice": "A call.", "result": ""}
    company.coaching = coaching.note(one.series, words, by=mia)
    given = {"behaviour": "called", "effect": "an hour saved", "next_time": ""}
    company.feedback = coaching.give(one.series, given, by=mia)
    company.hope = coaching.share(coaching.aspire("The payroll certificate.", by=eve), by=eve)
    company.own_hope = coaching.aspire("Another building.", by=eve)
    company.feed = feeds.renew(by=eve)
    company.remark = reading.comment(company.job_clause, "Suppliers too?", by=eve)
    series_of(company.other_manager, company.elsewhere, first_on=clock.today() + timedelta(days=3))
    assert Aspiration.objects.count() == 3


def of(row, **fixed):
    return lambda company: {"uuid": getattr(company, row).uuid} | fixed


def pair(company):
    return {"uuid": company.talk.series.uuid}


def week(company):
    year, number = week_of(clock.today())
    return {"year": year, "week": number}


ROUTES = [
    Route("conversations:list", get=everybody(200)),
    Route("conversations:series_new", get=only(200, LEAD), post=only(422, LEAD)),
    Route("conversations:limits", get=everybody(200)),
    Route("conversations:series", row=pair, get=only(200, PAIR)),
    Route("conversations:series", row=lambda c: {"uuid": c.old_sheet.series.uuid}, get=only(200, BEFORE)),
    Route("conversations:series_edit", row=pair, get=only(200, "manager"), post=only(422, "manager")),
    Route("conversations:series_close", row=pair, post=only(302, "manager", direct=403)),
    Route("conversations:coaching_new", row=pair, get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:feedback_new", row=pair, get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:sheet", row=of("talk"), get=only(200, PAIR)),
    Route("conversations:sheet", row=of("old_sheet"), get=only(200, BEFORE)),
    Route("conversations:paper", row=of("talk"), get=only(200, PAIR)),
    Route("conversations:news", row=of("talk"), get=only(204, PAIR)),
    Route("conversations:news", row=of("old_sheet"), get=only(204, BEFORE)),
    Route("conversations:move", row=of("talk"), get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:move", row=of("old_sheet"), get=only(404, ""), post=only(404, "")),
    Route("conversations:say", row=of("talk", name="hold"), post=only(302, PAIR)),
    Route("conversations:begin_part", row=of("talk"), post=only(302, "manager")),
    Route("conversations:write", row=of("talk", part="ahead"), post=only(422, PAIR)),
    Route("conversations:write", row=of("talk", part="manager"), post=only(422, "manager", direct=403)),
    Route("conversations:write", row=of("old_sheet", part="ahead"), post=only(404, "")),
    Route(
        "conversations:line",
        row=lambda c: {"uuid": c.talk.uuid, "source": "comment", "key": c.remark.uuid, "deed": "answer"},
        post=only(422, "manager", direct=403),
    ),
    Route("conversations:shared_note", row=of("talk"), post=only(302, PAIR)),
    Route("conversations:shared_note", row=of("old_sheet"), post=only(404, "")),
    Route("conversations:private_note_of", row=of("talk"), post=only(302, PAIR)),
    Route("conversations:action_new", row=of("talk"), get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:topic", row=of("topic"), get=only(200, PAIR), post=only(403, PAIR)),
    Route("conversations:topic", row=of("hidden"), get=only(200, "manager"), post=only(403, "manager")),
    Route("conversations:topic", row=of("suggestion"), get=only(200, PAIR), post=only(422, "manager", direct=403)),
    Route("conversations:topic", row=of("old_topic"), get=only(200, BEFORE), post=only(403, BEFORE)),
    Route("conversations:topic_deed", row=of("topic", deed="settle"), post=only(302, PAIR)),
    Route("conversations:private_notes", get=everybody(200)),
    Route("conversations:private_note", row=of("note"), get=only(200, "direct")),
    Route("conversations:action", row=of("promise"), get=only(200, PAIR), post=only(403, PAIR)),
    Route("conversations:action", row=of("action"), get=only(200, PAIR), post=only(422, PAIR)),
    Route(
        "conversations:repair",
        row=of("promise"),
        get=only(200, "manager", direct=403),
        post=only(422, "manager", direct=403),
    ),
    Route("conversations:new_date", row=of("promise"), get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:new_date", row=of("action"), get=only(404, ""), post=only(404, "")),
    Route(
        "conversations:new_date_move",
        row=of("asked", name="agree"),
        post=only(302, "direct", manager=403),
    ),
    Route("conversations:action_deed", row=of("promise", deed="done"), post=only(302, "manager", direct=403)),
    Route("conversations:repair_answer", row=of("repair"), post=only(422, "direct")),
    Route("conversations:coaching", row=of("coaching"), get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:coaching_choose", row=of("coaching"), post=only(302, PAIR)),
    Route("conversations:feedback", row=of("feedback"), get=only(200, PAIR), post=only(422, "direct", manager=403)),
    Route("conversations:aspirations", get=everybody(200), post=everybody(422)),
    Route("conversations:aspiration", row=of("hope"), get=only(200, PAIR), post=only(422, PAIR)),
    Route("conversations:aspiration", row=of("own_hope"), get=only(200, "direct"), post=only(422, "direct")),
    Route("conversations:aspiration", row=of("old_hope"), get=only(200, "direct"), post=only(422, "direct")),
    Route("conversations:aspiration_deed", row=of("hope", deed="unshare"), post=only(302, "direct")),
    Route("conversations:reflection", get=only(302, LEAD)),
    Route("conversations:reflection_week", row=week, get=only(200, LEAD), post=only(302, LEAD)),
    Route("conversations:rhythm", get=only(200, f"{LEAD} former_manager")),
    Route("conversations:rhythm_departments", get=only(200, HR)),
    Route("conversations:calendar", get=everybody(200)),
    Route("conversations:calendar_renew", post=everybody(302)),
    Route(
        "conversations:feed",
        row=lambda c: {"secret": c.feed.secret},
        get=anybody(200),
        post=anybody(405),
        missing={"secret": "made-up"},
    ),
]
