"""What several forms of people share."""

from typing import Any
from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout


def zones() -> list[Any]:
    """Time zones by continent, for a select: [("Europe", [("Europe/Berlin", "Berlin"), …]), …]."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    grouped: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        area, _slash, city = name.partition("/")
        grouped.setdefault(area, []).append((name, city.replace("_", " ")))
    return [("UTC", "UTC"), *grouped.items()]


def without_tag(*rows: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*rows)
    return helper
