"""Who knows whom, derived from encounters and kept with each of them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Max

from goals.models import Edge, Encounter, Findable, Job, Place, Tie
from goals.picture import spread
from journal.rules import record
from people.models import Department, Employee


class Trace(NamedTuple):
    """What of an encounter who-knows-whom is made of: in which year, from which department to which."""

    year: int
    from_department: int | None
    department: int | None


def traces_of(encounters: Iterable[Encounter]) -> set[Trace]:
    return {Trace(one.year_id, one.from_department_id, one.department_id) for one in encounters}


def keep(owner: Employee, traces: set[Trace]) -> None:
    """Derive anew what these encounters of `owner` touch. Call it in the deed's transaction, after its rows are
    written."""
    _tie(owner, {trace.department for trace in traces if trace.department})
    between = {
        one for one in traces if one.from_department and one.department and one.from_department != one.department
    }
    for trace in sorted(between):
        _join(trace)


def choose(person: Employee, is_on: bool, *, by: Employee) -> Findable:
    """Let colleagues find `person` as one who knows somebody, or no longer. Raises PermissionDenied for others'."""
    if person.pk != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=person.pk)
        choice, _made = Findable.objects.update_or_create(employee=person, defaults={"is_on": is_on})
        keep(person, traces_of(person.encounters.all()))
        record("findable.choose", choice, by=by, is_on=is_on)
    return choice


def may_be_found(person: Employee) -> bool:
    return not Findable.objects.filter(employee=person, is_on=False).exists()


def _tie(owner: Employee, departments: set[int]) -> None:
    Tie.objects.filter(owner=owner, department__in=departments).delete()
    if not departments or not may_be_found(owner):
        return
    met = Encounter.objects.filter(owner=owner, department__in=departments).order_by()
    places = met.values_list("department").annotate(last_on=Max("happened_on"))
    ties = [Tie(owner=owner, department_id=place, last_on=last_on) for place, last_on in places]
    jobs: dict[tuple[int, str], list] = {}
    for place, title, last_on in met.values_list("department", "job_title").annotate(last_on=Max("happened_on")):
        if plain := " ".join(title.casefold().split()):
            jobs.setdefault((place, plain), []).append(last_on)
    known = _jobs({plain for _place, plain in jobs})
    ties += [Tie(owner=owner, department_id=at, job=known[plain], last_on=max(on)) for (at, plain), on in jobs.items()]
    Tie.objects.bulk_create(ties)


def _jobs(titles: set[str]) -> dict[str, Job]:
    Job.objects.bulk_create([Job(title=title) for title in sorted(titles)], ignore_conflicts=True)
    return {job.title: job for job in Job.objects.filter(title__in=titles)}


def _join(trace: Trace) -> None:
    """Count one edge anew. The department is held first: whoever else counts it sees our rows, or we see theirs."""
    Department.objects.select_for_update(no_key=True).get(pk=trace.from_department or 0)
    met = Encounter.objects.filter(year=trace.year, from_department=trace.from_department, department=trace.department)
    found = met.exclude(owner__findable__is_on=False)
    sums = found.aggregate(contacts=Count("contact", distinct=True), people=Count("owner", distinct=True))
    ends: dict[str, Any] = {
        "year_id": trace.year,
        "from_department_id": trace.from_department,
        "to_department_id": trace.department,
    }
    if sums["contacts"]:
        Edge.objects.update_or_create(**ends, defaults=sums)
    else:
        Edge.objects.filter(**ends).delete()


def place_departments() -> int:
    """Give every department its place in the picture, from this and last year's edges. Returns how many changed."""
    departments = list(Department.objects.order_by("pk").values_list("pk", flat=True))
    edges = Edge.objects.order_by().values_list("from_department", "to_department", "contacts")
    places = spread(departments, edges)
    known = {place.department_id: (place.x, place.y) for place in Place.objects.all()}
    new = [Place(department_id=pk, x=x, y=y) for pk, (x, y) in places.items() if known.get(pk) != (x, y)]
    Place.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["department"], update_fields=["x", "y"], batch_size=500
    )
    return len(new)
