"""What a measure asks to be told, and how what was typed becomes JSON. No database."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.text import one_line

LINE_LENGTH = 120
MOST_DAYS = 60


@dataclass(frozen=True)
class Parameter:
    """One thing asked. sort: "whole" number, "flag", "day", "days" or one "line" of text; least and most for numbers.

    An empty value is left out, so JSON holds only what was said; `default` stands for a number that must be there.
    """

    name: str
    sort: Literal["whole", "flag", "day", "days", "line"]
    label: Any
    default: int | None = None
    least: int = 0
    most: int = 1_000
    help: Any = ""


def cleaned(parameters: Iterable[Parameter], raw: Mapping[str, Any]) -> dict[str, Any]:
    """`raw` as JSON-able values, unknown names left out. Raises ValidationError({name: sentence})."""
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for parameter in parameters:
        try:
            value = _READERS[parameter.sort](parameter, raw.get(parameter.name))
        except ValidationError as error:
            errors[parameter.name] = error.messages
            continue
        if value not in (None, "", False, []):
            values[parameter.name] = value
    first, last = values.get("from_on"), values.get("until_on")
    if first and last and last < first:
        errors["until_on"] = [_("The last day lies before the first. Move one of them.")]
    if errors:
        raise ValidationError(errors)
    return values


def day_of(values: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(values[name]) if values.get(name) else None


def days_of(values: Mapping[str, Any], name: str) -> list[date]:
    return [date.fromisoformat(day) for day in values.get(name, [])]


def _whole(parameter: Parameter, raw: Any) -> int | None:
    if raw in (None, ""):
        return parameter.default
    if not re.fullmatch(r"\s*\d{1,6}\s*", str(raw), re.ASCII):
        raise ValidationError(_("Write a whole number in figures, such as 2."))
    number = int(raw)
    if not parameter.least <= number <= parameter.most:
        limits = {"least": parameter.least, "most": parameter.most}
        raise ValidationError(_("Take a number from %(least)s to %(most)s.") % limits)
    return number


def _flag(parameter: Parameter, raw: Any) -> bool:
    return raw not in (None, "", False, "false", "False", "0", 0)


def _day(parameter: Parameter, raw: Any) -> str | None:
    if isinstance(raw, date):
        return raw.isoformat()
    return _parsed(raw).isoformat() if raw not in (None, "") else None


def _parsed(raw: Any) -> date:
    text = str(raw).strip()
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII):
        year, month, day = match.groups()
    elif match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text, re.ASCII):
        day, month, year = match.groups()
    else:
        raise ValidationError(_("Write the day as 2026-09-24."))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValidationError(_("“%(text)s” is no day of the calendar.") % {"text": text}) from None


def _days(parameter: Parameter, raw: Any) -> list[str]:
    parts = re.split(r"[\s,;]+", raw.strip()) if isinstance(raw, str) else list(raw or ())
    days = sorted({_parsed(part) for part in parts if part not in (None, "")})
    if len(days) > MOST_DAYS:
        raise ValidationError(_("Plan at most %(most)s dates.") % {"most": MOST_DAYS})
    return [day.isoformat() for day in days]


def _line(parameter: Parameter, raw: Any) -> str:
    text = str(raw or "").strip()
    one_line(text)
    if len(text) > LINE_LENGTH:
        raise ValidationError(_("Use at most %(most)s characters.") % {"most": LINE_LENGTH})
    return text


_READERS: dict[str, Callable[[Parameter, Any], Any]] = {
    "whole": _whole,
    "flag": _flag,
    "day": _day,
    "days": _days,
    "line": _line,
}
