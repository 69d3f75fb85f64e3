"""Notices and wishes are one’s own; the link in a mail works signed out; the post is HR administrators’ to see."""

from journal.rules import record
from outbox.kinds import Kind
from outbox.models import Notice
from outbox.rules import post
from tests.access.table import Route, anybody, everybody, only

TOLD = Kind("people.told", template="people/mail/told", title="Told")


def build(company):
    entry = record("employee.told", company.peer, by=company.manager)
    post(TOLD, company.direct, entry, person=company.peer)
    company.notice = Notice.objects.get(recipient=company.direct, kind=TOLD.name)


def a_kind(company):
    return {"kind": "no.such"}


ROUTES = [
    Route("reminders:bell", get=everybody(200)),
    Route("reminders:summary", get=everybody(200)),
    Route("reminders:read_all", post=everybody(302)),
    Route("reminders:read_one", row=lambda c: {"pk": c.notice.pk}, post=only(302, "direct")),
    Route("reminders:wishes", get=everybody(200), post=everybody(422)),
    Route("reminders:stop", row=lambda c: {"token": "nonsense"}, get=anybody(404), post=anybody(404)),
    Route("reminders:desk", get=only(200, "hr_administrator")),
    Route("reminders:tomorrow", get=only(200, "hr_administrator")),
    Route("reminders:send_now", post=only(302, "hr_administrator")),
    Route("reminders:hold", row=a_kind, post=everybody(404)),
    Route("reminders:release", row=a_kind, post=everybody(404)),
]
