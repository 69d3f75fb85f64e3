import os
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Make ready what `serve` needs: folders, database, translations, static files, the demo. Quick when it is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            for folder in (settings.VAR, settings.MEDIA_ROOT):
                folder.mkdir(parents=True, exist_ok=True)
            call_command("messages", compile=True, verbosity=0, stdout=self.stdout)
            if _static_files_changed():
                call_command("collectstatic", interactive=False, verbosity=0)
                (settings.STATIC_ROOT / "ready").touch()
        except PermissionError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}.") from error
        call_command("migrate", verbosity=0)
        if settings.LOCAL:
            call_command("seed_demo", verbosity=0, stdout=self.stdout)


def _static_files_changed() -> bool:
    """Whether a source is newer than the last collection. Two thousand stat() calls cost less than collecting."""
    ready = settings.STATIC_ROOT / "ready"
    if not ready.exists():
        return True
    since = ready.stat().st_mtime
    sources = (storage.path(name) for finder in finders.get_finders() for name, storage in finder.list(["ready"]))
    return any(os.stat(path).st_mtime > since for path in sources)
