"""Folding: the form in which names are compared, kept in step with the text so that offsets can be carried back.

Every code point becomes exactly one: letters and digits their lower-case base letter (İ → i, é → e), the rest a
space. So a place in the folded text is the same place in the text, and a word always stands between spaces. Code
points that nobody sees as letters (combining marks, soft hyphens, direction marks) become ``UNSEEN``; the reader
takes them out.
"""

from __future__ import annotations

import unicodedata
from typing import Final

UNSEEN: Final = "\x02"
"""Stands for a code point that is no letter of its own."""

BOUNDARY: Final = "\x01"
"""Stands between the fields of a text; no name reaches over it."""

_BMP_END: Final = 0x10000
_LETTER_APOSTROPHE: Final = "\u02bc"
"""A letter to Unicode; texts have it for the apostrophe, which no name is looked up with."""
_PLAIN: Final = dict(zip("ıłŁøØđĐħßþÞ", "ilLoOdDhstT", strict=True))
"""Letters that Unicode does not take apart, and what newspapers write for them."""
_CYRILLIC: Final = range(0x0400, 0x0530)


class _FoldTable(dict[int, int]):
    """A table for ``str.translate`` that learns each code point when it is first met."""

    def __missing__(self, point: int) -> int:
        folded = _folded_point(point)
        if point < _BMP_END:
            self[point] = folded
        return folded


def _folded_point(point: int) -> int:
    char = chr(point)
    if point == ord(BOUNDARY):
        return point
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return ord(UNSEEN)
    if not char.isalnum() or char == _LETTER_APOSTROPHE:
        return ord(" ")
    lower = _base_letter(char).lower()
    return ord(lower if len(lower) == 1 else lower[0])


def _base_letter(char: str) -> str:
    """The letter without its marks; Cyrillic й and ў are letters of their own, ё is often written е."""
    if ord(char) in _CYRILLIC:
        return "е" if char in "ёЁ" else char
    return _PLAIN.get(char) or unicodedata.normalize("NFKD", char)[0]


_TABLE: Final = _FoldTable()
_ASCII: Final = {point: _folded_point(point) for point in range(128)}
_PUNCTUATION: Final = tuple("’‘“”—–…«»\u00a0")
"""What English prose has beyond ASCII; without it the fast path does."""


def folded(text: str) -> str:
    """The folded text, of the same length."""
    if not text.isascii():
        plain = text
        for mark in _PUNCTUATION:
            plain = plain.replace(mark, " ")
        if not plain.isascii():
            return plain.translate(_TABLE)
        text = plain
    return text.translate(_ASCII)


def phrase(text: str) -> str:
    """A name as it would stand in a folded text, without what surrounds it."""
    return folded(unicodedata.normalize("NFC", text)).replace(UNSEEN, "").strip()
