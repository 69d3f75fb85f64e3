"""The scheme of a year: sections and weights that total 100, criteria, the scale, who is covered, when stages begin."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from appraisals.models import Criterion, Rating, ScalePoint, Scheme, Section, WeightChange
from appraisals.rules import coverage, defaults
from goals.models import Year
from journal import clock
from journal.rules import record
from journal.versions import save_unchanged
from people.models import Employee

Weights = list[tuple[str, int, int]]  # name, weight, weight for managers


def begin(year: Year, *, by: Employee | None) -> Scheme:
    """A scheme for `year`: last year's, its stages moved along, else the usual one. A second call finds the first."""
    _may_keep(by)
    with transaction.atomic():
        earlier = Scheme.objects.filter(year__first_on__lt=year.first_on).order_by("-year__first_on").first()
        dates = defaults.stages(year.last_on)
        scheme, made = Scheme.objects.get_or_create(year=year, defaults=dates)
        if made:
            defaults.copy(earlier, scheme) if earlier else defaults.fill(scheme, year.share_percent)
            record("scheme.begin", scheme, by=by)
    return scheme


def revise(scheme: Scheme, fields: dict[str, Any], version: int | None = None, *, by: Employee | None) -> Scheme:
    """Change who is covered, the stages and the ratings of the relationship section; returns it refreshed.

    Raises ValidationError beside the field for stages out of order or ratings that fall, and "changed_meanwhile".
    """
    _may_keep(by)
    fields = dict(fields)
    departments = fields.pop("departments", None)
    _in_order({name: fields[name] for name in Scheme.STAGES if name in fields})
    if "ladder" in fields:
        _ladder_fits(fields["ladder"], scheme.scale.count() * 100)
    with transaction.atomic():
        save_unchanged(scheme, fields, version)
        if departments is not None:
            scheme.departments.set(departments)
        coverage.score_all_anew(scheme)
        record("scheme.revise", scheme, by=by, fields=sorted(fields))
    if scheme.started_at:
        coverage.cover(scheme)
    return scheme


def weigh(
    scheme: Scheme,
    weights: Sequence[tuple[Section | None, str, int, int]],
    reason: str = "",
    version: int | None = None,
    *,
    by: Employee | None,
) -> Scheme:
    """Give sections their names and weights: (section or None for a new one, name, weight, weight for managers).

    Sections that are not listed go, as long as nothing is rated in them. Raises ValidationError: "no_sections",
    "negative", "not_100" (in words: by how much), "standing", "reason" once the year has started.
    """
    _may_keep(by)
    listed = [(section, name.strip(), weight, leading) for section, name, weight, leading in weights]
    _weights_fit(scheme, [(name, weight, leading) for _s, name, weight, leading in listed])
    with transaction.atomic():
        before = shown_weights(scheme)
        after = _would_be(scheme, listed)
        if scheme.started_at and before != after and not reason.strip():
            sentence = _("The year has started: say in a sentence why the weights change. Everybody covered reads it.")
            raise ValidationError({"reason": sentence}, "reason")
        save_unchanged(scheme, {}, version)
        _remove_others(scheme, [section for section, *_rest in listed if section])
        for section, name, weight, leading in listed:
            _write_section(scheme, section, name, weight, leading)
        if before != after:
            if scheme.started_at:
                WeightChange.objects.create(scheme=scheme, by=by, reason=reason.strip(), before=before, after=after)
            coverage.score_all_anew(scheme)
            record("scheme.weigh", scheme, by=by, before=before, after=after)
    return scheme


