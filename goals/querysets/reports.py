from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When

from goals.loglines import COLUMNS, LogLine, lines_of
from goals.querysets.goals import AGREED
from people.access import in_part, in_sight
from people.sealed import SealedTextField

if TYPE_CHECKING:
    from goals.models import Claim, Encounter, Report
    from people.models import Employee


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own steps and those of everybody below. HR sees status only: GoalQuerySet.status_for()."""
        return self.filter(in_sight(user, "goal__owner"))

    def editable_by(self, user: "Employee") -> Self:
        return self.filter(goal__owner=user)

    def answerable_by(self, user: "Employee") -> Self:
        """The steps of one's direct reports."""
        return self.filter(goal__owner__manager=user)

    def unread(self) -> Self:
        """What waits for the manager's answer, of whatever year: the board, Today and the notices ask this alone."""
        return self.filter(state=self.model.State.NEW, goal__state__in=AGREED)

    def with_goal(self) -> Self:
        return self.select_related("goal__owner__manager", "goal__year")

    def by_day(self) -> Self:
        return self.order_by("-happened_on", "-pk")

    def as_log(self, reader: "Employee") -> list[LogLine]:
        """Lines of a log, newest first, with the people met: one statement. Names as with_names_for() gives them."""
        return lines_of(self.log_rows(reader.pk).values(*COLUMNS))

    def log_rows(self, reader: int) -> Self:
        """One row for each step and person met, for lines_of(); reader: their key."""
        may = Q(goal__owner=reader) | Q(encounters__shares_name=True)
        name = Case(When(may, then=F("encounters__contact__name")), default=Value(""), output_field=SealedTextField())
        return self.annotate(known_name=name).order_by("-happened_on", "-pk", "encounters__position", "encounters__pk")


class EncounterQuerySet(models.QuerySet["Encounter"]):
    def visible_to(self, user: "Employee") -> Self:
        """People met in the steps one may read; their names only through with_names_for()."""
        return self.filter(in_sight(user, "owner"))

    def about(self, person: "Employee") -> Self:
        """Where `person` is recorded as somebody's contact: theirs to read, and to have the name removed."""
        met = self.filter(contact__employee=person)
        met = met.select_related("owner__department", "department", "contact", "report")
        return met.order_by("-happened_on", "-pk")

    def with_people(self) -> Self:
        """With whom it was, from the notebook: for its owner's own forms."""
        return self.select_related("contact__employee", "department").order_by("position", "pk")

    def with_names_for(self, reader: "Employee") -> Self:
        """Each with department and `known_name`: one's own notebook's name, or one that was shared, else "".

        The database leaves the others out, so no page can show by mistake what was never fetched.
        """
        may = Q(owner=reader) | Q(shares_name=True)
        name = Case(When(may, then=F("contact__name")), default=Value(""), output_field=SealedTextField())
        return self.select_related("department").annotate(known_name=name).order_by("report", "position")


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: "Employee") -> Self:
        """One's own claims and those of everybody below."""
        return self.filter(in_sight(user, "owner"))

    def editable_by(self, user: "Employee") -> Self:
        """Claims that one may approve, refuse or mark as paid: those of one's direct reports."""
        return self.filter(owner__manager=user)

    def waiting(self) -> Self:
        return self.filter(state=self.model.State.CLAIMED)

    def counting(self) -> Self:
        """Those that cost something or will: without what was refused."""
        return self.exclude(state=self.model.State.REFUSED)

    def amounts_for(self, user: "Employee") -> Self:
        """For HR, in its part: only to be added up by department and team (goals.money), never shown one by one."""
        return self.filter(in_part(user, "owner")).order_by()

    def for_list(self) -> Self:
        return self.select_related("owner", "goal", "decided_by", "paid_by").order_by("-claimed_at", "-pk")
