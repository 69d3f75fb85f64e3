"""Geometry of the pictures: counts and scores in, coordinates out; the templates draw them as SVG. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 280, 96  # of a distribution, with 16 below for the points
BROAD, TOP, FOOT = 640, 24, 200  # of the years: how wide, top and foot of the scale


@dataclass(frozen=True)
class Bar:
    """One column of a distribution: where it stands, how high it is, the point and how many are at it."""

    x: int
    y: int
    width: int
    height: int
    value: int
    count: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def above(self) -> int:
        return self.y - 5


@dataclass(frozen=True)
class Stretch:
    """One stage in a bar of 100: from where, how wide, its name and how many are at it."""

    x: float
    width: float
    name: str
    count: int


@dataclass(frozen=True)
class Curve:
    """A section over the years: its points as an SVG path, dots, and where its name stands."""

    name: str
    path: str
    dots: list[tuple[int, int, str]]
    number: int


def distribution(counts: Sequence[int]) -> list[Bar]:
    """Columns side by side, the fullest as high as the picture."""
    most, step = max([*counts, 1]), WIDE // max(1, len(counts))
    bars = []
    for place, count in enumerate(counts):
        height = round(count * (HIGH - 20) / most)
        bars.append(Bar(place * step + 4, HIGH - height, step - 8, height, place + 1, count))
    return bars


def progress(stages: Sequence[tuple[str, int]]) -> list[Stretch]:
    """Stages as parts of a bar 100 wide, in order; empty ones are left out."""
    everybody, x, parts = sum(count for _name, count in stages), 0.0, []
    for name, count in stages:
        if count:
            width = round(100 * count / everybody, 2)
            parts.append(Stretch(round(x, 2), width, name, count))
            x += width
    return parts


def curves(years: Sequence[str], lines: Sequence[tuple[str, Sequence[int | None]]], top: int) -> list[Curve]:
    """Lines over the years: (name, ten-thousandths per year or None where there is none); `top` points high."""
    drawn = []
    for number, (name, scores) in enumerate(lines, 1):
        known = [(column(place, len(years)), score) for place, score in enumerate(scores) if score is not None]
        spots = [(x, _height(score, top), score) for x, score in known]
        path = " ".join(f"{'M' if n == 0 else 'L'}{x} {y}" for n, (x, y, _s) in enumerate(spots))
        drawn.append(Curve(name, path, [(x, y, f"{score / 10_000:.2f}") for x, y, score in spots], number))
    return drawn


def grid(top: int) -> list[tuple[int, int]]:
    """(height, point) of each line of the scale."""
    return [(_height(point * 10_000, top), point) for point in range(1, top + 1)]


def column(place: int, years: int) -> int:
    """Where the `place`-th of so many years stands; one alone stands in the middle."""
    if years == 1:
        return BROAD // 2
    return 70 + place * (BROAD - 140) // (years - 1)


def _height(score: int, top: int) -> int:
    return FOOT - round((score - 10_000) * (FOOT - TOP) / max(1, (top - 1) * 10_000))
