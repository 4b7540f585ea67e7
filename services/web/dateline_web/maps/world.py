"""The world's outlines and places, as ``scripts/build-maps`` writes them into one file; read once, when first asked.

After the magic bytes come eight sections, each with its length before it: heads and points of the fine rings, the same
of the middling and the coarse ones, the numbers of places and their slugs. All numbers are little-endian.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from math import hypot
from pathlib import Path
from struct import Struct
from typing import Final

MAGIC: Final = b"DATELINE-WORLD-1"
SECTION: Final = Struct("<I")
RING: Final = Struct("<2sIiifff")
"""A ring's country, number of points, first point in steps, and the cap in which it lies: latitude, longitude,
degrees."""
PLACE: Final = Struct("<ffIf")
"""Latitude, longitude, population, how wide a region is in km (0: a city)."""
STEPS: Final = 250
"""Steps of a degree in which points are kept: less than half a kilometre."""

RUN: Final = 64
"""Points of a ring that are looked at together."""

_FILE: Final = Path(__file__).with_name("world.bin")


@dataclass(frozen=True, slots=True)
class Ring:
    """An outline: the country's code, the cap of the sphere in which it lies, and where its points stand."""

    code: str
    lat: float
    lon: float
    radius: float
    size: int
    first: tuple[int, int]
    at: int


Reaches = Callable[[float, float, float], bool]
"""Whether what lies within so many degrees (the third) of a latitude and longitude may be on a map."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """All rings of one fineness."""

    rings: Sequence[Ring]
    steps: array[int]
    _runs: dict[int, list[tuple[float, float, float]]] = field(default_factory=dict)

    def points(self, ring: Ring, reaches: Reaches) -> Iterator[tuple[float, float]]:
        """Longitude and latitude of the points, in degrees; of a run of them that reaches no map only the first."""
        end = ring.at + 2 * (ring.size - 1)
        across = list(accumulate(self.steps[ring.at : end : 2], initial=ring.first[0]))
        along = list(accumulate(self.steps[ring.at + 1 : end : 2], initial=ring.first[1]))
        if ring.at not in self._runs:
            self._runs[ring.at] = [_cap(across, along, first) for first in range(0, ring.size, RUN)]
        for first, cap in zip(range(0, ring.size, RUN), self._runs[ring.at], strict=True):
            last = first + RUN if reaches(*cap) else first + 1
            yield from ((x / STEPS, y / STEPS) for x, y in zip(across[first:last], along[first:last], strict=True))


def _cap(across: Sequence[int], along: Sequence[int], first: int) -> tuple[float, float, float]:
    """Where a run of points lies, with the first of the next: its middle, and degrees that are never too few."""
    xs, ys = across[first : first + RUN + 1], along[first : first + RUN + 1]
    west, east, south, north = min(xs) / STEPS, max(xs) / STEPS, min(ys) / STEPS, max(ys) / STEPS
    return (south + north) / 2, (west + east) / 2, hypot(north - south, east - west) / 2


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A city or region of the vocabulary. ``wide``: how far a region goes from its middle, in km; 0 for a city."""

    slug: str
    lat: float
    lon: float
    population: int
    wide: float


@dataclass(frozen=True, slots=True)
class World:
    """The outlines and the places, from south to north."""

    fine: Outlines
    middling: Outlines
    coarse: Outlines
    lats: Sequence[float]
    numbers: bytes
    slugs: Sequence[str]
    number_of: Mapping[str, int]

    def find(self, slug: str) -> KnownPlace | None:
        """The city or region of a slug."""
        number = self.number_of.get(slug)
        return None if number is None else self._place(number)

    def places_between(self, south: float, north: float) -> Iterator[KnownPlace]:
        """All between two latitudes."""
        return map(self._place, range(bisect_left(self.lats, south), bisect_right(self.lats, north)))

    def _place(self, number: int) -> KnownPlace:
        return KnownPlace(self.slugs[number], *PLACE.unpack_from(self.numbers, number * PLACE.size))


@cache
def world() -> World:
    """The world of the package."""
    data = zlib.decompress(_FILE.read_bytes())
    *outlines, numbers, names = _sections(data)
    fine, middling, coarse = map(_outlines, outlines[::2], outlines[1::2])
    slugs = names.decode().split("\n")
    return World(
        fine=fine,
        middling=middling,
        coarse=coarse,
        lats=array("f", (row[0] for row in PLACE.iter_unpack(numbers))),
        numbers=numbers,
        slugs=slugs,
        number_of={slug: number for number, slug in enumerate(slugs)},
    )


def _sections(data: bytes) -> Iterator[bytes]:
    at = len(MAGIC)
    while at < len(data):
        (length,) = SECTION.unpack_from(data, at)
        at += SECTION.size
        yield data[at : at + length]
        at += length


def _outlines(heads: bytes, points: bytes) -> Outlines:
    steps = array("h", points)
    if sys.byteorder == "big":
        steps.byteswap()
    rings, at = [], 0
    for code, size, x, y, lat, lon, radius in RING.iter_unpack(heads):
        rings.append(Ring(code.decode(), lat, lon, radius, size, (x, y), at))
        at += 2 * (size - 1)
    return Outlines(rings, steps)
