"""The tree of departments and who of HR looks after which part."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from journal.rules import record
from journal.versions import save_unchanged
from people.models import Department, DepartmentLine, Employee, Site


def found_site(name: str, time_zone: str, *, by: Employee | None) -> Site:
    with transaction.atomic():
        site = Site.objects.create(name=name, time_zone=time_zone)
        record("site.found", site, by=by)
    return site


def revise_site(site: Site, fields: dict[str, Any], version: int | None = None, *, by: Employee | None) -> Site:
    """Rename a site or move its clock. Raises ValidationError("changed_meanwhile"): see journal.versions."""
    with transaction.atomic():
        save_unchanged(site, fields, version)
        record("site.revise", site, by=by, fields=sorted(fields))
    return site


def found_department(name: str, code: str, *, by: Employee | None, **fields: Any) -> Department:
    """Add a department: the only code that makes one. fields: `parent`, `hr_partner`.

    Raises ValidationError("not_hr") if the partner does not work in HR.
    """
    _works_in_hr(fields.get("hr_partner"))
    with transaction.atomic():
        department = Department.objects.create(name=name, code=code, **fields)
        record("department.found", department, by=by)
        redraw()
    department.refresh_from_db()
    return department


def revise_department(
    department: Department, fields: dict[str, Any], version: int | None = None, *, by: Employee | None
) -> Department:
    """Rename it, hang it elsewhere, name its HR partner. Returns it refreshed.

    Raises ValidationError("circle") if it would lie inside itself, "not_hr" if the partner does not work in HR,
    "changed_meanwhile" (see journal.versions).
    """
    parent = fields.get("parent")
    _works_in_hr(fields.get("hr_partner"))
    with transaction.atomic():
        _one_change_at_a_time()
        if parent and DepartmentLine.objects.filter(above=department, below=parent).exists():
            sentence = _("%(parent)s lies inside %(name)s, so it cannot be the other way round.")
            raise ValidationError({"parent": sentence % {"parent": parent, "name": department}}, "circle")
        save_unchanged(department, fields, version)
        record("department.revise", department, by=by, fields=sorted(fields))
        redraw()
    department.refresh_from_db()
    return department


def redraw() -> None:
    """Write the department lines and the derived partners anew from `parent` and `hr_partner`.

    Departments are hundreds, not millions, and change rarely: one recursive statement for the whole tree is simpler
    than moving parts of it. Call it inside the transaction that changed them.
    """
    _one_change_at_a_time()
    DepartmentLine.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_departmentline (above_id, below_id, depth)"
            " WITH RECURSIVE path(above_id, below_id, depth) AS ("
            " SELECT id, id, 0 FROM people_department UNION ALL"
            " SELECT path.above_id, child.id, path.depth + 1 FROM path"
            " JOIN people_department child ON child.parent_id = path.below_id)"
            " SELECT above_id, below_id, depth FROM path"
        )
        cursor.execute(
            "UPDATE people_department SET partner_id = (SELECT up.hr_partner_id FROM people_departmentline line"
            " JOIN people_department up ON up.id = line.above_id AND up.hr_partner_id IS NOT NULL"
            " WHERE line.below_id = people_department.id ORDER BY line.depth LIMIT 1)"
        )


def _works_in_hr(partner: Employee | None) -> None:
    if partner and not partner.is_hr:
        raise ValidationError({"hr_partner": _("%(name)s does not work in HR.") % {"name": partner}}, "not_hr")


def _one_change_at_a_time() -> None:
    """Wait until nobody else changes the tree: two changes that are each right can close a circle together."""
    Department.objects.select_for_update(no_key=True).order_by("pk").first()
