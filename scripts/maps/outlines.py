"""Outlines of countries from a topology (TopoJSON): decoded, simplified arc by arc, so that borders stay shared, and
joined to rings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import cos, radians
from pathlib import Path
from typing import Any, Final

import pycountry

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

FEWEST: Final = 4
"""Points of a ring that is simplified: a small island stays as it is."""
NAMED: Final = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Indian Ocean Ter.": "CX", "Baikonur": "KZ"}
"""Codes of what has no number of ISO 3166."""


def rings_of(path: Path, tolerance: float) -> Iterator[tuple[str, list[Point]]]:
    """Country code and points of each ring, simplified to ``tolerance`` degrees."""
    topology = json.loads(path.read_text())
    arcs = [_simplified(arc, tolerance) for arc in _arcs(topology)]
    for country in topology["objects"]["countries"]["geometries"]:
        for polygon in _polygons(country):
            for ring in polygon:
                points = [point for number in ring for point in _directed(arcs, number)[:-1]]
                if len(points) > 2:
                    yield _code(country), points


def _code(country: dict[str, Any]) -> str:
    found = pycountry.countries.get(numeric=country["id"]) if country.get("id") else None
    return found.alpha_2 if found else NAMED.get(country["properties"]["name"], "--")


def _polygons(country: dict[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    kind = country.get("type")
    if kind == "Polygon":
        return [country["arcs"]]
    return country["arcs"] if kind == "MultiPolygon" else []


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    (scale_x, scale_y), (first_x, first_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale_x + first_x, y * scale_y + first_y))
        yield points


def _directed(arcs: Sequence[list[Point]], number: int) -> list[Point]:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Douglas and Peucker's: no point left out lies further than ``tolerance`` from what is drawn."""
    closed = points[0] == points[-1]
    if len(points) <= FEWEST:
        return points
    kept = {0, len(points) - 1}
    if closed:
        kept.add(max(range(len(points)), key=lambda at: _square(points[0], points[at])))
    waiting = list(pairwise(sorted(kept)))
    while waiting:
        first, last = waiting.pop()
        furthest, distance = 0, tolerance**2
        for at in range(first + 1, last):
            if (off := _off(points[at], points[first], points[last])) > distance:
                furthest, distance = at, off
        if furthest:
            kept.add(furthest)
            waiting += [(first, furthest), (furthest, last)]
    simple = [points[at] for at in sorted(kept)]
    return simple if not closed or len(simple) > FEWEST else points


def _square(one: Point, other: Point) -> float:
    across = (one[0] - other[0]) * cos(radians(one[1]))
    return float(across**2 + (one[1] - other[1]) ** 2)


def _off(point: Point, first: Point, last: Point) -> float:
    """The square of the distance from a stretch."""
    shrink = cos(radians(point[1]))
    x, y = (point[0] - first[0]) * shrink, point[1] - first[1]
    dx, dy = (last[0] - first[0]) * shrink, last[1] - first[1]
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return float((x - along * dx) ** 2 + (y - along * dy) ** 2)
