"""Which cells of a table are too small for readers who may not open the rows behind them. No database."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

FEWEST = 5
Key = TypeVar("Key", bound=Hashable)


def withheld(people: Mapping[Key, int], fewest: int = FEWEST) -> dict[Key, str]:
    """The cells to leave out, of those that add up to a figure shown above them.

    people: how many stand behind each cell. "few": fewer than five. "beside": where exactly one is left out, the
    smallest of the others is too, for the sum would give the one away; nothing cleverer. Nobody at all gives nobody
    away.
    """
    few = [key for key, number in people.items() if 0 < number < fewest]
    out = dict.fromkeys(few, "few")
    others = [key for key, number in people.items() if number >= fewest]
    if len(few) == 1 and others:
        out[min(others, key=lambda key: (people[key], str(key)))] = "beside"
    return out
