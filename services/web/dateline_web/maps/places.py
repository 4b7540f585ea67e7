"""What a map of a place or of an event is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Final

from dateline.domain.document import EventDocument, TermDocument
from dateline.domain.event import Location
from dateline.vocabulary import find_shipped, shipped
from dateline_web.maps.locator import HEIGHT, WIDTH, LocatorMap, Subject, locator_map
from dateline_web.maps.projection import DEGREE_KM, Projection
from dateline_web.maps.svg import write_svg
from dateline_web.maps.world import Ring, world

ISO: Final = "iso3166:"
SMALL_COUNTRY_KM: Final = 150.0
"""A country that is smaller is shown as a town is: by a dot."""
AROUND: Final = 1.15
LEAST_KM: Final = 240.0
MOST_KM: Final = 9000.0
LARGE: Final = 0.12
"""What part of a country's largest land another piece must have, across, so that its map shows it too."""
GAP: Final = 6.0
"""Degrees of sea between pieces of land that are shown together; overseas ones lie further away."""


def subject_of_place(term: TermDocument) -> Subject | None:
    """What the map of a place shows; None where it is not known where that is (a sea, an editor's place)."""
    code = next((one.removeprefix(ISO) for one in term.same_as if one.startswith(ISO)), "")
    if code:
        return _country(term, code)
    if place := world().find(term.slug):
        wide = min(MOST_KM, max(LEAST_KM, place.wide * 2)) if place.wide else 0.0
        return Subject(name=term.label, lat=place.lat, lon=place.lon, wide=wide)
    return None


def subject_of_event(event: EventDocument) -> Subject | None:
    """What the map of an event shows; None where its coordinates aren't known."""
    place = event.location
    return None if place is None else subject_at(place)


def subject_at(location: Location) -> Subject | None:
    """A location that has coordinates."""
    if location.lat is None or location.lon is None:
        return None
    return Subject(name=location.name or location.city or "Here", lat=location.lat, lon=location.lon)


def draw(subject: Subject) -> bytes:
    """The map as SVG."""
    drawn = locator_map(subject, partial(_name_in, subject.code))
    if subject.code and not drawn.neighbours:  # islands without a town of size: where they lie says more
        return draw(replace(subject, wide=0.0, code=""))
    return write_svg(drawn, f"Map: {subject.name}", described(drawn))


def described(drawn: LocatorMap) -> str:
    """What the map shows, in a sentence."""
    named = ", ".join(label.text for label in drawn.neighbours)
    beside = f", with {named}" if named else ""
    return f"{drawn.subject.name} on a map{beside}. The bar is {drawn.scale.words} long."


def _name_in(code: str, slug: str) -> str | None:
    """The name of a shipped place; None for one outside the country that is meant."""
    term = find_shipped("place", slug)
    if term is None or (code and not any(f"{ISO}{code}" in above.same_as for above in shipped().ancestors(term))):
        return None
    return term.label


def _country(term: TermDocument, code: str) -> Subject | None:
    """A country, so that the whole of it is seen but for what lies overseas; a very small one as its town."""
    rings = sorted((ring for ring in world().fine.rings if ring.code == code), key=lambda ring: -ring.radius)
    if not rings:
        town = world().find(f"{term.slug}-{code.lower()}")
        return Subject(name=term.label, lat=town.lat, lon=town.lon) if town else None
    lat, lon, radius = _together(rings)
    high = 2 * radius * DEGREE_KM * AROUND
    if high < SMALL_COUNTRY_KM:
        return Subject(name=term.label, lat=lat, lon=lon)
    return Subject(
        name=term.label, lat=lat, lon=lon, wide=min(MOST_KM, max(LEAST_KM, high * WIDTH / HEIGHT)), code=code
    )


def _together(rings: Sequence[Ring]) -> tuple[float, float, float]:
    """The middle and the radius of the largest ring with those near it; the largest come first."""
    largest = rings[0]
    near = [largest]
    for ring in rings[1:]:
        if ring.radius >= LARGE * largest.radius and any(_gap(ring, other) <= GAP for other in near):
            near.append(ring)
    x, y, z = (sum(ring.radius**2 * axis(ring) for ring in near) for axis in (_x, _y, _z))
    middle = Projection(degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x)), 1, 1, 1)
    return middle.lat, middle.lon, max(middle.apart(ring.lat, ring.lon) + ring.radius for ring in near)


def _gap(one: Ring, other: Ring) -> float:
    return Projection(one.lat, one.lon, 1, 1, 1).apart(other.lat, other.lon) - one.radius - other.radius


def _x(ring: Ring) -> float:
    return cos(radians(ring.lat)) * cos(radians(ring.lon))


def _y(ring: Ring) -> float:
    return cos(radians(ring.lat)) * sin(radians(ring.lon))


def _z(ring: Ring) -> float:
    return sin(radians(ring.lat))
