"""One notice as a mail: subject, plain text and HTML, and the headers that let a machine unsubscribe."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from outbox.kinds import Context, Kind
from outbox.models import Notice

if TYPE_CHECKING:
    from people.models import Employee

SALT = "outbox.stop"
DAYS_A_LINK_LASTS = 90
EVERYTHING = "*"  # in an unsubscribe link: every kind that can be switched off


def compose(notice: Notice, kind: Kind, context: Context, smtp: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail of one notice in its recipient's language and time zone. Raises what its templates raise."""
    stop = None if kind.why_always else stop_address(notice.recipient, kind.name)
    with speaking_to(notice.recipient):
        subject = in_one_line(f"{kind.template}.subject.txt", context)
        text = render_to_string(f"{kind.template}.txt", context, using="text").strip()
        page = own_html(kind) or "outbox/mail.html"
        frame = {**context, "subject": subject, "text": text, "stop": stop, "kind": kind, "site": settings.SITE_URL}
        html = render_to_string(page, frame)
        body = render_to_string("outbox/mail.txt", frame, using="text").strip() + "\n"
    return letter(notice.recipient, subject, body, html, f"notice.{notice.pk}", stop, smtp)


def letter(
    recipient: "Employee", subject: str, text: str, html: str, name: str, stop: str | None, smtp: BaseEmailBackend
) -> EmailMultiAlternatives:
    """name: what the Message-ID is made of; the same mail sent again after a crash carries the same one."""
    headers = {
        "Message-ID": f"<{name}@{urlsplit(settings.SITE_URL).hostname}>",
        "Date": formatdate(localtime=False),
        "Auto-Submitted": "auto-generated",
    }
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(subject, text, to=[recipient.email], headers=headers, connection=smtp)
    mail.attach_alternative(html, "text/html")
    return mail


def stop_address(recipient: "Employee", kind: str) -> str:
    """Where a POST switches `kind` (or EVERYTHING) off for this person, without signing in, for 90 days."""
    token = signing.dumps([recipient.pk, kind], salt=SALT)
    return f"{settings.SITE_URL}{reverse('reminders:stop', args=[token])}"


def read_stop(token: str) -> tuple[int, str]:
    """Whose wish, and for which kind. Raises signing.BadSignature for what we did not sign or what is too old."""
    person, kind = signing.loads(token, salt=SALT, max_age=DAYS_A_LINK_LASTS * 24 * 3600)
    return int(person), str(kind)


def in_one_line(template: str, context: Context) -> str:
    return " ".join(render_to_string(template, context, using="text").split())


def own_html(kind: Kind) -> str | None:
    """The kind's own HTML, where it has one."""
    try:
        get_template(f"{kind.template}.html")
    except TemplateDoesNotExist:
        return None
    return f"{kind.template}.html"


@contextmanager
def speaking_to(person: "Employee") -> Iterator[None]:
    """The block's texts, dates and times are in this person's language and time zone."""
    with translation.override(person.language), timezone.override(person.time_zone):
        yield


class _Plain(HTMLParser):
    """Collects the words of a line, and after each link's words its address."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.link = dict(attrs).get("href")
            self.words.append("\n  ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link:
            self.words.append(f": {self.link}")
            self.link = None

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words:
            self.words.append((" " if data[0].isspace() else "") + words + (" " if data[-1].isspace() else ""))


def plain(html: str) -> str:
    """A rendered "<template>.line.html" as text: its sentence, and below it where to go."""
    parser = _Plain()
    parser.feed(html)
    return "\n".join(" ".join(line.split()) for line in "".join(parser.words).strip().splitlines())
