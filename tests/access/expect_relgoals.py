"""The front door, Today, and what only the machine asks."""

from tests.access.table import Route, anybody, everybody, only


def no_letter(company):
    return {"file": "20260101-000000-1.log", "number": 0}


ROUTES = [
    Route("front_door", get=anybody(302), post=anybody(405)),
    Route("healthz", get=anybody(200), post=anybody(405)),
    Route("readyz", get=anybody(200), post=anybody(405)),
    Route("metrics", get=anybody(404), post=anybody(405)),  # only with the machine's own token
    Route("today", get=everybody(200)),
    Route("signed_in", get=everybody(200)),
    Route("demo_sign_in", get=anybody(405), post=anybody(404)),  # only where the demo was loaded
    Route("own_data", get=everybody(200), post=everybody(200)),
    Route(
        "erase",
        row=lambda c: {"pk": c.leaver.pk},
        get=only(200, "hr_administrator"),
        post=only(302, "hr_administrator"),
    ),
    Route("journal", get=only(200, "hr_in_scope hr_out_of_scope hr_administrator")),
    Route("mailbox", get=anybody(200), post=anybody(405)),  # local installations only: tests/relgoals/test_mailbox.py
    Route("mailbox_letter", row=no_letter, get=anybody(404), post=anybody(405)),
    Route("mailbox_html", row=no_letter, get=anybody(404), post=anybody(405)),
]
