"""What the steps of the year live in: the people at the pages, the post, the clock, a shell."""

import io
from contextlib import contextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils.module_loading import import_string

from journal import clock
from people.models import Employee
from tests.year.reader import ClientReader


def morning(day):
    """Ten o'clock of a day ("2027-03-01")."""
    return datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=UTC)


class World(SimpleNamespace):
    """In this process: test client, mails in a list, tasks called one after the other, the clock stopped.

    What a step learns and a later one needs is an attribute: world.refused, world.total.
    """

    @contextmanager
    def on(self, day):
        """The morning of `day`, after beat has rung for everything once."""
        with clock.at(morning(day)):
            self.beat()
            yield

    def beat(self):
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            import_string(entry["task"])()

    def somebody(self, name, phone=False):
        """Somebody who is not signed in."""
        return ClientReader(self.beat, name=name)

    def named(self, name, phone=False):
        """Somebody of the organisation, signed in, on their page Today."""
        return self.at_desk(name)

    def at_desk(self, name):
        """The same at the test client in any case: for going through more pages than a browser has time for."""
        reader = ClientReader(self.beat, Employee.objects.get(name=name))
        reader.go("/today/")
        return reader

    def letters(self):
        """What the mail server has taken: each with `to`, `subject` and `body`."""
        return mail.outbox

    def command(self, *words):
        """What one of our commands says. Raises CommandError with its words where it refuses."""
        said = io.StringIO()
        call_command(*words, stdout=said)
        return said.getvalue()
