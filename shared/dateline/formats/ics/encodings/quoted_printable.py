"""Quoted-printable values (RFC 2045 section 6.7), in which vCalendar 1.0 writes all that isn't ASCII."""

from __future__ import annotations

import re
from quopri import decodestring
from typing import Final

from dateline.formats.ics.encodings.charset import codec_named

_SOFT: Final = re.compile(rb"=[ \t]*\r?\n(?!(?:BEGIN|END):)")
_SOFTLY_BROKEN: Final = re.compile(
    rb"^[A-Z0-9-]{1,60};[^:\r\n]{0,200}QUOTED-PRINTABLE[^:\r\n]{0,200}:(?:[^\r\n]*=[ \t]*\r?\n(?!(?:BEGIN|END):))+",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD: Final = re.compile(r"[A-Z0-9-]{1,60};[^:\"]{0,200}QUOTED-PRINTABLE(?=[;:])[^:\"]{0,200}:", re.IGNORECASE)
_CHARSET: Final = re.compile(r";CHARSET=([^;:]{1,40})", re.IGNORECASE)
_ENCODING: Final = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE|;CHARSET=[^;:]{0,40}", re.IGNORECASE)


def without_soft_breaks(data: bytes) -> bytes:
    """A calendar whose quoted-printable lines are whole: a fold of RFC 5545 would be read into them."""
    if b"=" not in data or b"QUOTED-PRINTABLE" not in data.upper():
        return data
    return _SOFTLY_BROKEN.sub(lambda found: _SOFT.sub(b"", found[0]), data)


def decoded(line: str) -> str:
    """A content line with its value as text, without ENCODING and CHARSET; any other line as it is.

    Where it isn't in its CHARSET it is UTF-8, else windows-1252: a guess takes too long for each line of a calendar.
    Breaks of the text are escaped (``\\n``).
    """
    head = _HEAD.match(line)
    if head is None:
        return line
    value = decodestring(line[head.end() :].encode())
    charset = _CHARSET.search(head[0])
    text = _text(value, codec_named(charset[1]) if charset else "")
    return _ENCODING.sub("", head[0]) + re.sub(r"\r\n|\r|\n", r"\\n", text)


def _text(value: bytes, codec: str) -> str:
    for name in filter(None, (codec, "utf-8")):
        try:
            return value.decode(name)
        except UnicodeError:
            continue
    return value.decode("cp1252", "replace")
