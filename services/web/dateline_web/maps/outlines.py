"""The outlines of countries on a map: those that reach it, clipped, simplified to what is seen, as SVG paths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from dateline_web.maps.projection import Point, Projection
from dateline_web.maps.world import Outlines

FINER: Final = 2
"""Paths are written in halves of a unit, as whole numbers."""
BEYOND: Final = 6.0
"""Units around the map that are drawn too, so that no clipped edge is seen."""
AROUND: Final = ((0, 0), (5, 0), (-5, 0), (0, 5), (0, -5), (4, 4), (-4, 4), (4, -4), (-4, -4))
"""Where land is looked for around a point, in units."""

Shapes = dict[str, list[list[Point]]]


def shapes_on(projection: Projection, outlines: Outlines) -> Shapes:
    """The rings that reach the map, on it, by the codes of their countries."""
    found: Shapes = defaultdict(list)
    for ring in outlines.rings:
        if not projection.reaches(ring.lat, ring.lon, ring.radius):
            continue
        points = _clipped(projection.points(outlines.points(ring, projection.reaches)), projection)
        if len(points) > 2:
            found[ring.code].append(points)
    return dict(found)


def country_at(shapes: Shapes, point: Point) -> str:
    """The country on whose land a point of the map lies, or close to it, as a port does; "" for none."""
    for dx, dy in AROUND:
        for code, rings in shapes.items():
            if _is_within(rings, (point[0] + dx, point[1] + dy)):
                return code
    return ""


def path_of(rings: Sequence[Sequence[Point]], tolerance: float) -> str:
    """Rings as the path of SVG, without what is too small to be seen."""
    return "".join(_ring_path(_simplified(ring, tolerance)) for ring in rings)


def _is_within(rings: Sequence[Sequence[Point]], point: Point) -> bool:
    """Whether a point lies within rings, an odd number of times (holes are rings too)."""
    x, y = point
    inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _ring_path(points: Sequence[Point]) -> str:
    whole = [(round(x * FINER), round(y * FINER)) for x, y in points]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole) if (ax, ay) != (bx, by)]
    if len(steps) < 2:
        return ""
    return f"M{whole[0][0]} {whole[0][1]}l{_joined(number for step in steps for number in step)}z"


def _joined(numbers: Iterable[int]) -> str:
    """Numbers as short as SVG reads them: a minus sign parts two as well as a space."""
    return "".join(f"{number}" if number < 0 else f" {number}" for number in numbers).lstrip()


def _simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's, between the first point and the one that is furthest from it."""
    middle = max(range(len(points)), key=lambda at: _square(points[0], points[at]))
    closed = [*points, points[0]]
    kept = {0, middle, len(points)}
    waiting = [(0, middle), (middle, len(points))]
    while waiting:
        first, last = waiting.pop()
        at, off = _furthest(closed, first, last)
        if off > tolerance**2:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    return [closed[at] for at in sorted(kept)[:-1]]


def _furthest(points: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The point between two that is furthest from the stretch between them, and the square of its distance."""
    (ax, ay), (bx, by) = points[first], points[last]
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    found, most = first, 0.0
    for at in range(first + 1, last):
        x, y = points[at][0] - ax, points[at][1] - ay
        along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
        off = (x - along * dx) ** 2 + (y - along * dy) ** 2
        if off > most:
            found, most = at, off
    return found, most


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _clipped(points: list[Point], projection: Projection) -> list[Point]:
    """The ring within the map and a little around it (Sutherland and Hodgman's)."""
    low, right, bottom = -BEYOND, projection.width + BEYOND, projection.height + BEYOND
    for side in (_Side(0, low, 1), _Side(0, right, -1), _Side(1, low, 1), _Side(1, bottom, -1)):
        points = side.clip(points)
    return points


class _Side:
    """One side of the map: what has ``axis`` beyond ``limit`` is outside (``sign`` 1: below it)."""

    def __init__(self, axis: int, limit: float, sign: int) -> None:
        self._axis = axis
        self._limit = limit
        self._sign = sign

    def clip(self, points: list[Point]) -> list[Point]:
        axis, limit, sign = self._axis, self._limit, self._sign
        if all((point[axis] - limit) * sign >= 0 for point in points):
            return points
        found: list[Point] = []
        for one, other in pairwise([*points[-1:], *points]):
            one_in, other_in = (one[axis] - limit) * sign >= 0, (other[axis] - limit) * sign >= 0
            if one_in != other_in:
                found.append(self._cut(one, other))
            if other_in:
                found.append(other)
        return found

    def _cut(self, one: Point, other: Point) -> Point:
        part = (self._limit - one[self._axis]) / (other[self._axis] - one[self._axis])
        return one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])
