from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal import clock
from outbox.rules.sweep import untold
from reminders.rules import sweep
from reminders.rules.kinds import KINDS


class Command(BaseCommand):
    help = "Raise and send what is due now; with --dry-run show what would be raised on any date, and write nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--show", type=int, default=10, help="how many of each kind are named (10)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._foresee(options["on"] or clock.today(), options["show"])
        elif options["on"]:
            raise CommandError("Another day than today can only be looked at: add --dry-run.")
        else:
            raised, sent = sweep.raise_due(), sweep.send_waiting()
            self.stdout.write(f"{raised} raised, {sent} looked at.")

    def _foresee(self, day: date, show: int) -> None:
        for name, kind in KINDS.items():
            if not kind.due:
                continue
            due = untold(kind, day)
            self.stdout.write(f"{name}: {due.count()}")
            for pk, recipient, occasion in due.order_by("pk").values_list("pk", "recipient_id", "occasion")[:show]:
                self.stdout.write(f"  row {pk} to person {recipient} ({occasion or 'once'})")
