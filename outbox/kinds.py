"""What a notice is: the contract between the apps that have something to tell and the outbox that tells it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from people.models import Employee

Context = dict[str, Any]


class Group(TextChoices):
    """What to do about it: the headings of Today and of the summaries, in this order."""

    ANSWER = "answer", _("Answer")
    DECIDE = "decide", _("Decide")
    WRITE = "write", _("Write")
    TALK = "talk", _("Talk")
    DO = "do", _("Do")
    READ = "read", _("Read")
    KNOW = "know", _("Good to know")


@dataclass(frozen=True)
class Kind:
    """One sort of notice; each app lists its own as KINDS in its due.py.

    name: "goals.report_due", as it stands in the rows.
    template: base name of its words, rendered when they are shown, with `recipient`, `site` (the start of every
        address) and `thing` (or what the deed gave to post()):
        "<template>.subject.txt"  one line without anybody's private words, for it is read on locked telephones;
        "<template>.txt"          the mail from greeting to last sentence (its HTML is made of it);
        "<template>.html"         optional: HTML of its own instead, extending "outbox/mail.html";
        "<template>.line.html"    one <p> with one sentence, then one <a class="btn …" href="{{ site }}…"> to the form
                                  that settles it: on Today, in the bell and in the summaries.
    many: a template for the one line that Today shows where several of them wait: `things`, answered in place.
    due: what is due by a day: rows annotated with `recipient_id` and `occasion` (text, 40 characters); if they like
        also `due_on` (date: the longest overdue stands first) and `whose_id` (the person it is about, where that is
        not the recipient). A row is told once per recipient and occasion, and only if it is still there when the
        mail leaves; it stays on Today for as long as it is there. "Due" is `<= today`. Select what the words need.
        None: a rule posts the notice with its deed.
    title: how the page of wishes names it: "Your report is due".
    group: what to do about it.
    why_always: why it cannot be switched off, in a sentence. Empty: it can.
    urgent: leaves at night too and never waits for a summary (a link to sign in).
    by_mail_only: never shown in the application.
    context: asked when the mail leaves, with the recipient and what is known so far; what it returns is added. For
        what must not be stored: a link that signs one in.
    """

    name: str
    template: str
    due: Callable[[date], QuerySet[Any]] | None = None
    title: "StrOrPromise" = ""
    group: Group = Group.KNOW
    why_always: "StrOrPromise" = ""
    urgent: bool = False
    by_mail_only: bool = False
    many: str = ""
    context: Callable[["Employee", Context], Context] | None = None
