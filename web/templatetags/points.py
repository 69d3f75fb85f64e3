"""Figures of the appraisal in a template: whole numbers in, "3.64" out. Formatting only."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format

register = template.Library()


@register.filter
def points(hundredths: int | None) -> str:
    """364 → "3.64", 350 → "3.5", 400 → "4"; a dash for None."""
    return _said(hundredths, 100)


@register.filter
def two_places(hundredths: int | None) -> str:
    """400 → "4.00", for figures that stand below each other; a dash for None."""
    return str(number_format(Decimal(hundredths) / 100, 2)) if isinstance(hundredths, int) else "–"


@register.filter
def day(iso: str) -> str:
    """ "2026-11-05" or a moment that begins so → "5 November 2026", as the reader's language says it."""
    try:
        return date_format(date.fromisoformat(iso[:10]), "DATE_FORMAT")
    except ValueError:
        return iso


@register.filter
def short_day(iso: str) -> str:
    """ "2026-11-05" → "5 November"."""
    try:
        return date_format(date.fromisoformat(iso[:10]), "MONTH_DAY_FORMAT")
    except ValueError:
        return iso


@register.filter
def fine(ten_thousandths: int | None) -> str:
    """36500 → "3.65"; a dash for None."""
    return _said(ten_thousandths, 10_000)


def _said(number: object, whole: int) -> str:
    """A dash for None, and for what a template finds where there is nothing: an empty text."""
    if not isinstance(number, int):
        return "–"
    plain = f"{Decimal(number) / whole:f}"
    rest = plain.partition(".")[2].rstrip("0")
    return str(number_format(Decimal(plain), len(rest)))
