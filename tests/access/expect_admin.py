"""The admin site: for whoever runs the machine, out of sight for everybody else, HR administrators too.

Every registered model is asked for; an app that registers one gives its row in ROWS or has none of them opened.
"""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType

from people.models import Department, Employee
from tests.access.table import SIGN_IN, Route, anybody, only

MACHINE = "machine_administrator"
ROWS = {
    Employee: lambda c: c.direct.pk,
    Department: lambda c: c.near.pk,
}


def machine(status):
    return only(status, MACHINE)


def nothing(company):
    return 0


def routes_of(model):
    """Addresses of one registered model. Without a row in ROWS, admin sends back to its index: 302."""
    base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = ROWS.get(model, nothing)
    shown = 200 if model in ROWS else 302

    def kwargs(company):
        return {"object_id": row(company)}

    path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{{object_id}}/"
    return [
        Route(f"{base}_changelist", get=machine(200), post=machine(200)),
        Route(f"{base}_add", get=machine(403), post=machine(403)),
        Route(f"{base}_history", row=kwargs, get=machine(shown), post=machine(shown)),
        Route(f"{base}_delete", row=kwargs, get=machine(403), post=machine(403)),
        Route(f"{base}_change", row=kwargs, get=machine(shown), post=machine(403)),
        Route("admin:<<path:object_id>/>", row=kwargs, path=path, get=machine(302), post=machine(302)),
    ]


ROUTES = [
    Route("admin:index", get=machine(200), post=machine(200)),
    Route("admin:login", get=anybody(SIGN_IN), post=anybody(SIGN_IN)),
    Route("admin:logout", get=only(405, MACHINE), post=machine(200)),
    Route("admin:password_change", get=machine(302), post=machine(302)),
    Route("admin:password_change_done", get=machine(200), post=machine(405)),
    Route("admin:autocomplete", get=machine(403), post=machine(405)),
    Route("admin:jsi18n", get=machine(200), post=machine(405)),
    Route(
        "admin:view_on_site",
        row=lambda c: {"content_type_id": ContentType.objects.get_for_model(Employee).pk, "object_id": c.direct.pk},
        get=machine(302),
        post=machine(302),
    ),
    Route("admin:app_list", row=lambda c: {"app_label": "people"}, get=machine(200), post=machine(200)),
    Route("admin:<(?P<url>.*)$>", path="/admin/nothing/", get=machine(404), post=machine(404)),
    *[route for model in admin.site._registry for route in routes_of(model)],
]
