"""Short stories of which contact solved which problem: told only if everybody in them agrees."""

import re
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goals.models import Named, Story, TeamCase
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from people.models import Employee

MOST = 12
WORD = re.compile(r"[\w’'-]+")


def tell(
    case: TeamCase, fields: dict[str, Any], people: Collection[Employee], uuid: UUID, *, by: Employee | None
) -> Story:
    """Add a story; everybody in it is asked whether it may be told. A second call with the same `uuid` finds it.

    fields: words, department, shows_names. people: everybody who can be recognised in it, other than the manager.
    Raises PermissionDenied for another's case, ValidationError "names" (somebody stands in the words and is not asked,
    or is not to be shown) and "too_many".
    """
    _may_tell(case, by)
    if found := Story.objects.filter(uuid=uuid, case=case).first():
        return found
    _names_nobody_unasked(case, fields, people)
    if case.stories.count() >= MOST:
        raise ValidationError(_("Twelve stories are enough for one page. Take one away first."), "too_many")
    try:
        with transaction.atomic():
            story: Story = Story.objects.create(uuid=uuid, case=case, **fields)
            _ask(story, people)
            record("story.tell", story, by=by)
    except IntegrityError:
        if found := Story.objects.filter(uuid=uuid, case=case).first():
            return found  # the same form, a moment earlier
        raise ValidationError(_("Load the page again; this story is told already."), "moved_on") from None
    return story


def retell(
    story: Story,
    fields: dict[str, Any],
    people: Collection[Employee],
    version: int | None = None,
    *,
    by: Employee | None,
) -> Story:
    """Change a story. Other words, or names shown for the first time, ask everybody in it anew.

    Raises as tell(), and ValidationError("changed_meanwhile").
    """
    _may_tell(story.case, by)
    _names_nobody_unasked(story.case, fields, people)
    with transaction.atomic():
        asks_anew = fields["words"] != story.words or (fields["shows_names"] and not story.shows_names)
        save_unchanged(story, fields, version)
        story.named.exclude(employee__in=people).delete()
        if asks_anew:
            story.named.update(answer=Named.Answer.WAITS, asked_at=clock.now(), answered_at=None)
        _ask(story, people)
        record("story.retell", story, by=by, fields=sorted(fields))
    return story


def drop(story: Story, *, by: Employee) -> None:
    """Take a story off the case for good."""
    _may_tell(story.case, by)
    with transaction.atomic():
        record("story.drop", story.case, by=by)
        story.delete()


def answer(named: Named, agrees: bool, *, by: Employee | None) -> Named:
    """Agree to be in a story, or rather not; both can be changed at any time, and take effect at once."""
    if by is not None and named.employee_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        named.answer = Named.Answer.AGREED if agrees else Named.Answer.DECLINED
        Named.objects.filter(pk=named.pk).update(answer=named.answer, answered_at=clock.now())
        named.refresh_from_db()
        record("story.answer", named.story, by=by, agrees=agrees)
    return named


def _may_tell(case: TeamCase, by: Employee | None) -> None:
    if by is not None and case.manager_id != by.pk:
        raise PermissionDenied


def _ask(story: Story, people: Collection[Employee]) -> None:
    asked = [Named(story=story, employee=person) for person in people if person.pk != story.case.manager_id]
    Named.objects.bulk_create(asked, ignore_conflicts=True)


def _names_nobody_unasked(case: TeamCase, fields: dict[str, Any], people: Collection[Employee]) -> None:
    """Refuse words in which somebody of the team stands by name who is not asked, or is not to be shown."""
    spoken = {word.casefold().removesuffix("’s").removesuffix("'s") for word in WORD.findall(fields["words"])}
    team = Employee.objects.working().filter(manager=case.manager_id)
    standing = [person for person in {*team, *people} if spoken & _names(person)]
    shown = set(people) if fields["shows_names"] else set()
    unasked = sorted(str(person) for person in standing if person not in shown)
    if unasked:
        sentence = _("%(names)s: this name stands in the words. Ask them and tick “show the names”, or leave it out.")
        raise ValidationError({"words": sentence % {"names": ", ".join(unasked)}}, "names")


def _names(person: Employee) -> set[str]:
    """Names that can give somebody away, in small letters; initials and particles cannot."""
    return {part.casefold() for part in WORD.findall(f"{person.name} {person.preferred_name}") if len(part) > 2}
