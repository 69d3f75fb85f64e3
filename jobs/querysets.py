"""Who sees which version, clause, ruling and comment: DESIGN's table, said once.

Two sets of versions carry it all: readable() (the text in force or published) and workings() (drafts, refusals,
objections). Each is a UNION of branches that go through an index one by one; an OR over them would read every row.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, cast

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from journal import clock
from journal.prepared import asked
from people.access import in_sight

if TYPE_CHECKING:
    from jobs.models import (
        Assignment,
        Clause,
        Comment,
        DescriptionFile,
        Ground,
        JobDescription,
        Objection,
        Reading,
        Ruling,
        Version,
    )
    from people.models import Employee

OPEN = ("draft", "offered", "with_hr")


def _rows(model: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("jobs", model)._default_manager.order_by()
    return rows


def _versions() -> "VersionQuerySet":
    return cast("VersionQuerySet", _rows("Version"))


def _comments() -> "CommentQuerySet":
    return cast("CommentQuerySet", _rows("Comment"))


def _assignments() -> "AssignmentQuerySet":
    return cast("AssignmentQuerySet", _rows("Assignment"))


def _employees() -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model("people", "Employee")._default_manager.order_by()
    return rows


def _works() -> Q:
    return Q(left_on=None) | Q(left_on__gte=clock.today())


def held_on(day: date) -> Q:
    """Condition on Assignment: it covers `day`."""
    return Q(from_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def covering(people: Q) -> QuerySet[Any]:
    """Ids of the descriptions that `people` (a condition on Assignment) do now or will do."""
    lasting = Q(ended_on=None) | Q(ended_on__gt=clock.today())
    return _rows("Assignment").filter(people).filter(lasting).values("description")


def in_hr_part(user: "Employee", path: str = "department") -> Q:
    """Condition for what belongs to a department in `user`'s part of HR; never true for people outside HR."""
    if user.is_hr_administrator:
        return ~Q(pk=None)
    return Q(**{f"{path}__partner": user}) if user.is_hr else Q(pk=None)


def _led(user: "Employee", path: str = "description") -> Q:
    """Versions of descriptions done by somebody below `user`, by nobody yet, or by nobody now in a department where
    `user` leads somebody (a vacancy): rights end with the line. path: to the description, "pk" for itself."""
    others = ~Q(employee=user)
    below = covering(in_sight(user, "employee") & others)
    ever = _rows("Assignment").filter(description=OuterRef(path))
    now = ever.filter(Q(ended_on=None) | Q(ended_on__gt=clock.today()))
    department = "department" if path == "pk" else f"{path}__department"
    near = _employees().filter(in_sight(user)).exclude(pk=user.pk).values("department")
    return Q(**{f"{path}__in": below}) | ~Exists(ever) | (~Exists(now) & Q(**{f"{department}__in": near}))


def workings(user: "Employee") -> QuerySet[Any]:
    """Ids of versions whose drafts, refusals and objections `user` may read.

    One's own (while one leads who is covered), those one is asked to support, HR's part. Never those of the
    description that covers oneself: "own" wins over every other column of the table.
    """
    others = _rows("Version").exclude(description__in=covering(Q(employee=user)))
    own = others.filter(_led(user), author=user).values("pk")
    branches = [others.filter(author__manager=user, state__in=OPEN[1:]).values("pk")]
    if user.is_hr:
        branches.append(others.filter(in_hr_part(user, "description__department")).values("pk"))
    return own.union(*branches)


def readable(user: "Employee") -> QuerySet[Any]:
    """Ids of versions `user` may read: the published ones of their line, what they were given to read, workings."""
    published = _rows("Version").filter(state="published")
    line = published.filter(description__in=covering(in_sight(user, "employee"))).values("pk")
    branches = [
        _rows("Reading").filter(employee=user).values("version"),
        _rows("Version").filter(pk__in=workings(user)).values("pk"),
    ]
    if user.is_hr:
        branches.append(published.filter(in_hr_part(user, "description__department")).values("pk"))
    return line.union(*branches)


