"""Which map shows where something is: how much of the world, which neighbours, how long the scale is, what is wider."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dateline_web.maps.labels import Box, Label, Labels, width_of
from dateline_web.maps.outlines import Shapes, country_at, shapes_on
from dateline_web.maps.projection import DEGREE_KM, Point, Projection
from dateline_web.maps.world import KnownPlace, Outlines, world

WIDTH: Final = 320
HEIGHT: Final = 240
OWN_SIZE: Final = 14
SIZE: Final = 12
"""Font sizes of the place's name, and of its neighbours'."""
ACROSS: Final = (320.0, 640.0, 1280.0, 2560.0, 5120.0, 7680.0)
"""Kilometres: the first width of the map that shows enough neighbours."""
FEWEST: Final = 3
MOST: Final = 6
"""Neighbours that are named."""
LOOKED_AT: Final = 500
"""The largest places on the map for whose names there may be room."""
CLEAR: Final = 22.0
"""Units around a dot in which no neighbour is named: they are its suburbs."""
MIDDLE: Final = (WIDTH / 2, HEIGHT / 2)
INSET: Final = Box(WIDTH - 78.0, 6.0, WIDTH - 6.0, 78.0)
CORNER: Final = Box(INSET.left - 3, 0, WIDTH, INSET.bottom + 4)
"""What is kept free around it."""
INSET_ACROSS: Final = (3000.0, 12_000.0)
FINE_UP_TO: Final = 1500.0
WIDEST_WITH_INSET: Final = 2600.0
SCALE_LEFT: Final = 10.0
SCALE_Y: Final = HEIGHT - 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a map is of: a name and a point; ``wide`` is the width of the map in km where the thing itself has a width.
    ``code`` is the country that is shown whole."""

    name: str
    lat: float
    lon: float
    wide: float = 0.0
    code: str = ""

    @property
    def is_point(self) -> bool:
        """Whether a dot says where it is."""
        return not self.wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The scale bar: how many km, and how long that is."""

    km: int
    length: float

    @property
    def words(self) -> str:
        """'1,000 km'."""
        return f"{self.km:,} km"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """The wider region: its land, and what of it the map shows."""

    shapes: Shapes
    shown: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorMap:
    """A map, ready to be written. ``own`` is the code of the country in which it is, "" at sea."""

    subject: Subject
    shapes: Shapes
    own: str
    label: Label | None
    neighbours: Sequence[Label]
    scale: Scale
    inset: Inset | None


def locator_map(subject: Subject, name_of: Callable[[str], str | None]) -> LocatorMap:
    """The map of ``subject``; ``name_of`` gives a place's name by its slug, None for one that isn't shown."""
    for across in (subject.wide,) if subject.wide else ACROSS:
        projection = Projection(subject.lat, subject.lon, across, WIDTH, HEIGHT)
        inset, scale = across <= WIDEST_WITH_INSET, _scale(projection)
        labels = Labels(WIDTH, HEIGHT, [_box_of(scale), *([CORNER] if inset else [])])
        own = _own_label(subject, labels)
        neighbours = _named(_near(projection, subject), labels, name_of)
        if len(neighbours) >= FEWEST:
            break
    shapes = shapes_on(projection, _outlines(projection))
    return LocatorMap(
        subject=subject, shapes=shapes, own=subject.code or country_at(shapes, MIDDLE), label=own,
        neighbours=neighbours, scale=scale, inset=_inset(projection) if inset else None,
    )  # fmt: skip


def _own_label(subject: Subject, labels: Labels) -> Label | None:
    """A place's name beside its dot, a region's in the middle; a country is known by its shape."""
    if subject.code:
        return None
    if subject.is_point:
        return labels.place(subject.name, MIDDLE, OWN_SIZE, dot_size=4.5)
    return labels.middle(subject.name, MIDDLE, OWN_SIZE)


def _outlines(projection: Projection) -> Outlines:
    """As fine as is seen."""
    return world().fine if projection.across <= FINE_UP_TO else world().middling


def _near(projection: Projection, subject: Subject) -> Iterator[tuple[KnownPlace, Point]]:
    """The largest cities on the map and where they are, the largest first; not the place itself, nor its suburbs."""
    reach = projection.reach
    clear = CLEAR * projection.km / DEGREE_KM if subject.is_point else 0.0
    found = [
        place
        for place in world().places_between(projection.lat - reach, projection.lat + reach)
        if place.population and clear <= projection.apart(place.lat, place.lon) < reach
    ]
    found.sort(key=lambda place: (-place.population, place.slug))
    points = projection.points((place.lon, place.lat) for place in found[:LOOKED_AT])
    return zip(found, points, strict=False)


def _named(
    near: Iterator[tuple[KnownPlace, Point]], labels: Labels, name_of: Callable[[str], str | None]
) -> Sequence[Label]:
    """The names of the largest for which there is room."""
    named: list[Label] = []
    for place, point in near:
        if len(named) == MOST:
            break
        on_map = 0 < point[0] < WIDTH and 0 < point[1] < HEIGHT
        if on_map and (name := name_of(place.slug)) and (label := labels.place(name, point, SIZE)):
            named.append(label)
    return named


def _scale(projection: Projection) -> Scale:
    """The longest round number of km that is at most a quarter of the map's width."""
    most, km = projection.across / 4, 1
    for power in range(5):
        km = max([km, *(one * 10**power for one in (1, 2, 5) if one * 10**power <= most)])
    return Scale(km=km, length=km / projection.km)


def _box_of(scale: Scale) -> Box:
    """Where the scale bar and its number stand."""
    return Box(0, SCALE_Y - SIZE - 6, SCALE_LEFT + max(scale.length, width_of(scale.words, SIZE)) + 4, HEIGHT)


def _inset(shown: Projection) -> Inset:
    """The region around; where that has no land, half the world."""
    wide, high = INSET.right - INSET.left, INSET.bottom - INSET.top
    for across in INSET_ACROSS:
        projection = Projection(shown.lat, shown.lon, across, wide, high)
        if shapes := shapes_on(projection, world().coarse):
            break
    half_wide, half_high = shown.across / projection.km / 2, shown.height * shown.km / projection.km / 2
    middle_x, middle_y = wide / 2, high / 2
    box = Box(middle_x - half_wide, middle_y - half_high, middle_x + half_wide, middle_y + half_high)
    return Inset(shapes=shapes, shown=box)
