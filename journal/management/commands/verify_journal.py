from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journal.models import Entry, Seal
from journal.rules import sealing


class Command(BaseCommand):
    help = (
        "Look whether every sealed entry of the journal is as it was sealed. Ends with 1 and names the places if not."
        " With --expect NUMBER:HASH, as a line of the log has it, also whether that seal is still there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--expect", default="", help="a seal from the log, as NUMBER:HASH")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(sealing.verify())
        for finding in findings[:100]:
            self.stdout.write(f"Seal {finding.seal}: {finding.sentence}")
        newest = Seal.objects.order_by("-number").first()
        if options["expect"] and not self._is_there(options["expect"]):
            raise CommandError(f"The seal {options['expect']} of the log is not there: the end has been cut off.")
        if findings:
            raise CommandError(f"The journal is not whole: {len(findings)} places.")
        if newest is None:
            self.stdout.write("Nothing is sealed yet.")
            return
        open_end = Entry.objects.filter(pk__gt=newest.last).count()
        self.stdout.write(f"The journal is whole: {newest.number} seals, up to entry {newest.last}; {open_end} since.")
        self.stdout.write(f"The newest seal, to compare with the log: {newest.number}:{newest.hash}")

    def _is_there(self, expected: str) -> bool:
        number, _colon, wanted = expected.partition(":")
        return number.isdecimal() and Seal.objects.filter(number=int(number[:18]), hash=wanted.strip()).exists()
