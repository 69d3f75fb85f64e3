"""A round scored by set-based SQL: the arithmetic of scoring.py for everybody at once, or for those that changed.

Three statements, each one INSERT … SELECT … ON CONFLICT that the ORM compiles: the rated sections, the relationship
section, the totals. Signed appraisals are out of scope and their scores frozen. Whoever calls holds the lock of the
scheme (rules/rolling.py), so that no older reading overwrites a newer one.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
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


FIRST, LAST = -1_000_000_001, -1_000_000_002  # stand for the range in what is compiled once


@dataclass(frozen=True)
class Scope:
    """Which appraisals of `scheme` are scored: those with ids from `first` up to `last`, or just `ids`."""

    scheme: Scheme
    first: int = 0
    last: int = 0
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What the statements depend on besides the range: they are compiled once for each (12 ms against 1)."""

    vendor: str
    scheme: int
    year: int
    section: int
    criterion: int
    ladder: tuple[int, ...]
    minimum: int
    share: int
    answered: bool
    closed: bool


def roll(scope: Scope, today: date) -> int:
    """Score everything in `scope`. Returns how many rows changed: a second run changes none."""
    terms = _terms(scope.scheme, today)
    first, last = (scope.ids[0], scope.ids[0]) if len(scope.ids) == 1 else (scope.first, scope.last)
    many = len(scope.ids) > 1
    statements = _statements(terms, scope.ids) if many else _compiled(terms)
    bounds, changed = {FIRST: first, LAST: last}, 0
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params if many else [bounds.get(p, p) if type(p) is int else p for p in params])
            changed += max(0, int(cursor.rowcount))
    return changed


def _terms(scheme: Scheme, today: date) -> Terms:
    year = scheme.year
    goals = Criterion.objects.filter(section__scheme=scheme, section__kind=Section.Kind.RELATIONSHIP)
    section, criterion = goals.order_by("position", "pk").values_list("section", "pk").first() or (0, 0)
    return Terms(
        connection.vendor,
        scheme.pk,
        year.pk,
        section,
        criterion,
        tuple(scheme.ladder),
        year.minimum,
        year.share_percent,
        today > year.answer_by_on,
        today > year.agree_by_on,
    )


@lru_cache(maxsize=32)
def _compiled(terms: Terms) -> list[tuple[str, tuple[Any, ...]]]:
    return _statements(terms)


def _statements(terms: Terms, ids: tuple[int, ...] = ()) -> list[tuple[str, tuple[Any, ...]]]:
    """The three statements with their parameters; without `ids` FIRST and LAST stand among them."""
    key, columns = ("appraisal_id", "section_id"), ("weight", "score", "facts", "computed")
    return [
        _upsert(SectionScore, key, columns, rated_sections(terms, ids)),
        _upsert(SectionScore, key, columns, relationship_section(terms, ids)),
        _upsert(Score, ("appraisal_id",), ("total", "facts", "weight"), totals(terms, ids)),
    ]


def _in_scope(path: str, ids: tuple[int, ...]) -> Q:
    """The condition for a table whose appraisal is at `path`: it stands on every table that is read, since no
    database carries a range over a join by itself."""
    if ids:
        return Q(**{f"{path}__in": ids})
    return Q(**{f"{path}__gte": FIRST, f"{path}__lte": LAST})


def rated_sections(terms: Terms, ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    """(appraisal, section, weight, score, facts, computed) of every section in which something was ever rated."""
    counts = Q(points__isnull=False)
    percent = Cast("criterion__weight", IntegerField())
    product = Sum(Cast("points", IntegerField()) * F("criterion__weight"))
    rated, facts = Sum(percent, filter=counts), Sum(percent, filter=counts & Q(on_facts=True))
    weight = Case(
        When(appraisal__leads=True, then=F("criterion__section__weight_leading")),
        default=F("criterion__section__weight"),
    )
    rows = Rating.objects.filter(_in_scope("appraisal", ids), appraisal__scheme=terms.scheme, appraisal__state__in=OPEN)
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


def relationship_section(terms: Terms, ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    """The same of the relationship section, from the goals' counts: scoring.relationship() in SQL.

    From the day after the year's last day for answering, what counts of the reports counts as confirmed.
    """
    count = "g__counted" if terms.answered else "g__confirmed"
    agreed = Q(g__state__in=AGREED)
    rows = Appraisal.objects.filter(_in_scope("pk", ids), scheme=terms.scheme, state__in=OPEN).order_by()
    rows = rows.annotate(
        g=FilteredRelation("employee__goals", condition=Q(employee__goals__year=terms.year)),
        override=FilteredRelation("ratings", condition=Q(ratings__criterion=terms.criterion)),
        asked=(2 * terms.minimum * Cast("part", IntegerField()) + WHOLE) / (2 * WHOLE),
    )
    rows = rows.annotate(
        agreed=Count("g", filter=agreed),
        offered=Count("g", filter=Q(g__handed_on_at__isnull=False) & ~Q(g__state="withdrawn")),
        begun=Count("g", filter=agreed & Q(**{f"{count}__gt": 0})),
        met=Count("g", filter=agreed & Q(**{f"{count}__gte": F("g__target")})),
        overridden=Max("override__points"),
    )
    computed = _ladder(terms)
    facts = Case(When(overridden__isnull=False, then=0), When(computed__isnull=False, then=WHOLE))
    return (
        rows.annotate(computed=computed)
        .order_by("pk")
        .values_list(
            "pk",
            Value(terms.section, output_field=BigIntegerField()),
            Value(terms.share),
            Coalesce("overridden", "computed") * 100,
            facts,
            "computed",
        )
    )


def totals(terms: Terms, ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    """(appraisal, total, facts, weight) from the section scores."""
    counts = Q(score__isnull=False)
    rows = SectionScore.objects.filter(_in_scope("appraisal", ids), appraisal__scheme=terms.scheme, frozen=False)
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


def _ladder(terms: Terms) -> Case:
    """scoring.relationship() over the counts `agreed`, `offered`, `begun`, `met` and the prorated minimum `asked`."""
    nothing, part, enough, one_more, two_more = terms.ladder
    too_late = [When(agreed=0, offered__gt=0, asked__gt=0, then=nothing)] if terms.closed else []
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


def _upsert(
    model: Any, key: tuple[str, ...], columns: tuple[str, ...], rows: QuerySet[Any, Any]
) -> tuple[str, tuple[Any, ...]]:
    """Write `rows`, sorted by key (1.5 times dearer otherwise), and only what is different (1.8 times otherwise)."""
    select, params = rows.query.get_compiler(connection=connection).as_sql()
    table, differ = model._meta.db_table, "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    named = ", ".join((*key, *columns))
    taken = ", ".join(f"{column} = excluded.{column}" for column in columns)
    old, new = (", ".join(f"{side}.{column}" for column in columns) for side in (table, "excluded"))
    sql = (
        f"INSERT INTO {table} ({named})"  # noqa: S608 names of ours, and what the ORM compiled
        f" SELECT * FROM ({select}) AS scored WHERE true"  # without it SQLite reads ON as part of the FROM
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {taken}"
        f" WHERE NOT {table}.frozen AND ({old}) {differ} ({new})"
    )
    return sql, tuple(params)
