"""The folder into which a local installation writes its mails, read back for a page. Production has no such folder."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings

BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)  # what Django's file backend writes after each mail
NAME = re.compile(r"^[0-9]{8}-[0-9]{6}-[0-9]+\.log$")
SHOWN = 100


@dataclass(frozen=True)
class Letter:
    file: str
    number: int
    to: str
    subject: str
    date: str
    text: str
    html: str


def is_open() -> bool:
    """Whether this is a local installation that writes its mails into a folder."""
    return bool(settings.LOCAL and getattr(settings, "EMAIL_FILE_PATH", None))


def letters() -> list[Letter]:
    """The latest hundred, newest first."""
    found: list[Letter] = []
    for path in sorted(_folder().glob("*.log"), reverse=True):
        found += reversed(list(_in(path)))
        if len(found) >= SHOWN:
            break
    return found[:SHOWN]


def letter(file: str, number: int) -> Letter | None:
    """One of them; None if there is none by that name."""
    path = _folder() / file
    if not NAME.match(file) or not path.is_file():
        return None
    return next((one for one in _in(path) if one.number == number), None)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _in(path: Path) -> Iterator[Letter]:
    for number, raw in enumerate(BETWEEN.split(path.read_bytes())):
        if raw.strip():
            mail = email.message_from_bytes(raw, policy=default)
            text, html = _words(mail, "plain"), _words(mail, "html")
            yield Letter(path.name, number, str(mail["To"]), str(mail["Subject"]), str(mail["Date"]), text, html)


def _words(mail: EmailMessage, sort: str) -> str:
    part = mail.get_body((sort,))
    return str(part.get_content()) if part else ""
