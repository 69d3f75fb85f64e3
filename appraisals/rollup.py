"""A round scored by set-based SQL: the arithmetic of scoring.py for everybody at once, or for those that changed.

Three statements, each one INSERT … SELECT … ON CONFLICT: the rated sections, the relationship section, the totals. The
ORM compiles what is summed and counted; around it stands the division, which would otherwise repeat every sum five
times. Signed appraisals are out of scope and their scores frozen. Whoever calls holds the lock of the scheme
(rules/rolling.py), so that no older reading overwrites a newer one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, FilteredRelation, IntegerField, Max, Q, QuerySet, Sum, When
from django.db.models.functions import Cast, Coalesce, NullIf

from appraisals.models import Appraisal, Criterion, Scheme, Score, Section, SectionScore
from appraisals.scoring import WHOLE

OPEN = [state for state in Appraisal.State.values if state not in Appraisal.FROZEN]
RATED = [kind for kind in Section.Kind.values if kind != Section.Kind.RELATIONSHIP]
AGREED = ("active", "reported", "confirmed")

FIRST, LAST = -1_000_000_001, -1_000_000_002  # stand for the scope in what is compiled once
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Scope:
    """Which appraisals of `scheme` are scored: those with ids from `first` up to `last`, or just `ids`."""

    scheme: Scheme
    first: int = 0
    last: int = 0
    ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What the statements depend on besides the scope: they are compiled once for each (12 ms against 1)."""

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
    changed = 0
    with connection.cursor() as cursor:
        for statement in _compiled(_terms(scope.scheme, today), bool(scope.ids)):
            cursor.execute(*_said_of(scope, *statement))
            changed += max(0, int(cursor.rowcount))
    return changed


def _terms(scheme: Scheme, today: date) -> Terms:
    year, (sql, params) = scheme.year, _goals_place(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [scheme.pk if each == FIRST else each for each in params])
        section, criterion = cursor.fetchone() or (0, 0)
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


@lru_cache(maxsize=2)
def _goals_place(vendor: str) -> Statement:
    """Section and criterion of the goals in scheme FIRST, compiled once: a third of what scoring one person costs."""
    goals = Criterion.objects.filter(section__scheme=FIRST, section__kind=Section.Kind.RELATIONSHIP)
    rows = goals.order_by("position", "pk").values_list("section", "pk")
    sql, params = rows.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(params)


def _said_of(scope: Scope, sql: str, params: tuple[Any, ...]) -> tuple[str, list[Any]]:
    """A compiled statement about `scope`: its ids, or the ends of its range, where FIRST and LAST stand."""
    stand: dict[Any, tuple[int, ...]] = {FIRST: scope.ids or (scope.first,), LAST: (scope.last,)}
    values = [stand.get(each, (each,)) for each in params]
    if len(scope.ids) > 1:
        marks = [", ".join(["%s"] * len(each)) for each in values]
        sql = "".join(part for pair in zip(sql.split("%s"), [*marks, ""], strict=True) for part in pair)
    return sql, [value for each in values for value in each]


@lru_cache(maxsize=64)
def _compiled(terms: Terms, listed: bool) -> list[Statement]:
    """The three statements with their parameters, among them FIRST and LAST; listed: FIRST stands for many ids."""
    key, columns = ("appraisal_id", "section_id"), ("weight", "score", "facts", "computed")
    return [
        _upsert(SectionScore, key, columns, rated_sections(terms, listed), _divided),
        _upsert(SectionScore, key, columns, relationship_section(terms, listed), partial(_laddered, terms)),
        _upsert(Score, ("appraisal_id",), ("total", "facts", "weight"), totals(terms, listed), _totalled),
    ]


def _in_scope(terms: Terms, listed: bool, beside: str = "") -> Q:
    """The open appraisals of the scope, and of the table `beside` their rows: the range stands on every table that is
    read, since no database carries one over a join by itself."""
    condition = Q(scheme=terms.scheme, state__in=OPEN)
    for path in ("pk", beside) if beside else ("pk",):
        condition &= Q(**{f"{path}__in": (FIRST,)}) if listed else Q(**{f"{path}__gte": FIRST, f"{path}__lte": LAST})
    return condition


def rated_sections(terms: Terms, listed: bool) -> QuerySet[Any, Any]:
    """(appraisal, section, weighs, product, rated, proven) of every section in which something was ever rated."""
    counts = Q(ratings__points__isnull=False)
    percent = Cast("ratings__criterion__weight", IntegerField())
    section = "ratings__criterion__section"
    weight = Case(When(leads=True, then=F(f"{section}__weight_leading")), default=F(f"{section}__weight"))
    rows = Appraisal.objects.filter(
        _in_scope(terms, listed, "ratings__appraisal"), ratings__criterion__section__kind__in=RATED
    )
    return (
        rows.order_by("pk", section + "_id")
        .values(appraisal=F("pk"), section=F(section))
        .annotate(
            weighs=Max(weight),
            product=Sum(Cast("ratings__points", IntegerField()) * F("ratings__criterion__weight")),
            rated=NullIf(Sum(percent, filter=counts), 0),
            proven=Coalesce(Sum(percent, filter=counts & Q(ratings__on_facts=True)), 0),
        )
    )


