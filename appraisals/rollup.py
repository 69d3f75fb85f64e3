"""A round scored by set-based SQL: the arithmetic of scoring.py for everybody at once, or for those that changed.

Three statements, each one INSERT … SELECT … ON CONFLICT that the ORM compiles: the rated sections, the relationship
section, the totals. Signed appraisals are out of scope and their scores frozen. Whoever calls holds the lock of the
scheme (rules/rolling.py), so that no older reading overwrites a newer one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Expression,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from appraisals.models import Appraisal, Criterion, Rating, Scheme, Score, Section, SectionScore
from appraisals.scoring import WHOLE

OPEN = [state for state in Appraisal.State.values if state not in Appraisal.FROZEN]
AGREED = ("active", "reported", "confirmed")


@dataclass(frozen=True)
class Scope:
    """Which appraisals of `scheme` are scored: those with ids from `first` up to `last`, or just `ids`."""

    scheme: Scheme
    first: int = 0
    last: int = 0
    ids: tuple[int, ...] = ()

    def on(self, path: str) -> Q:
        """The condition for a table whose appraisal is at `path`: it stands on every table that is read, since no
        database carries a range over a join by itself."""
        if self.ids:
            return Q(**{f"{path}__in": self.ids})
        return Q(**{f"{path}__gte": self.first, f"{path}__lte": self.last})


def roll(scope: Scope, today: date) -> int:
    """Score everything in `scope`. Returns how many rows changed: a second run changes none."""
    changed = _upsert(SectionScore, ("appraisal_id", "section_id"), SECTION_COLUMNS, rated_sections(scope))
    for section in scope.scheme.sections.filter(kind=Section.Kind.RELATIONSHIP):
        rows = relationship_section(scope, section, today)
        changed += _upsert(SectionScore, ("appraisal_id", "section_id"), SECTION_COLUMNS, rows)
    return changed + _upsert(Score, ("appraisal_id",), ("total", "facts", "weight"), totals(scope))


SECTION_COLUMNS = ("weight", "score", "facts", "computed")


def rated_sections(scope: Scope) -> QuerySet[Any, Any]:
    """(appraisal, section, weight, score, facts, computed) of every section in which something was ever rated."""
    counts = Q(points__isnull=False)
    percent = Cast("criterion__weight", IntegerField())
    product = Sum(Cast("points", IntegerField()) * F("criterion__weight"))
    rated, facts = Sum(percent, filter=counts), Sum(percent, filter=counts & Q(on_facts=True))
    weight = Case(
        When(appraisal__leads=True, then=F("criterion__section__weight_leading")),
        default=F("criterion__section__weight"),
    )
    rows = Rating.objects.filter(scope.on("appraisal"), appraisal__scheme=scope.scheme, appraisal__state__in=OPEN)
    rows = rows.exclude(criterion__section__kind=Section.Kind.RELATIONSHIP).order_by()
    return (
        rows.values("appraisal_id", "criterion__section_id")
        .annotate(weighs=Max(weight), product=product, rated=NullIf(Coalesce(rated, 0), 0), facts=Coalesce(facts, 0))
        .order_by("appraisal_id", "criterion__section_id")
        .values_list(
            "appraisal_id",
            "criterion__section_id",
            "weighs",
            _half_up(F("product") * 100, F("rated")),
            _half_up(F("facts") * WHOLE, F("rated")),
            Cast(Value(None), IntegerField()),
        )
    )


def relationship_section(scope: Scope, section: Section, today: date) -> QuerySet[Any, Any]:
    """The same of the relationship section, from the goals' counts: scoring.relationship() in SQL.

    From the day after the year's last day for answering, what counts of the reports counts as confirmed.
    """
    scheme, year = scope.scheme, scope.scheme.year
    criterion = Criterion.objects.filter(section=section).order_by("position", "pk").first()
    count = "g__counted" if today > year.answer_by_on else "g__confirmed"
    agreed = Q(g__state__in=AGREED)
    rows = Appraisal.objects.filter(scope.on("pk"), scheme=scheme, state__in=OPEN).order_by()
    rows = rows.annotate(
        g=FilteredRelation("employee__goals", condition=Q(employee__goals__year=year)),
        override=FilteredRelation("ratings", condition=Q(ratings__criterion=criterion)),
        asked=(2 * year.minimum * Cast("part", IntegerField()) + WHOLE) / (2 * WHOLE),
    )
    rows = rows.annotate(
        agreed=Count("g", filter=agreed),
        offered=Count("g", filter=Q(g__handed_on_at__isnull=False) & ~Q(g__state="withdrawn")),
        begun=Count("g", filter=agreed & Q(**{f"{count}__gt": 0})),
        met=Count("g", filter=agreed & Q(**{f"{count}__gte": F("g__target")})),
        overridden=Max("override__points"),
    )
    computed = _ladder(scheme, closed=today > year.agree_by_on)
    facts = Case(When(overridden__isnull=False, then=0), When(computed__isnull=False, then=WHOLE))
    return (
        rows.annotate(computed=computed)
        .order_by("pk")
        .values_list(
            "pk",
            Value(section.pk, output_field=BigIntegerField()),
            Value(year.share_percent),
            Coalesce("overridden", "computed") * 100,
            facts,
            "computed",
        )
    )


def totals(scope: Scope) -> QuerySet[Any, Any]:
    """(appraisal, total, facts, weight) from the section scores."""
    counts = Q(score__isnull=False)
    rows = SectionScore.objects.filter(scope.on("appraisal"), appraisal__scheme=scope.scheme, frozen=False)
    rows = rows.filter(appraisal__state__in=OPEN).order_by()
    weight, score = Cast("weight", IntegerField()), F("score")
    return (
        rows.values("appraisal_id")
        .annotate(
            used=Coalesce(Sum(weight, filter=counts), 0),
            product=Sum(weight * score),
            proven=Sum(weight * F("facts"), filter=counts),
        )
        .order_by("appraisal_id")
        .values_list(
            "appraisal_id",
            _half_up(F("product"), NullIf(F("used"), 0) * 100),
            _half_up(F("proven"), NullIf(F("used"), 0)),
            "used",
        )
    )


def _ladder(scheme: Scheme, closed: bool) -> Case:
    """scoring.relationship() over the counts `agreed`, `offered`, `begun`, `met` and the prorated minimum `asked`."""
    nothing, part, enough, one_more, two_more = scheme.ladder
    too_late = [When(agreed=0, offered__gt=0, asked__gt=0, then=nothing)] if closed else []
    return Case(
        *too_late,
        When(agreed=0, then=Value(None)),
        When(Q(met__lt=F("asked")) & (Q(begun__gt=0) | Q(met__gt=0)), then=part),
        When(met__lt=F("asked"), then=nothing),
        When(met__gte=F("asked") + 2, then=two_more),
        When(met=F("asked") + 1, then=one_more),
        default=enough,
        output_field=IntegerField(),
    )


def _half_up(numerator: Any, denominator: Any) -> Expression:
    quotient: Expression = (numerator * 2 + denominator) / (denominator * 2)
    return quotient


def _upsert(model: Any, key: tuple[str, ...], columns: tuple[str, ...], rows: QuerySet[Any, Any]) -> int:
    """Write `rows`, sorted by key (1.5 times dearer otherwise), and only what is different (1.8 times otherwise)."""
    select, params = rows.query.get_compiler(connection=connection).as_sql()
    table, differ = model._meta.db_table, "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    named = ", ".join((*key, *columns))
    taken = ", ".join(f"{column} = excluded.{column}" for column in columns)
    old, new = (", ".join(f"{side}.{column}" for column in columns) for side in (table, "excluded"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({named})"  # noqa: S608 names of ours, and what the ORM compiled
            f" SELECT * FROM ({select}) AS scored WHERE true"  # without it SQLite reads ON as part of the FROM
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {taken}"
            f" WHERE NOT {table}.frozen AND ({old}) {differ} ({new})",
            params,
        )
        return max(0, int(cursor.rowcount))
