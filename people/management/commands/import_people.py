from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.models import Employee, ImportRow, ImportRun
from people.rules import imports
from people.rules.import_report import FIELDS, reason


class Command(BaseCommand):
    help = "Take people in from a CSV or XLSX file, as the page does; with --dry-run only say what would happen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", help="e-mail of the HR administrator in whose name it happens; not needed with one")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--day-first", action="store_true", default=None, help="03/04/2026 is 3 April")
        parser.add_argument("--month-first", action="store_false", dest="day_first", help="03/04/2026 is 4 March")
        parser.add_argument("--found-places", action="store_true", help="found departments and sites that are new")
        parser.add_argument("--complete", action="store_true", help="who is missing in the file leaves today")

    def handle(self, *args: Any, **options: Any) -> None:
        by = self._in_whose_name(options["by"])
        try:
            self._import(options, by)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except PermissionDenied as error:
            raise CommandError(f"{by} is not an HR administrator.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _in_whose_name(self, address: str | None) -> Employee:
        if address:
            by: Employee | None = Employee.objects.filter(email=address.lower()).first()
            if by is None:
                raise CommandError(f"Nobody has the address {address}.")
            return by
        administrators: list[Employee] = list(
            Employee.objects.working().filter(hr_role=Employee.HRRole.ADMINISTRATOR)[:2]
        )
        if len(administrators) != 1:
            count = "are several HR administrators" if administrators else "is no HR administrator"
            raise CommandError(f"Here {count}. Say in whose name with --by ADDRESS.")
        return administrators[0]

    def _import(self, options: dict[str, Any], by: Employee) -> None:
        with options["file"].open("rb") as file:
            run = imports.choose(File(file), options["file"].name, by=by)
        choices = {name: options[name] for name in ("day_first", "found_places", "complete")}
        if choices["day_first"] is None:
            dated = [run.mapping[field] for field in ("hired_on", "left_on") if field in run.mapping]
            choices["day_first"] = {"day": True, "month": False}.get(imports.order_of_days(run, dated))
        imports.check(run, run.mapping, by=by, **choices)
        imports.work_on(run.pk)
        run.refresh_from_db()
        self._report(run)
        if options["dry_run"]:
            imports.withdraw(run, by=by)
            return
        imports.apply(run, by=by)
        imports.work_on(run.pk)
        run.refresh_from_db()
        if run.state != run.State.DONE:
            raise CommandError("People were changed in the same moment, so nothing was taken in. Start it again.")
        self.stdout.write("The good rows are taken in.")

    def _report(self, run: ImportRun) -> None:
        self.stdout.write(", ".join(f"{verdict} {run.counts.get(verdict, 0)}" for verdict in ImportRow.Verdict.values))
        for row in ImportRow.objects.filter(run=run, verdict="bad").order_by("line").iterator():
            column = FIELDS.get(row.field, "")
            self.stdout.write(f"line {row.line}{', ' if column else ''}{column}: {reason(row)}")
