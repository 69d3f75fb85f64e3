from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from people.links import INVITATION, LASTS, address_for
from people.rules import signing_in


class Command(BaseCommand):
    help = (
        "Make the first HR administrator of an empty installation (or, with --machine, whoever runs the machine) and"
        " print the link with which they set their password. There is no default password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--machine", action="store_true", help="the machine's administrator, with no part in HR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            person = signing_in.first_account(options["name"], options["email"], machine=options["machine"])
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(f"{person} signs in as {person.email}. Set the password here, once,")
        self.stdout.write(f"within {LASTS[INVITATION].days} days (the same invitation goes out by mail):")
        self.stdout.write(address_for(person, INVITATION))
