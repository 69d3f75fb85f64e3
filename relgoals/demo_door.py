"""How one walks into the demo: one password for all its people, made on this machine, and buttons on the sign-in page.

Only in a local installation that has loaded the demo. Production has neither the password nor the buttons.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils.translation import gettext_lazy as _

from people.models import Employee
from relgoals import demo
from relgoals.demo.organisation import DOMAIN, SIGN_INS, address_of

WORDS = "amber birch cedar delta ember fjord grove heron inlet juniper kestrel lagoon maple north otter pine".split()  # noqa: SIM905
WHAT = {
    "direct": _("a direct report, with a year half done"),
    "manager": _("manager of eight"),
    "manager’s manager": _("head of the department, above the manager"),
    "HR partner": _("HR partner of the academic departments"),
    "HR administrator": _("HR administrator, looks after everybody"),
}


def is_open() -> bool:
    return bool(settings.LOCAL) and demo.is_loaded()


def password() -> str:
    """Of all the demo's people; empty where there is none."""
    return _file().read_text().strip() if settings.LOCAL and _file().exists() else ""


def unlock() -> None:
    """Give the demo's people the password; whoever has chosen another keeps it. A second call changes nothing."""
    people = Employee.objects.working().filter(email__endswith=f"@{DOMAIN}")
    locked = people.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)
    if not password():
        _keep("-".join([*(secrets.choice(WORDS) for _n in range(3)), str(secrets.randbelow(900) + 100)]))
        people.update(password=make_password(password()))
    elif not people.exclude(pk__in=locked.values("pk")).exists():
        locked.update(password=make_password(password()))


def person(role: str) -> Employee | None:
    name = SIGN_INS.get(role)
    return Employee.objects.working().filter(email=address_of(name)).first() if name else None


def offered(request: Any) -> dict[str, Callable[[], Any]]:
    """Template context: asked by the sign-in page only."""
    return {"demo_sign_ins": sign_ins, "demo_password": password}


def sign_ins() -> list[tuple[str, str, Any]]:
    return [(role, name, WHAT.get(role, role)) for role, name in SIGN_INS.items()] if is_open() else []


def _file() -> Path:
    return Path(settings.VAR / "demo-password")


def _keep(text: str) -> None:
    with open(os.open(_file(), os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
        file.write(f"{text}\n")
