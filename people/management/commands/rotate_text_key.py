from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from people.rules.rotating import rotate


class Command(BaseCommand):
    help = (
        "Seal everything that is encrypted at rest anew with the newest key: put the new key first in TEXT_KEY, the"
        " former ones behind it, restart, run this; then the former ones may go. Safe while people work, and to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for column, count in rotate():
                if count or options["verbosity"] > 1:
                    self.stdout.write(f"{column}: {count} sealed anew")
        except InvalidToken as error:
            raise CommandError("Some text opens with none of the keys in TEXT_KEY; a former one is missing.") from error
        former = len(settings.TEXT_KEYS) - 1
        self.stdout.write(f"Everything is sealed with the newest key; {former} former ones are no longer needed.")
