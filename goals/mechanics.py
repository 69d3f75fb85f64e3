"""How an idea or a goal is counted, in short sentences, from its measure and parameters. No database."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goals.measures import MEASURES
from goals.parameters import Parameter


def mechanics(kind: str, parameters: Mapping[str, Any]) -> list[str]:
    """What counts, one sentence each: "Counts 2 people.", "Only people from other departments count."

    kind: a key of MEASURES. What is not settled yet (a date, a group) is asked for when the goal is chosen, and said
    so here.
    """
    measure = MEASURES[kind]
    target = measure.target(parameters)
    counts = _("Counts %(target)s %(unit)s.") % {"target": target, "unit": measure.unit(target)}
    said = [_sentence(one, parameters.get(one.name)) for one in measure.parameters if one.name != "count"]
    return [counts, *filter(None, said)]


def open_questions(kind: str, parameters: Mapping[str, Any]) -> list[str]:
    """Labels of what can still be said when the goal is chosen: a date, a group, a title."""
    asked = [one for one in MEASURES[kind].parameters if one.sort in {"day", "days", "line"}]
    return [str(one.label) for one in asked if not parameters.get(one.name)]


def _sentence(parameter: Parameter, value: Any) -> str:
    if value in (None, "", False, []):
        return ""
    if parameter.sort == "flag":
        return f"{parameter.label}."
    return f"{parameter.label}: {_shown(parameter, value)}."


def _shown(parameter: Parameter, value: Any) -> str:
    if parameter.sort == "day":
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if parameter.sort == "days":
        return ngettext("%(number)s date", "%(number)s dates", len(value)) % {"number": len(value)}
    return str(value)
