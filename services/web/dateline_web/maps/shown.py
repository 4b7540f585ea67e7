"""A map as a page shows it, and as it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import Response

from dateline.errors import NotFound
from dateline.http.setup import content_security_policy
from dateline_web.maps.locator import HEIGHT, WIDTH, Subject
from dateline_web.maps.places import draw
from dateline_web.maps.svg import STYLE_SOURCE

KEPT: Final = 200
"""Maps that a process keeps: a few hundred milliseconds each, and a few kB."""
_ZOOMS: Final = ((0.0, 15), (300.0, 8), (1000.0, 6), (3000.0, 4), (9000.0, 3))
"""OpenStreetMap's zoom for a map from so many km on."""

_drawn = lru_cache(maxsize=KEPT)(draw)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMap:
    """A map at ``path``, of ``subject``; ``near`` says that a point is an address, and not a town."""

    subject: Subject
    path: str
    near: bool = False
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def words(self) -> str:
        """What stands for the picture."""
        return f"Map: where {self.subject.name} is"

    @property
    def openstreetmap(self) -> str:
        """The same place on OpenStreetMap."""
        lat, lon = round(self.subject.lat, 5), round(self.subject.lon, 5)
        zoom = max(zoom for wide, zoom in _ZOOMS if self.subject.wide <= wide or wide == _ZOOMS[-1][0])
        if self.subject.is_point and not self.near:
            zoom = 11
        mark = f"?mlat={lat}&mlon={lon}" if self.subject.is_point else ""
        return f"https://www.openstreetmap.org/{mark}#map={zoom}/{lat}/{lon}"


def shown_map(subject: Subject | None, path: str, *, near: bool = False) -> ShownMap | None:
    """The map of ``subject`` at ``path``, where there is one."""
    return ShownMap(subject=subject, path=path, near=near) if subject else None


def map_answer(subject: Subject | None) -> Response:
    """The map itself. Raises ``NotFound`` where there is none."""
    if subject is None:
        raise NotFound("Where this is, no map knows.")
    answer = Response(_drawn(subject), mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = content_security_policy({"style-src": STYLE_SOURCE})
    return answer
