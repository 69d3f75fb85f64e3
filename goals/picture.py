"""Where departments stand in the picture of who knows whom. No database; the same graph gives the same picture."""

import math
from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]
ROUNDS = 80


def spread(nodes: Sequence[int], edges: Iterable[tuple[int, int, int]]) -> dict[int, Point]:
    """A place in [-1, 1]² for each node: those that know each other well come near, all others keep apart.

    edges: (node, node, weight). Springs and repulsion from a circle as the start (Fruchterman and Reingold 1991);
    quadratic in nodes, so it is for the background: 0.2 s for 40 departments, half a minute for 400.
    """
    count = len(nodes)
    turn = 2 * math.pi / max(count, 1)
    at = [(math.sin(turn * n), math.cos(turn * n)) for n in range(count)]
    place = {node: n for n, node in enumerate(nodes)}
    known = [(place[a], place[b], math.log1p(weight)) for a, b, weight in edges if a in place and b in place]
    ideal = math.sqrt(4 / max(count, 1))
    for step in range(ROUNDS):
        moves = _pushes(at, ideal)
        for a, b, weight in known:
            x, y = at[a][0] - at[b][0], at[a][1] - at[b][1]
            pull = weight * math.hypot(x, y) / ideal / 4
            moves[a] = (moves[a][0] - x * pull, moves[a][1] - y * pull)
            moves[b] = (moves[b][0] + x * pull, moves[b][1] + y * pull)
        at = [_moved(point, move, 0.2 * (1 - step / ROUNDS)) for point, move in zip(at, moves, strict=True)]
    return {node: at[n] for n, node in enumerate(nodes)}


def around(centre: Point, others: Mapping[int, Point]) -> dict[int, Point]:
    """The others on a ring around (0, 0), evenly, in the order in which they lie around `centre`; the first on top."""

    def angle(node: int) -> tuple[float, int]:
        x, y = others[node]
        return (math.atan2(x - centre[0], y - centre[1]) % (2 * math.pi), node)

    turn = 2 * math.pi / max(len(others), 1)
    ordered = sorted(others, key=angle)
    return {node: (math.sin(turn * n), -math.cos(turn * n)) for n, node in enumerate(ordered)}


def _pushes(at: Sequence[Point], ideal: float) -> list[Point]:
    moves = []
    for a, (ax, ay) in enumerate(at):
        mx = my = 0.0
        for b, (bx, by) in enumerate(at):
            if a != b:
                x, y = ax - bx, ay - by
                near = max(x * x + y * y, 1e-4)
                mx += x * ideal * ideal / near
                my += y * ideal * ideal / near
        moves.append((mx, my))
    return moves


def _moved(point: Point, move: Point, most: float) -> Point:
    length = math.hypot(*move) or 1.0
    far = min(length, most) / length
    x, y = point[0] + move[0] * far, point[1] + move[1] * far
    return (max(-1.0, min(1.0, x)), max(-1.0, min(1.0, y)))
