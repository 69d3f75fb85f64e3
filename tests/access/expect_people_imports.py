"""People from a file: HR administrators' business, and not there for anybody else."""

from django.core.files.base import ContentFile

from people.models import ImportRun
from people.rules import imports
from tests.access.table import Route, only

ADMINISTRATOR = "hr_administrator"
LIST = b"Name,E-Mail\nNele Neu,nele@example.org\n"


def build(company):
    chosen = [imports.choose(ContentFile(LIST), "list.csv", by=company.hr_administrator) for _ in range(2)]
    company.import_chosen, run = chosen
    company.import_checked = imports.check(run, run.mapping, by=company.hr_administrator)
    imports.work_on(run.pk)
    assert ImportRun.objects.get(pk=run.pk).state == "checked"


def checked(company):
    return {"uuid": company.import_checked.uuid}


ROUTES = [
    Route("people:imports", get=only(200, ADMINISTRATOR), post=only(422, ADMINISTRATOR)),
    Route("people:import", row=checked, get=only(200, ADMINISTRATOR)),
    Route(
        "people:import_columns",
        row=lambda c: {"uuid": c.import_chosen.uuid},
        get=only(200, ADMINISTRATOR),
        post=only(422, ADMINISTRATOR),
    ),
    Route("people:import_apply", row=checked, post=only(302, ADMINISTRATOR)),
    Route("people:import_bad_rows", row=checked, get=only(200, ADMINISTRATOR)),
    Route("people:import_invite", row=checked, post=only(422, ADMINISTRATOR)),  # nobody is ticked
    Route("people:import_withdraw", row=checked, post=only(302, ADMINISTRATOR)),
]
