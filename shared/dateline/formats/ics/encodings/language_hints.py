"""What the ASCII of a calendar says of its language, before its other characters can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from babel.core import get_global
from babel.languages import get_official_languages
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

MOST_HINTS: Final = 200

_LANGUAGE: Final = re.compile(
    rb"(?:;LANGUAGE=\"?|^X-(?:WR-|MS-OLK-)?(?:LANGUAGE|LANG|LOCALE)(?:;[^:\r\n]{0,100})?:|^CONTENT-LANGUAGE:)"
    rb"([A-Z]{2,3}(?:[-_][A-Z]{2,8}){0,2})\b",
    re.IGNORECASE | re.MULTILINE,
)
_PRODUCT: Final = re.compile(rb"^PRODID[^:\r\n]{0,100}:[^\r\n]{0,300}//([A-Z]{2}(?:-[A-Z]{2})?)\s*$", re.I | re.M)
"""The last part of a formal identifier is its language; nearly every program writes EN, which says nothing."""
_ZONE: Final = re.compile(
    rb"(?:TZID\s?[=:]|^X-WR-TIMEZONE:|^X-LIC-LOCATION:)\"?([^\r\n:;\"]{3,80})", re.IGNORECASE | re.MULTILINE
)
_PLACE: Final = re.compile(
    r"(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_]+(?:/[A-Za-z_]+)?"
)
_CHARSET: Final = re.compile(rb"(?:;CHARSET=\"?|^X-(?:WR-)?CHARSET:)([A-Z0-9_-]{3,20})", re.IGNORECASE | re.MULTILINE)
_SAME: Final = {"no": "da", "nb": "da", "nn": "da", "fi": "sv", "sl": "hr", "bs": "hr", "mk": "sr", "iw": "he"}
"""Languages whose marked letters another one has too."""


def languages_said(data: bytes) -> tuple[str, ...]:
    """The languages that a calendar names."""
    found = [match[1] for match in islice(_LANGUAGE.finditer(data), MOST_HINTS)]
    found += [match[1] for match in islice(_PRODUCT.finditer(data), 1) if not match[1].upper().startswith(b"EN")]
    return tuple(dict.fromkeys(_code(one.decode()) for one in found))


def languages_of_countries(data: bytes) -> tuple[str, ...]:
    """The languages of the countries whose time zones a calendar names."""
    names = dict.fromkeys(match[1] for match in islice(_ZONE.finditer(data), MOST_HINTS))
    return tuple(dict.fromkeys(language for name in names for language in _of_zone(name)))


def charset_said(data: bytes) -> str:
    """The charset that a calendar's properties name (vCalendar 1.0); empty where none does."""
    found = _CHARSET.search(data)
    return found[1].decode() if found else ""


@lru_cache(maxsize=512)
def _of_zone(name: bytes) -> tuple[str, ...]:
    text = name.decode("ascii", "replace").strip()
    found = _PLACE.search(WINDOWS_TO_OLSON.get(text, text))
    territory = get_global("zone_territories").get(found[0]) if found else None
    return tuple(_codes(territory)) if territory else ()


def _codes(territory: str) -> Iterator[str]:
    for code in get_official_languages(territory, de_facto=True):
        yield _code(code)


def _code(tag: str) -> str:
    """A language tag as this package names its languages: Chinese by its letters, others by the language alone."""
    parts = tag.replace("_", "-").lower().split("-")
    if parts[0] == "zh":
        return "zh-hant" if {"hant", "tw", "hk", "mo"} & {*parts} else "zh"
    return _SAME.get(parts[0], parts[0])
