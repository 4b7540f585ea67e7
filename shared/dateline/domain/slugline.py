"""Sluglines by the house's pattern: ``{PLACE}-{words}`` makes ``BREST-bridge-opens`` of a place and a headline."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from dateline.domain.slugline_pattern import pieces
from dateline.domain.slugs import slug_of

MOST_WORDS: Final = 3
SHORTEST: Final = 4
"""Letters of a word of the headline that is taken: shorter ones say little."""

_DOUBLED: Final = re.compile(r"([^\w\s])[^\w\s]+")


def make_slugline(pattern: str, *, section: str, place: str, headline: str, day: date) -> str:
    """The slugline of a story of ``day``; separators around what it lacks are left out."""
    parts = {
        "section": section,
        "place": slug_of(place) if place.strip() else "",
        "words": _words(headline) if headline.strip() else "",
        "date": f"{day:%y%m%d}",
    }
    made = "".join(text + _as_named(name, parts) for text, name in pieces(pattern))
    return _DOUBLED.sub(r"\1", made).strip("-/_. ")


def _as_named(name: str, parts: dict[str, str]) -> str:
    part = parts.get(name.lower(), "")
    return part.upper() if name.isupper() else part


def _words(headline: str) -> str:
    """The first words of a headline that say something, as in an address."""
    words = [word for word in slug_of(headline).split("-") if word]
    telling = [word for word in words if len(word) >= SHORTEST or word.isdecimal()]
    return "-".join((telling or words)[:MOST_WORDS])
