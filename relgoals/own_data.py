"""Everything held about one person, as they may read it: one list of every table that speaks of people.

A new table about people takes its place in PARTS, or in tests/relgoals/test_own_data.py with the reason why not.
Of what others wrote, a person gets what they may read on the pages: drafts about them stay their author's.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appraisals import models as appraisals
from conversations import models as conversations
from goals import models as goals
from jobs import models as jobs
from journal.models import Entry
from journal.querysets import subject_of
from journal.rules import record
from outbox.models import Notice
from people import models as people
from people.models import Employee
from reminders.models import Wishes

ALWAYS_OUT = {"id", "password", "version", "name_hash", "person_hash", "fingerprint"}


@dataclass(frozen=True)
class Part:
    """One table: its name in the file, its heading on the page, the person's rows, and columns that stay out."""

    name: str
    heading: Promise
    rows: Callable[[Employee], QuerySet[Any]]
    out: frozenset[str] = frozenset()


def _own(model: type[Model], path: str) -> Callable[[Employee], QuerySet[Any]]:
    return lambda person: model._default_manager.filter(**{path: person.pk})


def _seen(model: Any, condition: Callable[[Employee], Q] = lambda person: Q()) -> Callable[[Employee], QuerySet[Any]]:
    return lambda person: model.objects.visible_to(person).filter(condition(person))


def _of(path: str) -> Callable[[Employee], Q]:
    return lambda person: Q(**{path: person.pk})


def _out(*names: str) -> frozenset[str]:
    return frozenset(names)


SELF = _("You, your job and your place")
SIGNING_IN = _("Signing in, mails and the journal")
JOBS = _("Job descriptions")
GOALS = _("Goals, steps and your notebook")
TALKS = _("One-on-ones")
APPRAISALS = _("Appraisals")

PARTS = [
    Part("person", SELF, _own(Employee, "pk"), _out("is_superuser")),
    Part("imported", SELF, lambda person: people.ImportRow.objects.filter(email=person.email)),
    Part("second_factors", SIGNING_IN, _own(Authenticator, "user"), _out("data")),
    Part("single_sign_on", SIGNING_IN, _own(SocialAccount, "user")),
    Part("links_asked_for", SIGNING_IN, lambda person: people.LinkRequest.objects.filter(email=person.email)),
    Part("wishes", SIGNING_IN, _own(Wishes, "person")),
    Part("notices", SIGNING_IN, _own(Notice, "recipient"), _out("context", "error")),
    Part("journal_about_me", SIGNING_IN, lambda person: Entry.objects.filter(subject=subject_of(person))),
    Part("journal_by_me", SIGNING_IN, _own(Entry, "actor"), _out("data")),
    Part("jobs_held", JOBS, _own(jobs.Assignment, "employee")),
    Part("readings", JOBS, _own(jobs.Reading, "employee")),
    Part("comments", JOBS, _own(jobs.Comment, "author")),
    Part("offers", GOALS, _seen(goals.Offer, _of("owner"))),
    Part("goals", GOALS, _seen(goals.Goal, _of("owner"))),
    Part("reasons", GOALS, _seen(goals.Reason, _of("goal__owner"))),
    Part("turns", GOALS, lambda person: goals.Turn.objects.filter(goal__in=_goals_of(person))),
    Part("steps", GOALS, _seen(goals.Report, _of("goal__owner"))),
    Part("remarks", GOALS, _own(goals.Remark, "report__goal__owner")),
    Part("people_met", GOALS, _own(goals.Encounter, "owner")),
    Part("notebook", GOALS, _own(goals.Contact, "owner")),
    Part("met_by", GOALS, _own(goals.Encounter, "contact__employee"), _out("contact", "position", "why_not", "peer")),
    Part("claims", GOALS, _own(goals.Claim, "owner")),
    Part("may_be_found", GOALS, _own(goals.Findable, "employee")),
    Part("found_through", GOALS, _own(goals.Tie, "owner")),
    Part("questions_to_colleagues", GOALS, _seen(goals.Introduction)),
    Part("letters_about_gaps", GOALS, _own(goals.GapLetter, "manager"), _out("key")),
    Part("series", TALKS, _seen(conversations.Series)),
    Part("one_on_ones", TALKS, _seen(conversations.OneOnOne)),
    Part("topics", TALKS, _seen(conversations.Topic)),
    Part("shared_notes", TALKS, _seen(conversations.SharedNote)),
    Part("private_notes", TALKS, _seen(conversations.PrivateNote)),
    Part("promises_and_actions", TALKS, _seen(conversations.Action)),
    Part("new_dates_of_promises", TALKS, _seen(conversations.NewDate)),
    Part("repairs", TALKS, _seen(conversations.Repair)),
    Part("coaching_notes", TALKS, _seen(conversations.CoachingNote)),
    Part("feedback", TALKS, _seen(conversations.Feedback)),
    Part("aspirations", TALKS, _own(conversations.Aspiration, "owner")),
    Part("reflections", TALKS, _seen(conversations.Answer)),
    Part("calendar_feed", TALKS, _own(conversations.Feed, "owner"), _out("secret")),
    Part("appraisals", APPRAISALS, _seen(appraisals.Appraisal, _of("employee"))),
    Part("passages", APPRAISALS, _seen(appraisals.Passage, _of("appraisal__employee"))),
    Part("words_of_others", APPRAISALS, _seen(appraisals.Words, _of("appraisal__employee"))),
    Part("ratings", APPRAISALS, _seen(appraisals.Rating, _of("appraisal__employee"))),
    Part("moved_ratings", APPRAISALS, _seen(appraisals.MovedRating, _of("appraisal__employee"))),
    Part("evidence", APPRAISALS, _seen(appraisals.Evidence, _of("appraisal__employee"))),
    Part("signatures", APPRAISALS, _own(appraisals.Signature, "signer")),
]


