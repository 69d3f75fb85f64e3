from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from journal import clock
from relgoals import demo, demo_door
from relgoals.demo import organisation


class Command(BaseCommand):
    help = "Load the demo organisation once: Northgate, a university of some 300 people. A second call changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not demo.is_loaded():
            self.stdout.write("Loading the demo organisation; that takes about a minute, once …")
            self.stdout.flush()
            world = demo.build(clock.today())
            self.stdout.write(f"The demo organisation is loaded: {len(world.people)} people.")
        if settings.LOCAL:
            demo_door.unlock()
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(organisation.sign_in_lines()))
