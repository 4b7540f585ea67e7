"""Quoted-printable values (RFC 2045 section 6.7), in which vCalendar 1.0 writes all that isn't ASCII."""

from __future__ import annotations

import re
from quopri import decodestring
from typing import Final

from dateline.formats.ics.encodings.charset import codec_named
from dateline.formats.ics.encodings.charset_guess import MOST_GUESSED_FROM, guess_charset
from dateline.formats.ics.encodings.language_hints import languages_of_countries, languages_said

_SOFT: Final = re.compile(rb"=[ \t]*\r?\n(?!(?:BEGIN|END):)")
_SOFTLY_BROKEN: Final = re.compile(
    rb"^[A-Z0-9-]{1,60};[^:\r\n]{0,200}QUOTED-PRINTABLE[^:\r\n]{0,200}:(?:[^\r\n]*=[ \t]*\r?\n(?!(?:BEGIN|END):))+",
    re.IGNORECASE | re.MULTILINE,
)
_FOLD: Final = re.compile(r"(?:\r?\n)+[ \t]")
_HEAD: Final = re.compile(r"[A-Z0-9-]{1,60};[^:\"]{0,200}QUOTED-PRINTABLE(?=[;:])[^:\"]{0,200}:", re.IGNORECASE)
_CHARSET: Final = re.compile(r";CHARSET=([^;:]{1,40})", re.IGNORECASE)
_ENCODING: Final = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE|;CHARSET=[^;:]{0,40}", re.IGNORECASE)


def without_soft_breaks(data: bytes) -> bytes:
    """A calendar whose quoted-printable lines are whole: a fold of RFC 5545 would be read into them."""
    if b"=" not in data or b"QUOTED-PRINTABLE" not in data.upper():
        return data
    return _SOFTLY_BROKEN.sub(lambda found: _SOFT.sub(b"", found[0]), data)


def charset_of_values(text: str, data: bytes) -> str:
    """The charset of quoted-printable values that aren't in the one they name, nor UTF-8: guessed once for all of a
    calendar (``data``, read as ``text``); empty where there are none."""
    if "QUOTED-PRINTABLE" not in text.upper():
        return ""
    foreign = b""
    for line in _FOLD.sub("", text).split("\n"):
        if (head := _HEAD.match(line)) and _told(value := _value(line.rstrip("\r"), head), head) is None:
            foreign += value + b"\n"
        if len(foreign) > MOST_GUESSED_FROM:
            break
    return guess_charset(foreign, languages_said(data), languages_of_countries(data)) if foreign else ""


def decoded(line: str, charset: str) -> tuple[str, bool]:
    """A content line with its value as text, without ENCODING and CHARSET; any other line as it is. And whether it was
    read in ``charset``, the one guessed, since it isn't in its own, nor UTF-8.

    Breaks of the text are escaped (``\\n``).
    """
    head = _HEAD.match(line)
    if head is None:
        return line, False
    value = _value(line, head)
    told = _told(value, head)
    text = value.decode(charset or "cp1252", "replace") if told is None else told
    return _ENCODING.sub("", head[0]) + re.sub(r"\r\n|\r|\n", r"\\n", text), told is None


def _value(line: str, head: re.Match[str]) -> bytes:
    return decodestring(line[head.end() :].encode())


def _told(value: bytes, head: re.Match[str]) -> str | None:
    """A value in the CHARSET that its line names, else as UTF-8; None where it is neither."""
    said = _CHARSET.search(head[0])
    for name in filter(None, (codec_named(said[1]) if said else "", "utf-8")):
        try:
            return value.decode(name)
        except UnicodeError:
            continue
    return None