def revise_section(
    section: Section, about: str, criteria: Sequence[tuple[Criterion | None, str, str, int]], *, by: Employee | None
) -> Section:
    """What belongs to a section and its criteria: (criterion or None, name, what is looked at, percent).

    Raises ValidationError: "not_100", "negative", "no_criteria", "rated" where a criterion that would go has ratings.
    """
    _may_keep(by)
    standing = section.kind != Section.Kind.RATED
    _total_is_100([weight for _c, _n, _a, weight in criteria], _("The criteria"))
    with transaction.atomic():
        kept = [criterion.pk for criterion, *_rest in criteria if criterion]
        going = section.criteria.exclude(pk__in=kept)
        if going.exclude(source="").exists() and standing:
            raise ValidationError(_("These criteria stand: they bring their own evidence."), "standing")
        if Rating.objects.filter(criterion__in=going.values("pk")).exists():
            raise ValidationError(_("Something is rated there already. Give it 0 percent instead."), "rated")
        going.delete()
        for position, (criterion, name, looked_at, weight) in enumerate(criteria, 1):
            fields = {"name": name, "about": looked_at, "weight": weight, "position": position}
            if criterion:
                Criterion.objects.filter(pk=criterion.pk, section=section).update(**fields)
            else:
                Criterion.objects.create(section=section, **fields)
        Section.objects.filter(pk=section.pk).update(about=about)
        coverage.score_all_anew(section.scheme)
        record("scheme.criteria", section.scheme, by=by, section=section.pk)
    section.refresh_from_db()
    return section


def name_points(scheme: Scheme, points: Sequence[tuple[str, str]], *, by: Employee | None) -> Scheme:
    """The scale from 1 up: (name, what it looks like). Raises ValidationError for fewer than 3, more than 7, or fewer
    than somebody is already rated with."""
    _may_keep(by)
    if not 3 <= len(points) <= 7:
        raise ValidationError(_("A scale has three to seven points. Name at least three of them."), "points")
    highest = Rating.objects.filter(appraisal__scheme=scheme, points__gt=len(points) * 100)
    if highest.exists() or max(scheme.ladder) > len(points) * 100:
        raise ValidationError(_("A rating above this scale is in use. Keep as many points as before."), "points")
    with transaction.atomic():
        scheme.scale.all().delete()
        rows = [ScalePoint(scheme=scheme, value=n, name=name, anchor=a) for n, (name, a) in enumerate(points, 1)]
        ScalePoint.objects.bulk_create(rows)
        record("scheme.scale", scheme, by=by, points=len(points))
    return scheme


def start(scheme: Scheme, *, by: Employee | None) -> Scheme:
    """Start the year's appraisals: everybody covered gets one. A second start changes nothing.

    Raises ValidationError if weights do not total 100, in words.
    """
    _may_keep(by)
    troubles = problems(scheme)
    if troubles:
        raise ValidationError(troubles, "not_ready")
    with transaction.atomic():
        fresh = Scheme.objects.filter(pk=scheme.pk, started_at=None)
        if fresh.update(started_at=clock.now(), share_known=scheme.year.share_percent):
            record("scheme.start", scheme, by=by)
    scheme.refresh_from_db()
    coverage.cover(scheme)
    return scheme


def problems(scheme: Scheme) -> list[str]:
    """What keeps a scheme from starting, in sentences; empty if nothing does."""
    found = []
    try:
        _weights_fit(scheme, shown_weights(scheme)[1:])
    except ValidationError as error:
        found += error.messages
    for section in scheme.sections.prefetch_related("criteria"):
        total = sum(criterion.weight for criterion in section.criteria.all())
        if total != 100:
            found.append(_("“%(section)s”: %(sentence)s") % {"section": section, "sentence": _off_by(total)})
    if scheme.scale.count() < 3:
        found.append(_("A scale has three to seven points. Name at least three of them."))
    return found


def shown_weights(scheme: Scheme) -> Weights:
    """Every section with both weights, the relationship section first, with the year's share."""
    share = scheme.year.share_percent
    rows = scheme.sections.exclude(kind=Section.Kind.RELATIONSHIP).order_by("position", "pk")
    relationship = scheme.sections.filter(kind=Section.Kind.RELATIONSHIP).first()
    first = [(str(relationship), share, share)] if relationship else []
    return [*first, *((s.name, s.weight or 0, s.weight_leading or 0) for s in rows)]


def log_share(scheme: Scheme) -> None:
    """The year's share has been changed on the year's own page: log it here too, and score everybody anew."""
    share = scheme.year.share_percent
    with transaction.atomic():
        stale = Scheme.objects.filter(pk=scheme.pk, share_known=scheme.share_known)
        if scheme.share_known == share or not stale.update(share_known=share):
            return
        after = shown_weights(scheme)
        before = [(after[0][0], scheme.share_known, scheme.share_known), *after[1:]]
        reason = _("The year’s share of relationship goals was changed.")
        WeightChange.objects.create(scheme=scheme, by=None, reason=reason, before=before, after=after)
        coverage.score_all_anew(scheme)


