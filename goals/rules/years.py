"""The year: what is asked of everybody in it, and by when."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from goals.models import Changed, Goal, Year
from journal.rules import record
from journal.versions import save_unchanged
from people.models import Employee

ANSWERED_WITHIN = timedelta(days=366)


def suggested() -> dict[str, Any]:
    """What the form of the next year starts with: it begins where the last one ends and asks what that one asked."""
    last = Year.objects.order_by("-last_on").first()
    if last is None:
        return {"minimum": 1, "share_percent": 5}
    first = last.last_on + timedelta(days=1)
    later = _a_year_later if _a_year_later(last.first_on) == first else lambda day: day + (first - last.first_on)
    return {
        "first_on": first,
        "last_on": later(first) - timedelta(days=1) if later is _a_year_later else later(last.last_on),
        "agree_by_on": later(last.agree_by_on),
        "answer_by_on": later(last.answer_by_on),
        "minimum": last.minimum,
        "maximum": last.maximum,
        "share_percent": last.share_percent,
    }


def _a_year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def open_year(fields: dict[str, Any], *, by: Employee | None) -> Year:
    """Open a year; by: None for an import or the demo.

    Raises PermissionDenied unless `by` administers HR, ValidationError for days that do not fit or overlap.
    """
    _may_keep(by)
    _days_fit(fields)
    with transaction.atomic():
        _one_change_at_a_time()
        _stands_alone(fields)
        year: Year = Year.objects.create(**fields)
        record("year.open", year, by=by)
    return year


def revise_year(year: Year, fields: dict[str, Any], version: int | None = None, *, by: Employee | None) -> Year:
    """Change what a year asks. Returns it refreshed.

    Raises as open_year(), and ValidationError("changed_meanwhile"): see journal.versions. Another share of the
    appraisal rolls up everybody who has a goal in it anew.
    """
    _may_keep(by)
    _days_fit(fields)
    share = year.share_percent
    with transaction.atomic():
        _one_change_at_a_time()
        _stands_alone(fields, year)
        save_unchanged(year, fields, version)
        if share != year.share_percent:
            owners = Goal.objects.agreed().of_year(year).order_by().values_list("owner", flat=True).distinct()
            Changed.objects.bulk_create([Changed(owner_id=owner, year=year) for owner in owners], batch_size=1000)
        record("year.revise", year, by=by, fields=sorted(fields))
    return year


def _may_keep(by: Employee | None) -> None:
    if by is not None and not by.is_hr_administrator:
        raise PermissionDenied


def _days_fit(fields: dict[str, Any]) -> None:
    errors = {}
    first, last = fields["first_on"], fields["last_on"]
    if last < first:
        errors["last_on"] = _("The last day lies before the first. Move one of them.")
    elif not first <= fields["agree_by_on"] <= last:
        errors["agree_by_on"] = _("Choose a day of the year itself, so that there is time left for the steps.")
    elif not fields["agree_by_on"] <= fields["answer_by_on"] <= last + ANSWERED_WITHIN:
        errors["answer_by_on"] = _("Choose a day after the goals are agreed, at most a year after the last day.")
    if fields.get("maximum") is not None and fields["maximum"] < fields["minimum"]:
        errors["maximum"] = _("At most cannot be less than at least. Leave it empty for no limit.")
    if errors:
        raise ValidationError(errors, "unfit")


def _stands_alone(fields: dict[str, Any], year: Year | None = None) -> None:
    others = Year.objects.exclude(pk=year.pk) if year else Year.objects.all()
    other = others.filter(first_on__lte=fields["last_on"], last_on__gte=fields["first_on"]).first()
    if other:
        sentence = _("%(year)s lasts from %(first)s to %(last)s already. Years follow each other without overlap.")
        days = {"year": other, "first": other.first_on.isoformat(), "last": other.last_on.isoformat()}
        raise ValidationError({"first_on": sentence % days}, "overlaps")


def _one_change_at_a_time() -> None:
    """Wait until nobody else opens or moves a year: no constraint of both databases can see an overlap."""
    ContentType.objects.select_for_update().get_or_create(app_label="goals", model="year")
