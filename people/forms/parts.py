"""What several forms of people share."""

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones


@lru_cache(maxsize=1)  # it looks through the whole folder of zones
def zones() -> list[Any]:
    """Time zones by continent, for a select: [("Europe", [("Europe/Berlin", "Berlin"), …]), …]."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    grouped: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        area, _slash, city = name.partition("/")
        grouped.setdefault(area, []).append((name, city.replace("_", " ")))
    return [("UTC", "UTC"), *grouped.items()]
