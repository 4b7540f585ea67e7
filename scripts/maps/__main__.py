"""``scripts/build-maps ATLAS``: write world.bin, which ``dateline_web.maps.world`` reads, and say what is in it."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, radians, sin
from pathlib import Path
from typing import Final

from vocabulary import places

from dateline_web.maps.world import MAGIC, PLACE, RING, SECTION, STEPS
from maps.outlines import Point, rings_of

TARGET: Final = Path(__file__).resolve().parents[2] / "services/web/dateline_web/maps/world.bin"
LARGEST: Final = 1_500_000
FINE: Final = 0.004
MIDDLING: Final = 0.04
COARSE: Final = 0.15
"""Degrees: half a kilometre for most maps, four for those of half a continent, fifteen for the wider region."""
MARGIN: Final = 1.2
LEAST_WIDE: Final = 60.0
"""Kilometres around the middle of a region."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on record: ``wide`` is how far a region goes from its middle, in km; 0 for a city."""

    slug: str
    lat: float
    lon: float
    population: int
    wide: float = 0.0


def main() -> int:
    """Build the file; exit status 1 when it is too large to ship."""
    atlas = Path(sys.argv[1])
    fine = _rings(rings_of(atlas / "countries-10m.json", FINE))
    middling = _rings(rings_of(atlas / "countries-50m.json", MIDDLING))
    coarse = _rings(rings_of(atlas / "countries-110m.json", COARSE))
    found = _places(sorted(_all_places(), key=lambda place: (place.lat, place.slug)))
    data = zlib.compress(b"".join((MAGIC, *map(_section, (*fine, *middling, *coarse, *found)))), 9)
    TARGET.write_bytes(data)
    print(f"{len(fine[0]) // RING.size} rings, {len(found[0]) // PLACE.size} places, {len(data):,} bytes")
    return int(len(data) > LARGEST)


def _section(data: bytes) -> bytes:
    return SECTION.pack(len(data)) + data


def _rings(rings: Iterable[tuple[str, list[Point]]]) -> tuple[bytes, bytes]:
    heads, steps = [], array("h")
    for code, points in rings:
        lat, lon, radius = _cap(points)
        whole = [(round(x * STEPS), round(y * STEPS)) for x, y in points]
        heads.append(RING.pack(code.encode(), len(whole), *whole[0], lat, lon, radius))
        for (x, y), (to_x, to_y) in pairwise(whole):
            across = (to_x - x + 180 * STEPS) % (360 * STEPS) - 180 * STEPS
            steps.extend((across, to_y - y))
    if sys.byteorder == "big":
        steps.byteswap()
    return b"".join(heads), steps.tobytes()


def _cap(points: Sequence[Point]) -> tuple[float, float, float]:
    """The middle of the points on the sphere, and how many degrees they go from it."""
    vectors = [_vector(lat, lon) for lon, lat in points]
    x, y, z = (sum(axis) / len(vectors) for axis in zip(*vectors, strict=True))
    lat, lon = degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))
    middle = _vector(lat, lon)
    return lat, lon, max(_apart(middle, vector) for vector in vectors)


def _vector(lat: float, lon: float) -> tuple[float, float, float]:
    lat, lon = radians(lat), radians(lon)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


def _apart(one: Sequence[float], other: Sequence[float]) -> float:
    """Degrees between two points of the sphere."""
    chord = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
    return degrees(2 * asin(min(1.0, chord / 2)))


def _all_places() -> Iterator[Place]:
    cities: dict[str, list[tuple[float, float]]] = {}
    for row, lat, lon in places.cities_with_coordinates():
        yield Place(row.term.slug, lat, lon, row.weight)
        cities.setdefault(row.term.broader[0], []).append((lon, lat))
    for region in places.regions():
        if points := cities.get(region.slug):
            lat, lon, radius = _cap(points)
            yield Place(region.slug, lat, lon, 0, max(LEAST_WIDE, radius * 111.2 * MARGIN))


def _places(found: Sequence[Place]) -> tuple[bytes, bytes]:
    rows = [PLACE.pack(one.lat, one.lon, one.population, one.wide) for one in found]
    return b"".join(rows), "\n".join(one.slug for one in found).encode()


if __name__ == "__main__":
    sys.exit(main())