def _may_keep(by: Employee | None) -> None:
    if by is not None and not by.is_hr_administrator:
        raise PermissionDenied


def _in_order(stages: dict[str, date]) -> None:
    errors, before = {}, None
    for name, day in stages.items():
        if before and day < before:
            errors[name] = _("This stage begins before the one above it. Choose a later day.")
        before = day
    if errors:
        raise ValidationError(errors, "stages")


def _ladder_fits(ladder: Sequence[int], highest: int) -> None:
    if list(ladder) != sorted(ladder):
        raise ValidationError({"ladder": _("More cannot be rated lower: these five never fall.")}, "ladder")
    if len(ladder) != 5 or not all(100 <= step <= (highest or 500) for step in ladder):
        raise ValidationError({"ladder": _("Each of the five is a point of the scale.")}, "ladder")


def _weights_fit(scheme: Scheme, weights: Sequence[tuple[str, int, int]]) -> None:
    if not weights:
        raise ValidationError(_("A scheme needs at least one section. Add the first one."), "no_sections")
    if any(weight < 0 or leading < 0 for _name, weight, leading in weights):
        raise ValidationError(_("A weight is 0 or more. Take the minus away."), "negative")
    share = scheme.year.share_percent
    columns = {
        _("Weights"): share + sum(weight for _n, weight, _l in weights),
        _("Weights for managers"): share + sum(leading for _n, _w, leading in weights),
    }
    wrong = [
        _("%(column)s: %(sentence)s") % {"column": c, "sentence": _off_by(t)} for c, t in columns.items() if t != 100
    ]
    if wrong:
        raise ValidationError(wrong, "not_100")


def _total_is_100(weights: Sequence[int], what: str) -> None:
    if not weights:
        raise ValidationError(_("Name at least one criterion, with 100 percent."), "no_criteria")
    if any(weight < 0 for weight in weights):
        raise ValidationError(_("A weight is 0 or more. Take the minus away."), "negative")
    if sum(weights) != 100:
        sentence = _("%(column)s: %(sentence)s") % {"column": what, "sentence": _off_by(sum(weights))}
        raise ValidationError(sentence, "not_100")


def _off_by(total: int) -> str:
    if total > 100:
        return _("They total %(total)s. Take %(more)s away.") % {"total": total, "more": total - 100}
    return _("They total %(total)s. Add %(less)s.") % {"total": total, "less": 100 - total}


def _would_be(scheme: Scheme, listed: Sequence[tuple[Section | None, str, int, int]]) -> Weights:
    share = scheme.year.share_percent
    relationship = scheme.sections.filter(kind=Section.Kind.RELATIONSHIP).first()
    first = [(str(relationship), share, share)] if relationship else []
    return [*first, *((name, weight, leading) for _section, name, weight, leading in listed)]


def _remove_others(scheme: Scheme, kept: Sequence[Section]) -> None:
    going = scheme.sections.exclude(pk__in=[section.pk for section in kept]).exclude(kind=Section.Kind.RELATIONSHIP)
    if going.filter(kind=Section.Kind.ENGAGING).exists():
        raise ValidationError(_("“Engaging people” stands: it cannot be removed from a scheme."), "standing")
    if scheme.started_at and going.exists():
        raise ValidationError(_("The year has started: give the section 0 instead of taking it away."), "started")
    going.delete()


def _write_section(scheme: Scheme, section: Section | None, name: str, weight: int, leading: int) -> None:
    if section and section.kind == Section.Kind.ENGAGING:
        if weight:
            raise ValidationError(_("“Engaging people” counts for managers only: its first weight is 0."), "standing")
        if not leading:
            raise ValidationError(_("“Engaging people” stands: give it a weight for managers."), "standing")
    if section:
        Section.objects.filter(pk=section.pk, scheme=scheme).update(name=name, weight=weight, weight_leading=leading)
        return
    position = scheme.sections.count() + 1
    fresh = Section.objects.create(scheme=scheme, name=name, weight=weight, weight_leading=leading, position=position)
    Criterion.objects.create(section=fresh, name=name, weight=100, position=1)
