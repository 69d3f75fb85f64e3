from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relgoals import scale


class Command(BaseCommand):
    help = "Fill an empty database with a big organisation, for measuring only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=100_000)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["people"] < 1:
            raise CommandError("An organisation has at least one person.")
        try:
            scale.people(options["people"])
        except ValueError as error:
            raise CommandError(f"{error}: it was left as it is.") from error
        self.stdout.write(f"{options['people']} people are there.")
