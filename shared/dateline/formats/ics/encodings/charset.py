"""The characters of a calendar: UTF-8 as RFC 5545 section 3.1.4 says, else what old programs wrote it in.

A byte order mark says it, else the charset of the request, else charset-normalizer guesses from the lines that are not
ASCII.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from charset_normalizer import from_bytes

MOST_GUESSED_FROM: Final = 20_000

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
_FOREIGN_WORD: Final = re.compile(rb"[\x80-\xff]{3}")
_LETTERS: Final = ("cp1252", "cp1250", "cp1254", "cp1257")
"""Charsets of Latin letters, in which a letter with a mark stands among plain ones; the likeliest first."""
_SCRIPTS: Final = (
    "cp1251", "koi8_r", "cp1253", "shift_jis", "euc_jp", "gb18030", "euc_kr", "big5", "cp1255", "cp1256", "cp874",
)  # fmt: skip


def read_text(data: bytes, charset: str = "") -> tuple[str, str]:
    """The text of a calendar, and the name of the charset it was in. ``charset`` is what the request says."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _folded_or(data[len(mark) :], name) or (data.decode(name, "replace"), name)
    tried = [codec_named(charset), "utf-8", _without_mark(data)]
    for name in filter(None, tried):
        if found := _folded_or(data, name):
            return found
    name = _guess(data)
    return data.decode(name, "replace"), name


def _folded_or(data: bytes, name: str) -> tuple[str, str] | None:
    """``data`` decoded; None when it isn't in that charset. A fold may cut a character in two (section 3.1)."""
    wide = name.startswith(("utf-16", "utf-32"))
    try:
        return (data if wide else _FOLD.sub(b"", data)).decode(name), name
    except (UnicodeDecodeError, LookupError):
        return None


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
    """UTF-16 that says so only by its zeros."""
    head = data[:4]
    return "utf-16-le" if head[1::2] == b"\0\0" else "utf-16-be" if head[::2] == b"\0\0" else ""


def _guess(data: bytes) -> str:
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    sample = b"\n".join(lines)[:MOST_GUESSED_FROM]
    words = re.findall(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*", sample)
    foreign = sum(1 for word in words if _FOREIGN_WORD.search(word))
    order = _SCRIPTS if 2 * foreign >= len(words) else _LETTERS
    matches = {match.encoding: match.chaos for match in from_bytes(sample, cp_isolation=list(order))}
    least = min(matches.values(), default=1.0)
    likely = [name for name in order if matches.get(name, 2.0) <= least]
    return next((name for name in likely if not _odd(sample, name)), likely[0] if likely else order[0])


def _odd(sample: bytes, name: str) -> bool:
    """Whether signs stand within words: '£ódŸ' is 'Łódź' in another charset."""
    return re.search(r"[^\W\d_][£¹³¿¼¾¥©®]|[£¹³¿¼¾¥©®][^\W\d_]", sample.decode(name, "replace")) is not None