class JobDescriptionQuerySet(models.QuerySet["JobDescription"]):
    def visible_to(self, user: "Employee") -> Self:
        """Descriptions with a version that `user` may read."""
        return self.filter(pk__in=_rows("Version").filter(pk__in=readable(user)).values("description"))

    def with_state(self, user: "Employee") -> Self:
        """Each with department, `people` (how many do it now), and versions by id: `in_force_now`, `newest` (published
        last, perhaps for a later day), `open_now`."""
        versions = _rows("Version").filter(description=OuterRef("pk"))
        published = versions.filter(state="published").order_by("-in_force_from")
        in_force = published.filter(in_force_from__lte=clock.today())
        held = _rows("Assignment").filter(description=OuterRef("pk")).filter(held_on(clock.today())).order_by()
        number = held.values("description").annotate(n=Count("pk")).values("n")
        return self.select_related("department").annotate(
            in_force_now=Subquery(in_force.values("pk")[:1]),
            newest=Subquery(published.values("pk")[:1]),
            open_now=Subquery(versions.filter(state__in=OPEN, pk__in=workings(user)).values("pk")[:1]),
            people=Coalesce(Subquery(number), 0),
        )

    def in_part_of(self, user: "Employee") -> Self:
        """HR's part; nothing for everybody else."""
        return self.filter(in_hr_part(user))

    def of_leaders(self) -> Self:
        """Those in force, done by somebody who leads somebody. Each with `leaders`, how many of them there are."""
        reports = _employees().filter(manager=OuterRef("employee")).filter(_works())
        led = _rows("Assignment").filter(held_on(clock.today())).filter(Exists(reports))
        in_force = _versions().in_force().filter(description=OuterRef("pk"))
        number = led.filter(description=OuterRef("pk")).values("description").annotate(n=Count("pk"))
        theirs = self.filter(pk__in=led.values("description")).filter(Exists(in_force))
        return theirs.select_related("department").annotate(leaders=Subquery(number.values("n")))

    def of_leaders_without(self, topic: str) -> Self:
        """Those of leaders whose text in force has no clause about `topic`."""
        clauses = _rows("Clause").filter(topic=topic, version__in=_versions().in_force().values("pk"))
        having = clauses.exclude(state="withdrawn").values("version__description")
        return self.of_leaders().exclude(pk__in=having)

    def draftable_by(self, user: "Employee") -> Self:
        """Those of which `user` may draft a next version: done by somebody below them, not by themselves; of those that
        nobody does now, the ones they began."""
        below = covering(in_sight(user, "employee") & ~Q(employee=user))
        own = _led(user, "pk") & Q(begun_by=user)
        return self.filter(Q(pk__in=below) | own).exclude(pk__in=covering(Q(employee=user)))


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(pk__in=readable(user))

    def workings_for(self, user: "Employee") -> Self:
        """Those whose rulings, objections and words of support `user` may read."""
        return self.filter(pk__in=workings(user))

    def drafted_by(self, user: "Employee") -> Self:
        """Their own, as long as they lead whom it covers and are not covered themselves."""
        return self.filter(_led(user), author=user).exclude(description__in=covering(Q(employee=user)))

    def editable_by(self, user: "Employee") -> Self:
        """Drafts whose words `user` may change now."""
        return self.drafted_by(user).filter(state="draft")

    def to_support_by(self, user: "Employee") -> Self:
        """Those whose author works for `user`, who is not covered themselves."""
        return self.filter(author__manager=user).exclude(description__in=covering(Q(employee=user)))

    def offered(self) -> Self:
        return self.filter(state="offered")

    def published(self) -> Self:
        return self.filter(state="published")

    def with_people(self) -> Self:
        """Each with whom and what its page names."""
        return self.select_related("description__department", "author__manager", "supported_by")

    def before(self, version: "Version") -> Self:
        """The published version that `version` is compared with: the one before it, or none."""
        number = _rows("Version").filter(pk=version.pk).values("number")
        earlier = self.published().filter(description=version.description_id, number__lt=number)
        return earlier.order_by("-number")[:1]

    def in_force(self, on: date | None = None) -> Self:
        """The one version of each description that is in force on a day, today if none is given."""
        on = on or clock.today()
        newer = _rows("Version").filter(
            description=OuterRef("description"),
            state="published",
            in_force_from__lte=on,
            in_force_from__gt=OuterRef("in_force_from"),
        )
        return self.filter(state="published", in_force_from__lte=on).filter(~Exists(newer))


