"""Mails out: the outbox against the stock way, EmailMultiAlternatives with a connection of its own for each mail.

Both put the same templates into words for the same people, hand them to the same sink, and mark each row as sent.
`size` is the number of mails (1,000). The floor beside them is sending alone: rendered before, one connection.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from bench.browser import counted
from bench.matters import open_matters
from bench.meter import measured
from bench.report import Report
from bench.sink import sink, taken
from jobs.models import Reading
from outbox.mail import stop_address
from outbox.models import Notice
from outbox.rules.deliver import deliver
from reminders.rules import sweep
from reminders.rules.kinds import KINDS

ROUNDS = 5


def run(report: Report, size: int | None = None) -> None:
    mails = open_matters(size or 1000)
    sweep.raise_due()
    with tempfile.TemporaryDirectory() as folder, sink(Path(folder) / "mails") as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        ratios, statements = [], 0
        for number in range(ROUNDS + 1):
            _open_again()
            with measured() as stock:
                _stock()
            _open_again()
            with measured() as ours, counted() as asked:
                while deliver(KINDS):
                    pass
            with measured() as floor:
                _alone(mails)
            if Notice.objects.filter(state="sent").count() != mails:
                raise RuntimeError("not every mail has left")
            if number:  # the first round warms up
                ratios.append(stock.total / ours.total)
                statements = len(asked)
                report.note(f"stock {_rate(mails, stock.total)}, ours {_rate(mails, ours.total)} mails a CPU second;")
                report.note(f"  sending alone {_rate(mails, floor.total)}")
        arrived = sum(taken(Path(folder) / "mails").values())
    report.figure("sending", sorted(ratios)[ROUNDS // 2], 2, at_least=True)
    report.figure("sending-statements-per-1000", statements * 1000 / mails, 20)
    report.figure("sending-lost", mails * 3 * (ROUNDS + 1) - arrived, 0)


def _rate(mails: int, seconds: float) -> str:
    return f"{mails / seconds:,.0f}"


def _stock() -> None:
    """As one writes it first: a row, its thing, its words, a mail, a mark."""
    for notice in Notice.objects.filter(state="open").order_by("pk"):
        person, thing = notice.recipient, Reading.objects.select_related("version").get(pk=notice.about)
        kind = KINDS[notice.kind]
        stop = stop_address(person, kind.name)
        known = {"thing": thing, "recipient": person, "site": settings.SITE_URL, "stop": stop, "kind": kind}
        with override(person.language), timezone.override(person.time_zone):
            subject = " ".join(render_to_string(f"{kind.template}.subject.txt", known, using="text").split())
            text = render_to_string(f"{kind.template}.txt", known, using="text").strip()
            frame = {**known, "subject": subject, "text": text}
            html = render_to_string("outbox/mail.html", frame)
            body = render_to_string("outbox/mail.txt", frame, using="text")
        mail = EmailMultiAlternatives(subject, body, to=[person.email], headers={"List-Unsubscribe": f"<{stop}>"})
        mail.attach_alternative(html, "text/html")
        mail.send()
        notice.state = "sent"
        notice.ended_at = timezone.now()
        notice.save(update_fields=["state", "ended_at"])


def _alone(mails: int) -> None:
    with get_connection() as smtp:
        mail = EmailMultiAlternatives("A subject", "Some words.\n" * 10, to=["somebody@scale.example"], connection=smtp)
        mail.attach_alternative("<p>Some words.</p>" * 10, "text/html")
        for _ in range(mails):
            mail.send()


def _open_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE outbox_notice SET state = 'open', ended_at = NULL, not_before = raised_at")
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE outbox_notice")
