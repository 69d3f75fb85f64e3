"""Rows that point to the one above them, hung below each other for a page; no database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Node:
    row: Any
    children: list["Node"] = field(default_factory=list)


def hung(rows: Iterable[Any], above: str) -> list[Node]:
    """The rows without one above them among `rows`, each with its children, in the order given.

    above: the attribute with the key of the one above ("parent_id"). Linear, and deep trees need no deep stack.
    """
    nodes = {row.pk: Node(row) for row in rows}
    tops: list[Node] = []
    below: defaultdict[int, list[Node]] = defaultdict(list)
    for node in nodes.values():
        key = getattr(node.row, above)
        (below[key] if key in nodes else tops).append(node)
    for key, children in below.items():
        nodes[key].children = children
    return tops
