"""Lambert's azimuthal equal-area projection around one point: true at the middle, and the same at the poles and where
the day changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import acos, cos, degrees, radians, sin, sqrt
from typing import Final

EARTH_KM: Final = 6371.0
DEGREE_KM: Final = 111.2
_FURTHEST: Final = 1e-9
"""The point on the other side of the earth is nowhere; it lies as far away as can be."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Projection:
    """Around ``lat`` and ``lon``, which is the middle of a map of ``width`` by ``height`` units, ``across`` km wide; y
    goes down."""

    lat: float
    lon: float
    across: float
    width: float
    height: float

    @cached_property
    def km(self) -> float:
        """Kilometres of one unit, at the middle."""
        return self.across / self.width

    @cached_property
    def reach(self) -> float:
        """Degrees from the middle to a corner."""
        return sqrt(self.across**2 + (self.height * self.km) ** 2) / 2 / DEGREE_KM

    @cached_property
    def _middle(self) -> tuple[float, float, float]:
        return sin(radians(self.lat)), cos(radians(self.lat)), radians(self.lon)

    def points(self, places: Iterable[Point]) -> list[Point]:
        """Where places (longitude, latitude in degrees) are on the map."""
        sin0, cos0, lon0 = self._middle
        scale = EARTH_KM / self.km
        middle_x, middle_y = self.width / 2, self.height / 2
        found = []
        for lon, lat in places:
            lat, turn = radians(lat), radians(lon) - lon0
            sin1, cos1 = sin(lat), cos(lat)
            level = cos1 * cos(turn)
            k = scale * sqrt(2 / max(_FURTHEST, 1 + sin0 * sin1 + cos0 * level))
            found.append((middle_x + k * cos1 * sin(turn), middle_y - k * (cos0 * sin1 - sin0 * level)))
        return found

    def reaches(self, lat: float, lon: float, radius: float) -> bool:
        """Whether what lies within ``radius`` degrees of a point may be on the map."""
        most = radius + self.reach
        return abs(lat - self.lat) <= most and self.apart(lat, lon) <= most

    def apart(self, lat: float, lon: float) -> float:
        """Degrees between the middle and another point."""
        sin0, cos0, lon0 = self._middle
        lat = radians(lat)
        level = sin0 * sin(lat) + cos0 * cos(lat) * cos(radians(lon) - lon0)
        return degrees(acos(max(-1.0, min(1.0, level))))
