from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from relgoals import messages


class Command(BaseCommand):
    help = "Bring every app's catalogue up to date with its texts; --check only looks, --compile writes the .mo files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("apps", nargs="*", help="Only these apps.")
        parser.add_argument("--check", action="store_true", help="Change nothing; fail if a translation is missing.")
        parser.add_argument("--compile", action="store_true", help="Only compile what is newer than its .mo.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            written = messages.compile_all()
            if options["verbosity"] > 0:
                self.stdout.write(f"{written} catalogues compiled")
            return
        wanted = [(app, language) for app in options["apps"] or messages.apps() for language in messages.languages()]
        gaps = sum(self._bring_up_to_date(app, language, options["check"]) for app, language in wanted)
        if options["check"] and gaps:
            raise CommandError(f"{gaps} texts have no finished translation.")

    def _bring_up_to_date(self, app: str, language: str, only_look: bool) -> int:
        """Write one catalogue, or only look at it. Returns how many of its texts have no translation."""
        catalogue = messages.collect(app, language)
        without = messages.missing(catalogue)
        if not len(catalogue):
            return 0
        self.stdout.write(f"{app} {language}: {len(catalogue)} texts, {len(without)} without a translation")
        if only_look:
            self.stdout.write("".join(f"  {text}\n" for text in without[:20]), ending="")
        else:
            messages.write(catalogue, messages.catalogue_path(app, language))
        return len(without)
