"""Places: where the words beside points can stand so that they meet neither each other nor a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from explore.charts.letters import width_of
from explore.charts.theme import LINES

POINT = 9  # pixels from the middle of a point to the words beside it
_STEP, _STEPS = 6, 26  # by how many pixels words are moved away from their point, and how often
_TEXT, _MARK, _GRID, _OUT = 1000, 30, 20, 1000  # what it costs to meet words, a mark, a gridline, the edge


class Box(NamedTuple):
    """A rectangle in pixels, and what it costs to meet it."""

    left: float
    top: float
    right: float
    bottom: float
    cost: float = _TEXT

    def meets(self, other: Box) -> bool:
        """Say whether two rectangles overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


class Label(NamedTuple):
    """Words in lines beside a point."""

    x: float
    y: float
    lines: Sequence[str]
    size: int


class Place(NamedTuple):
    """Where words stand: how they are aligned to their point, and how far from it their first line begins."""

    align: str
    dx: float
    dy: float


def obstacles(lines: Iterable[Sequence[tuple[float, float]]], grid: Iterable[float], width: float) -> list[Box]:
    """Return what words should not stand on: points, the lines between them, gridlines."""
    found = [Box(0, at - 0.5, width, at + 0.5, _GRID) for at in grid]
    for points in lines:
        found += [Box(x - 5, y - 5, x + 5, y + 5, _MARK) for x, y in points]
        for (x, y), (x2, y2) in pairwise(points):
            steps = max(int(max(abs(x2 - x), abs(y2 - y)) / _STEP), 1)
            middles = [(x + (x2 - x) * at / steps, y + (y2 - y) * at / steps) for at in range(1, steps)]
            found += [Box(a - 2, b - 2, a + 2, b + 2, _MARK) for a, b in middles]
    return found


def placed(labels: Sequence[Label], taken: Iterable[Box], width: float, height: float) -> list[Place | None]:
    """Find a place for each label, the first ones first; None where there is no room."""
    boxes, found = list(taken), list[Place | None]()
    for label in labels:
        costs = [(_cost(box, boxes, width, height) + far, place, box) for place, box, far in _tried(label)]
        cost, place, box = min(costs, key=lambda one: one[0])
        free = cost < _TEXT
        boxes += [box] if free else []
        found.append(place if free else None)
    return found


def _tried(label: Label) -> Iterator[tuple[Place, Box, float]]:
    """Try right of the point, over and under it, and left of it, ever farther away."""
    wide = max(width_of(line, label.size, bold=True) for line in label.lines)
    half = LINES[label.size] * len(label.lines) / 2
    least = half + POINT - 2
    for at in range(-_STEPS, _STEPS + 1):
        dy = at * _STEP
        sides: list[tuple[str, float, float]] = [("left", POINT, abs(dy)), ("right", -POINT, abs(dy) + 8)]
        sides += [("center", 0, abs(dy) + 2)] if abs(dy) >= least else []
        for align, dx, far in sides:
            left = label.x + dx - {"left": 0.0, "right": wide, "center": wide / 2}[align]
            box = Box(left, label.y + dy - half, left + wide, label.y + dy + half)
            yield Place(align, dx, dy - half + 2), box, far


def _cost(box: Box, boxes: list[Box], width: float, height: float) -> float:
    met = sum(other.cost for other in boxes if box.meets(other))
    return met + _OUT * (box.left < 0 or box.right > width or box.top < 0 or box.bottom > height)