def _goals_of(person: Employee) -> QuerySet[Any]:
    seen: QuerySet[Any] = goals.Goal.objects.visible_to(person).filter(owner=person).values("pk")
    return seen


def held(person: Employee) -> list[tuple[Promise, int]]:
    """What the file would hold, by heading: how many rows."""
    counts: dict[Promise, int] = {}
    for part in PARTS:
        counts[part.heading] = counts.get(part.heading, 0) + part.rows(person).count()
    return list(counts.items())


def write(person: Employee, target: IO[bytes]) -> None:
    """A zip of data.json (table → rows, in the columns' own names) and the files that belong to the rows."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        tables: dict[str, list[dict[str, Any]]] = {}
        for part in PARTS:
            tables[part.name] = []
            for row, files in _rows(part, person):
                tables[part.name].append(row)
                for name, file in files:
                    if file.storage.exists(file.name):
                        with file.storage.open(file.name) as content, archive.open(name, "w") as copy:
                            copy.write(content.read())
        archive.writestr("data.json", json.dumps(tables, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
    record("employee.download", person, by=person)


def _rows(part: Part, person: Employee) -> Iterator[tuple[dict[str, Any], list[tuple[str, Any]]]]:
    """Each row as plain values (people, goals and departments by name), with the files it points to."""
    rows = part.rows(person)
    fields = [f for f in rows.model._meta.concrete_fields if f.name not in ALWAYS_OUT | part.out]
    for row in rows.order_by("pk").select_related(*[f.name for f in fields if f.many_to_one or f.one_to_one]):
        told: dict[str, Any] = {}
        files = []
        for field in fields:
            value = getattr(row, field.name)
            if isinstance(field, FileField):
                name = f"files/{part.name}/{row.pk}-{PurePath(value.name).name}" if value else ""
                told[field.name] = name
                files += [(name, value)] if value else []
            else:
                told[field.name] = str(value) if isinstance(value, Model) else value
        yield told, files