class ClauseQuerySet(models.QuerySet["Clause"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(version__in=readable(user))

    def standing(self) -> Self:
        """Without those that were taken out of their draft."""
        return self.exclude(state="withdrawn")

    def in_force(self, on: date | None = None) -> Self:
        """Clauses of versions in force on a day, today if none is given: what a goal may rest on."""
        return self.standing().filter(version__in=_versions().in_force(on).values("pk"))

    def covering(self, employee: "Employee", on: date | None = None) -> Self:
        """The clauses in force for one employee on a day, in order; empty if they have no job description."""
        on = on or clock.today()
        held = _assignments().held_on(on).filter(employee=employee).values("description")
        return self.in_force(on).filter(version__description__in=held).order_by("position", "pk")

    def with_ruling(self) -> Self:
        """`clause.ruling` at hand: verdict, wording, at. Who ruled and why is for the workings (DESIGN's table)."""
        return self.select_related("ruling", "version__description")

    def in_order(self) -> Self:
        """What stands in a version (`version.clauses`, seen by whoever sees the version), each with its ruling."""
        return self.standing().select_related("ruling").order_by("position", "pk")

    def with_everything(self) -> Self:
        """Each with what its own page names: its version and people, the version before, the rulings."""
        here = ("version__description__department", "version__author__manager", "version__supported_by")
        return self.select_related(*here, "previous__version", "ruling", "cites__ground", "author")

    def editable_by(self, user: "Employee") -> Self:
        """Those that `user` may rule on: the words of a clause are its drafter's, its fate is HR's."""
        return self.ruled_by(user)

    def for_desk(self) -> Self:
        """What a line of HR's queue shows; no more columns than that."""
        shown = ("text", "kind", "waits_since", "version__title", "version__description__department__name")
        return self.select_related("version__description__department").only(*shown)

    def lines(self) -> QuerySet["Clause", Any]:
        """The same as named tuples with `title` and `place`: fifty rows of four models cost more than their page."""
        shown = {"title": F("version__title"), "place": F("version__description__department__name")}
        names = ("pk", "text", "kind", "waits_since", "title", "place")
        lines: QuerySet[Clause, Any] = self.annotate(**shown).values_list(*names, named=True)
        return lines

    def waiting(self) -> Self:
        """HR's turn, oldest first, through the partial index."""
        return self.filter(state="waits").order_by("waits_since", "pk")

    def ruled_by(self, user: "Employee") -> Self:
        """Those `user` may rule on as HR: in their part, not written by themselves, not about their own job."""
        covered = covering(Q(employee=user))
        mine = self.filter(in_hr_part(user, "version__description__department"))
        return mine.exclude(author=user).exclude(version__author=user).exclude(version__description__in=covered)


class RulingQuerySet(models.QuerySet["Ruling"]):
    def visible_to(self, user: "Employee") -> Self:
        """Whole rulings, with names and words."""
        return self.filter(clause__version__in=workings(user))

    def citable(self) -> QuerySet["Ruling", dict[str, Any]]:
        """What any manager who drafts may read of a final ruling: clause, verdict, ground, date. No names."""
        final = self.exclude(verdict="question").order_by("-at", "-pk")
        names = ("pk", "uuid", "verdict", "ground__text", "proposed", "wording", "at", "topic", "fingerprint")
        return final.values(*names)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def visible_to(self, user: "Employee") -> Self:
        return self.filter(clause__version__in=workings(user))


class DescriptionFileQuerySet(models.QuerySet["DescriptionFile"]):
    def visible_to(self, user: "Employee") -> Self:
        """A file is the business of whoever brings it in."""
        return self.filter(by=user)


class GroundQuerySet(models.QuerySet["Ground"]):
    def visible_to(self, user: "Employee") -> Self:
        """HR's list, for HR."""
        return self.all() if user.is_hr else self.none()

    def editable_by(self, user: "Employee") -> Self:
        return self.visible_to(user)

    def offered(self) -> Self:
        return self.filter(is_offered=True)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own and those of one's line; HR its part."""
        return self.filter(in_sight(user, "employee") | in_hr_part(user, "description__department"))

    def held_on(self, on: date) -> Self:
        return self.filter(held_on(on))

    def lasting(self) -> Self:
        """Now or from a later day on."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=clock.today()))

    def past(self) -> Self:
        return self.filter(ended_on__lte=clock.today())


class ReadingQuerySet(models.QuerySet["Reading"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own; who has read is the line's and HR's business, too."""
        return self.filter(in_sight(user, "employee") | in_hr_part(user, "version__description__department"))

    def editable_by(self, user: "Employee") -> Self:
        """Only oneself reads for oneself."""
        return self.filter(employee=user)

    def unread(self) -> Self:
        return self.filter(acknowledged_at=None)

    def counted_for(self, user: "Employee", versions: list[int]) -> dict[int, dict[str, int]]:
        """Version → given, unread, opened, acknowledged, commented, open_comments, as far as `user` may see them.

        Comments are the pair's: whoever is not the manager of those who read counts none.
        """
        found = {row["version"]: row | {"open_comments": 0} for row in asked(_readings_of, user, versions)}
        for row in asked(_comments_open, user, versions):
            if row["clause__version"] in found:
                found[row["clause__version"]]["open_comments"] = row["n"]
        return found


def _readings_of(user: "Employee", versions: list[int]) -> QuerySet[Any, Any]:
    said = _comments().visible_to(user).filter(clause__version=OuterRef("version"), author=OuterRef("employee"))
    rows = cast("ReadingQuerySet", _rows("Reading")).visible_to(user).filter(version__in=versions)
    counted: QuerySet[Any, Any] = rows.values("version").annotate(
        given=Count("pk"),
        unread=Count("pk", filter=Q(opened_at=None)),
        opened=Count("pk", filter=Q(opened_at__isnull=False, acknowledged_at=None)),
        acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False)),
        commented=Count("pk", filter=Q(Exists(said))),
    )
    return counted


def _comments_open(user: "Employee", versions: list[int]) -> QuerySet[Any, Any]:
    waiting = _comments().visible_to(user).unanswered().filter(clause__version__in=versions)
    counted: QuerySet[Any, Any] = waiting.values("clause__version").annotate(n=Count("pk"))
    return counted


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: "Employee") -> Self:
        """The author and their manager; a former manager keeps what they answered themselves."""
        return self.filter(Q(author=user) | Q(author__manager=user) | Q(answered_by=user))

    def with_clause(self) -> Self:
        """Each with its people and its clause's version, the oldest first."""
        return self.select_related("clause__version", "author", "answered_by").order_by("at", "pk")

    def editable_by(self, user: "Employee") -> Self:
        """Those that are `user`'s to answer."""
        return self.unanswered().filter(author__manager=user)

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)

    def open_between(self, manager: "Employee", direct: "Employee") -> Self:
        """What `direct` said on clauses and `manager`, who leads them now, has not answered: for their one-on-one."""
        pair = self.unanswered().filter(author=direct, author__manager=manager)
        return pair.select_related("clause__version", "author").order_by("at", "pk")
