"""What a file says of its picture in words: caption, credit, rights, date and place, out of XMP, IPTC-IIM and EXIF.

Where more than one says it, XMP goes before IPTC, and that before EXIF. Neither where exactly it was taken (GPS) nor
what the camera's number is is read. Nothing is decoded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from dateline.pictures.file_type import read_container
from dateline.pictures.metadata.exif import read_exif
from dateline.pictures.metadata.iptc import read_iptc
from dateline.pictures.metadata.xmp import read_xmp
from dateline.schemas.picture import shown_address

_MOST: Final = {"caption": 2_000, "copyright": 300, "licence": 300, "licence_url": 500}
_OTHERS: Final = 200
_MOST_NAMES: Final = 50
_DATE: Final = re.compile(
    r"(\d{4})[:-]?(\d\d)[:-]?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)
_EMPTY: Final = re.compile(
    r"^(olympus digital camera|default|untitled|sony dsc|digital camera|screenshot|picasa)?$", re.I
)
"""What cameras and programs write where nobody wrote anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """What a file says of its picture, named as the fields of ``domain.picture.Picture``; "" and () where nothing."""

    caption: str = ""
    credit: str = ""
    byline: str = ""
    copyright: str = ""
    licence: str = ""
    licence_url: str = ""
    source: str = ""
    taken_at: str = ""
    place: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def said(self) -> dict[str, Any]:
        """The fields that the file says something of."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


def file_words(path: Path) -> FileWords:
    """What the picture in a file says of itself. Raises ``InvalidInput`` where there is none (``describe_file``)."""
    found = read_container(path)
    xmp, iptc, exif = read_xmp(found.xmp), read_iptc(found.iptc), read_exif(found.exif)
    texts = dict(reversed(found.texts))

    def first(*names: str) -> str:
        """The first of these that there is."""
        every = (_named(name, xmp, iptc, exif, texts) for name in names)
        return next((text for values in every for one in values if (text := _tidy(one))), "")

    words = {
        "caption": first("dc:description", "iptc.caption", "exif.description", "exif.comment", "text.Description",
                         "photoshop:Headline", "iptc.headline", "dc:title", "text.Title"),
        "credit": first("photoshop:Credit", "iptc.credit"),
        "byline": first("dc:creator", "iptc.byline", "exif.artist", "exif.author", "text.Author"),
        "copyright": first("dc:rights", "iptc.copyright", "exif.copyright", "text.Copyright"),
        "licence": first("rights:UsageTerms", "plus:LicensorNotes"),
        "licence_url": shown_address(first("rights:WebStatement", "plus:LicensorURL")),
        "source": first("photoshop:Source", "iptc.source"),
    }  # fmt: skip
    texts_of: dict[str, Any] = {name: text[: _MOST.get(name, _OTHERS)] for name, text in words.items()}
    return FileWords(
        **texts_of,
        taken_at=_taken(first("photoshop:DateCreated"), iptc, exif, first("xmp:CreateDate")),
        place=_place(first)[:_OTHERS],
        keywords=_names([*xmp.get("dc:subject", ()), *iptc.get("keyword", ())]),
        people=_names(xmp.get("ext:PersonInImage", ())),
    )


def _named(
    name: str,
    xmp: Mapping[str, Sequence[str]],
    iptc: Mapping[str, Sequence[str]],
    exif: Mapping[str, str],
    texts: Mapping[str, str],
) -> Sequence[str]:
    """The values of ``dc:rights``, ``iptc.byline``, ``exif.artist`` or ``text.Title``."""
    block, dot, rest = name.partition(".")
    if not dot:
        return xmp.get(name, ())
    return iptc.get(rest, ()) if block == "iptc" else [(exif if block == "exif" else texts).get(rest, "")]


def _taken(said: str, iptc: Mapping[str, Sequence[str]], exif: Mapping[str, str], made: str) -> str:
    """The day, and the time where it is told, as ISO 8601 without more than was said."""
    agency = " ".join(iptc[name][0] for name in ("date", "time") if name in iptc)
    camera = exif.get("taken", "") + (exif.get("offset", "") if exif.get("taken") else "")
    for text in (said, camera, agency, made):
        if (match := _DATE.match(text)) and "1800" < match[1] < "2200" and "00" < match[2] < "13" and match[3] != "00":
            year, month, day, hour, minute, second, offset = match.groups()
            clock = f"T{hour}:{minute}:{second or '00'}{offset or ''}" if hour else ""
            return f"{year}-{month}-{day}{clock}"
    return ""


def _place(first: Callable[..., str]) -> str:
    """The place in words, from the narrow to the wide: never coordinates."""
    parts = [
        first("iptc:Location", "iptc.sublocation"),
        first("photoshop:City", "iptc.city"),
        first("photoshop:State", "iptc.region"),
        first("photoshop:Country", "iptc.country"),
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _names(values: Iterable[str]) -> tuple[str, ...]:
    tidy = (_tidy(value)[:_OTHERS] for value in values)
    return tuple(dict.fromkeys(one for one in tidy if one))[:_MOST_NAMES]


def _tidy(text: str) -> str:
    """A text without control characters and doubled spaces; nothing where a program wrote it for want of words."""
    plain = " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())
    return "" if _EMPTY.match(plain) else plain
