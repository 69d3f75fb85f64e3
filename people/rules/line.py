"""Who works for whom: the only code that writes Employee.manager and people.Line."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from journal.rules import record
from people.models import Employee, Line


def assign_manager(employee: Employee, manager: Employee | None, *, by: Employee | None) -> Employee:
    """Put `employee`, with everybody below them, under `manager` or under nobody. Returns `employee`, refreshed.

    Raises ValidationError("circle") if `manager` is `employee` or stands anywhere below them.
    Three statements, however many people move along.
    """
    with transaction.atomic():
        one_move_at_a_time()
        if manager and Line.objects.filter(above=employee, below=manager).exists():
            sentence = _("%(manager)s works for %(name)s, so it cannot be the other way round.")
            raise ValidationError(sentence % {"manager": manager, "name": employee}, "circle")
        moving = employee.lines_down.values("below")
        Line.objects.filter(below__in=moving).exclude(above__in=moving).delete()
        if manager:
            _hang_under(manager, employee)
        Employee.objects.filter(pk=employee.pk).update(manager=manager)
        record("employee.assign_manager", employee, by=by, manager=manager and manager.pk)
    employee.refresh_from_db()
    return employee


def redraw_lines(people: str = "SELECT id FROM people_employee") -> int:
    """Write the lines up from `people` anew from everybody's `manager`: two statements, sorted by key.

    people: a SELECT of ids, ours, never typed by anybody; with somebody in it, everybody below must be in it too.
    Call it in the transaction that changed `manager`, after one_move_at_a_time(). Returns how many lines were written.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM people_line WHERE below_id IN ({people})")  # noqa: S608 our own SELECT
        cursor.execute(
            "INSERT INTO people_line (above_id, below_id, depth)"  # noqa: S608
            f" WITH RECURSIVE path(above_id, below_id, depth) AS (SELECT id, id, 0 FROM ({people}) redrawn"
            " UNION ALL SELECT up.manager_id, path.below_id, path.depth + 1 FROM path"
            " JOIN people_employee up ON up.id = path.above_id WHERE up.manager_id IS NOT NULL)"
            " SELECT above_id, below_id, depth FROM path ORDER BY below_id, depth"
        )
        return int(cursor.rowcount)


def one_move_at_a_time() -> None:
    """Wait until nobody else is moving anybody; let go at the end of the transaction.

    Two moves that are each right can close a circle together, and a line written from half of another move
    stays wrong. Moves are rare, so one lock is enough: the row of whoever joined first. PostgreSQL locks it
    (new rows may still point to it), SQLite lets one writer in at a time anyway.
    """
    Employee.objects.select_for_update(no_key=True).order_by("pk").first()


def _hang_under(manager: Employee, employee: Employee) -> None:
    """Everybody from `manager` up gets a line to everybody from `employee` down."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_line (above_id, below_id, depth)"
            " SELECT up.above_id, down.below_id, up.depth + down.depth + 1"
            " FROM people_line up CROSS JOIN people_line down WHERE up.below_id = %s AND down.above_id = %s",
            [manager.pk, employee.pk],
        )