def relationship_section(terms: Terms, listed: bool) -> QuerySet[Any, Any]:
    """(appraisal, there, overridden, agreed, offered, begun, met): what scoring.relationship() asks of the goals.

    From the day after the year's last day for answering, what counts of the reports counts as confirmed.
    """
    count, agreed = "g__counted" if terms.answered else "g__confirmed", Q(g__state__in=AGREED)
    rows = Appraisal.objects.filter(_in_scope(terms, listed)).alias(
        g=FilteredRelation("employee__goals", condition=Q(employee__goals__year=terms.year)),
        override=FilteredRelation("ratings", condition=Q(ratings__criterion=terms.criterion)),
    )
    return (
        rows.order_by("pk")
        .values(appraisal=F("pk"))
        .annotate(
            there=Max("part"),
            overridden=Max("override__points"),
            agreed=Count("g", filter=agreed),
            offered=Count("g", filter=Q(g__handed_on_at__isnull=False) & ~Q(g__state="withdrawn")),
            begun=Count("g", filter=agreed & Q(**{f"{count}__gt": 0})),
            met=Count("g", filter=agreed & Q(**{f"{count}__gte": F("g__target")})),
        )
    )


def totals(terms: Terms, listed: bool) -> QuerySet[Any, Any]:
    """(appraisal, used, product, proven) from the section scores."""
    counts, weight = Q(section_scores__score__isnull=False), Cast("section_scores__weight", IntegerField())
    rows = Appraisal.objects.filter(_in_scope(terms, listed, "section_scores__appraisal"), section_scores__frozen=False)
    return (
        rows.order_by("pk")
        .values(appraisal=F("pk"))
        .annotate(
            used=Coalesce(Sum(weight, filter=counts), 0),
            product=Sum(weight * F("section_scores__score")),
            proven=Sum(weight * F("section_scores__facts"), filter=counts),
        )
    )


# ---- the arithmetic around what the ORM has summed, over its names --------------------------------


def _divided(summed: str) -> str:
    score, facts = _half_up("product * 100", "rated"), _half_up(f"proven * {WHOLE}", "rated")
    return f"SELECT appraisal, section, weighs, {score}, {facts}, CAST(NULL AS integer) FROM ({summed}) AS summed"  # noqa: S608


def _laddered(terms: Terms, counted: str) -> str:
    """scoring.relationship() over the counts and the minimum, prorated by how much of the year they were there."""
    nothing, part, enough, one_more, two_more = terms.ladder
    asked = f"(2 * {terms.minimum} * CAST(there AS integer) + {WHOLE}) / {2 * WHOLE} AS asked"
    too_late = f" WHEN agreed = 0 AND offered > 0 AND asked > 0 THEN {nothing}" if terms.closed else ""
    computed = (
        f"CASE{too_late} WHEN agreed = 0 THEN NULL WHEN met < asked AND (begun > 0 OR met > 0) THEN {part}"
        f" WHEN met < asked THEN {nothing} WHEN met >= asked + 2 THEN {two_more}"
        f" WHEN met = asked + 1 THEN {one_more} ELSE {enough} END AS computed"
    )
    facts = f"CASE WHEN overridden IS NOT NULL THEN 0 WHEN computed IS NOT NULL THEN {WHOLE} END"
    return (
        f"SELECT appraisal, {terms.section}, {terms.share}, COALESCE(overridden, computed) * 100, {facts}, computed"  # noqa: S608
        f" FROM (SELECT appraisal, overridden, {computed} FROM (SELECT *, {asked} FROM ({counted}) AS counted) AS due)"
        " AS done"
    )


def _totalled(summed: str) -> str:
    total, facts = _half_up("product", "NULLIF(used, 0) * 100"), _half_up("proven", "NULLIF(used, 0)")
    return f"SELECT appraisal, {total}, {facts}, used FROM ({summed}) AS summed"  # noqa: S608


def _half_up(numerator: str, denominator: str) -> str:
    """scoring.half_up(): / cuts off on both databases, as long as every sum is of integers."""
    return f"(2 * {numerator} + {denominator}) / (2 * {denominator})"


def _upsert(
    model: Any,
    key: tuple[str, ...],
    columns: tuple[str, ...],
    rows: QuerySet[Any, Any],
    arithmetic: Callable[[str], str],
) -> Statement:
    """Write what `arithmetic` makes of `rows`: sorted by key (1.5 times dearer otherwise), and only what is different
    (1.8 times otherwise)."""
    select, params = rows.query.get_compiler(connection=connection).as_sql()
    table, differ = model._meta.db_table, "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    named = ", ".join((*key, *columns))
    taken = ", ".join(f"{column} = excluded.{column}" for column in columns)
    old, new = (", ".join(f"{side}.{column}" for column in columns) for side in (table, "excluded"))
    sql = (
        f"INSERT INTO {table} ({named}) {arithmetic(select)}"
        " WHERE true"  # without it SQLite reads ON as part of the FROM
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {taken}"
        f" WHERE NOT {table}.frozen AND ({old}) {differ} ({new})"
    )
    return sql, tuple(params)
