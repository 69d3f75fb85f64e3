from typing import Any

from django.core.management.base import BaseCommand, CommandError

from appraisals.models import Signature
from appraisals.rules.signing import broken


class Command(BaseCommand):
    help = "Checks the chain of signed appraisals from the first to the last and names the first broken link."

    def handle(self, *args: Any, **options: Any) -> None:
        found = broken()
        if found:
            number, wrong = found
            row = (
                Signature.objects.filter(number=number).select_related("appraisal__employee", "appraisal__year").first()
            )
            whose = f" ({row.appraisal})" if row else ""
            raise CommandError(f"Signature {number}{whose} {wrong}.")
        self.stdout.write(f"{Signature.objects.count()} signatures, all of them whole and chained.")
