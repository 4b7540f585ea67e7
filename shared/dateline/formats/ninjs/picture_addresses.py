"""Whether two addresses are of one picture: however the host is written, and in whatever size it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from dateline.domain.web_address import MOST_CHARACTERS

_SIZES: Final = frozenset({
    "w", "h", "width", "height", "q", "quality", "fit", "crop", "resize", "size", "dpr", "auto", "format", "fm", "v",
    "ver", "strip", "ssl", "zoom",
})  # fmt: skip
"""What services that resize pictures are asked."""
_OF_A_SIZE: Final = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|@[1-4]x)(?=\.\w{2,5}$)", re.ASCII)
"""How WordPress and others name a picture's smaller files."""
_PICTURE: Final = re.compile(r"\.(?:jpe?g|jpe|jfif|png|webp|avif|gif|tiff?|svg|bmp|heic|heif|jp2|jxl)$", re.IGNORECASE)
_DEFAULT_PORT: Final = re.compile(r":(?:80|443)?$")

_Place = tuple[str, frozenset[tuple[str, str]]]
"""Host and path, and what is asked besides a size; of a file of a picture nothing is."""


def is_among(address: str, pictures: frozenset[str]) -> bool:
    """Whether ``address`` is of one of ``pictures``, itself or by a service that resizes what another address has."""
    if not pictures:
        return False
    if address in pictures:
        return True
    known = _by_name(pictures)
    return any(_is_same(place, one) for place in _places(address) for one in known.get(_name(place), ()))


def is_picture_file(address: str) -> bool:
    """Whether an address of the web names a picture by its ending."""
    place = _place(address)
    return place is not None and _PICTURE.search(place[0]) is not None


@lru_cache(maxsize=8)
def _by_name(pictures: frozenset[str]) -> Mapping[str, Sequence[_Place]]:
    """Where pictures are, by the last part of their paths."""
    found: dict[str, list[_Place]] = {}
    for place in map(_place, pictures):
        if place:
            found.setdefault(_name(place), []).append(place)
    return found


def _name(place: _Place) -> str:
    return place[0].rpartition("/")[2]


def _is_same(place: _Place, known: _Place) -> bool:
    if place[0] != known[0] and not place[0].endswith(f"/{known[0]}"):
        return False
    return known[1] <= place[1]


def _places(address: str) -> Iterator[_Place]:
    if place := _place(address):
        yield place
        yield from (inner for _, value in _asked(address) if (inner := _place(value)))


@lru_cache(maxsize=1_000)
def _place(address: str) -> _Place | None:
    """Where something is; None for what is no address of the web."""
    if len(address) > MOST_CHARACTERS:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https", "") or not parts.netloc:
        return None
    host = _DEFAULT_PORT.sub("", parts.netloc.rpartition("@")[2].lower()).rstrip(".").removeprefix("www.")
    path = _OF_A_SIZE.sub("", unquote(parts.path))
    place = re.sub(r"/+", "/", f"{host}{path}").rstrip("/")
    asked = () if _PICTURE.search(place) else _asked(address)
    return place, frozenset((name, value) for name, value in asked if name.lower() not in _SIZES)


def _asked(address: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(address.strip()).query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return []
