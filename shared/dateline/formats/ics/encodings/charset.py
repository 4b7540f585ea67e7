"""The characters of a calendar: UTF-8 as RFC 5545 section 3.1.4 says, else what old programs wrote it in.

A byte order mark says it, or the zeros of UTF-16, else the charset of the request, else it is guessed. A few bytes that
are no UTF-8 make no other charset of it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dateline.formats.ics.encodings.charset_guess import guess_charset
from dateline.formats.ics.encodings.damaged_utf8 import mended_utf8
from dateline.formats.ics.encodings.language_hints import charset_said, languages_of_countries, languages_said

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_KNOWN: Final = re.compile(
    r"utf-?8|utf-?(16|32)(-?[lb]e)?|us-ascii|ascii|latin-?[0-9]{1,2}|iso-?8859-?[0-9]{1,2}(-[ie])?|(windows|cp)-?[0-9]{3,4}"
    r"|koi8-?[rut]|gb2312|gbk|gb18030|big5(-?hkscs)?|shift[_-]jis|euc-(jp|kr)|iso-2022-(jp|kr)|mac(intosh|-?cyrillic)|tis-620"
)
"""Charsets of text; Python knows codecs that are none, or that take long."""
_AS_BROWSERS: Final = re.compile(r"us-ascii|ascii|latin-?1|iso-?8859-?1")
"""What is sent under these names is windows-1252 (WHATWG Encoding, section 4.2)."""
_FOLD: Final = re.compile(rb"(?:\r?\n)+[ \t]")
_SHIFTED: Final = ((rb"\x1b\$[@B]|\x1b\([IJ]", "iso2022_jp_2"), (rb"\x1b\$\)C", "iso2022_kr"))
"""Charsets of seven bits, which say where they begin: read as UTF-8 they would be ASCII."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a calendar, the charset in which it was read, whether that is a guess, and whether U+FFFD stands for
    bytes that are none of it."""

    text: str
    charset: str
    guessed: bool = False
    damaged: bool = False


def read_text(data: bytes, charset: str = "") -> Decoded:
    """The text of a calendar. ``charset`` is what the request says."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return _decoded(rest, name) or _mended(rest, name) or _replaced(rest, name)
    tried = {""}
    for name in _told(data, charset):
        if name in tried:
            continue
        if found := _decoded(data, name) or _mended(data, name, is_said=codec_named(charset) == "utf-8"):
            return found
        tried.add(name)
    whole = _FOLD.sub(b"", data)
    values = b"\n".join(line.partition(b":")[2] for line in whole.split(b"\n") if not line.isascii())
    name = guess_charset(values, languages_said(data), languages_of_countries(data))
    return Decoded(text=whole.decode(name, "replace"), charset=name, guessed=True)


def _told(data: bytes, charset: str) -> Iterator[str]:
    """The charsets that are tried, in their order: zeros of UTF-16 and shifts are in no text of another one,
    while many a client says UTF-8 of every file."""
    yield _without_mark(data)
    if b"\x1b" in data:
        yield from (name for shift, name in _SHIFTED if re.search(shift, data))
    if charset.strip().lower() not in ("us-ascii", "ascii") or data.isascii():
        yield codec_named(charset)
    yield "utf-8"
    yield codec_named(charset_said(data))


def _decoded(data: bytes, name: str) -> Decoded | None:
    """``data`` decoded; None when it isn't in that charset."""
    try:
        return Decoded(text=_without_folds(data, name).decode(name), charset=name)
    except (UnicodeDecodeError, LookupError):
        return None


def _mended(data: bytes, name: str, *, is_said: bool = True) -> Decoded | None:
    """``data`` as UTF-8 that is damaged; None when ``name`` is another charset, or most of it is none."""
    if name != "utf-8":
        return None
    text = mended_utf8(_without_folds(data, name), is_said=is_said)
    return None if text is None else Decoded(text=text, charset=name, damaged=True)


def _replaced(data: bytes, name: str) -> Decoded:
    return Decoded(text=_without_folds(data, name).decode(name, "replace"), charset=name, damaged=True)


def _without_folds(data: bytes, name: str) -> bytes:
    """``data`` with whole lines, since a fold may cut a character in two (section 3.1); those of wide charsets are no
    such bytes."""
    return data if name.startswith(("utf-16", "utf-32")) else _FOLD.sub(b"", data)


def public_name(codec: str) -> str:
    """A charset as it is named in headers: Python's ``cp1251`` is windows-1251."""
    if found := re.fullmatch(r"cp(125[0-8]|874)", codec):
        return f"windows-{found[1]}"
    return {"cp932": "Shift_JIS", "big5hkscs": "Big5", "mac_roman": "macintosh", "cp949": "EUC-KR (cp949)"}.get(
        codec, codec.replace("iso8859_", "iso-8859-").replace("_", "-")
    )


def codec_named(charset: str) -> str:
    """Python's name of a charset of text; empty for what is none."""
    name = charset.strip().strip("\"'").lower()[:40]
    if not _KNOWN.fullmatch(name):
        return ""
    if _AS_BROWSERS.fullmatch(name):
        return "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _without_mark(data: bytes) -> str:
    """UTF-16 or UTF-32 that says so only by its zeros: a calendar begins with letters of ASCII."""
    head = data[:8]
    if head[1:4] == b"\0\0\0" == head[5:8]:
        return "utf-32-le"
    if head[:3] == b"\0\0\0" == head[4:7]:
        return "utf-32-be"
    return "utf-16-le" if head[1:4:2] == b"\0\0" else "utf-16-be" if head[:3:2] == b"\0\0" else ""
