"""Folding: the form of a text in which it is searched, the same for text and query, on every index and in highlights.

Case and diacritics don't count, nor how a letter is encoded, nor what nobody sees. An index must fold by itself what
``characters`` leaves alone: case, and the diacritics of Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from dateline.analysis.apostrophes import without_elisions_and_endings
from dateline.analysis.characters import (
    ANUSVARA,
    ARMENIAN_YIWN,
    HEBREW_ABBREVIATION,
    HEBREW_LETTER,
    HEBREW_QUOTED,
    HOMORGANIC_NASAL,
    INVISIBLE,
    MARKS,
    PERSIAN_PREFIX,
    SPLIT_AM,
    VIRAMA,
    YIWN,
    folded_character,
    latin_ligatures,
    plain_characters,
)
from dateline.analysis.marking import Span
from dateline.analysis.unspaced import (
    CLUSTER_BEFORE_A_WORD,
    INITIALS_BEFORE_A_POINT,
    PHINTHU,
    READING,
    STACKED,
    UNSPACED,
    WORD_WITH_READINGS,
    has_unspaced,
    joined_initials,
    set_apart,
)

VERSION: Final = 3
"""A change of what text becomes is another version: an index made with the one can't be searched with the other."""


class _Characters(dict[int, str]):
    """A table that learns each character when it is first met."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = set_apart(folded_character(char))
        if not has_unspaced(char):
            folded = _UNSPACED.sub(r"\g<0> ", folded)  # ㍿: a letter would be looked at with what follows
        self[point] = folded
        return folded


_FOLDED: Final = _Characters()
_MAY_CHANGE: Final = re.compile(f"[^{plain_characters()}]")

_PREFIX: Final = "می "
_ARABIC_PREFIX: Final = "مي "
"""Of Persian verbs (``PERSIAN_PREFIX``), and the same in letters that stay what they are."""

_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_LETTER: Final = rf"[^\W\d_{UNSPACED}]"
_INITIAL: Final = rf"(?<![\w{MARKS}]){_LETTER}"
_POINT: Final = re.compile(
    rf"\.(?={_LETTER}(?:{_LETTER}|[{MARKS}])|[{latin_ligatures()}])(?:(?<={_INITIAL}\.)|(?<={_INITIAL}[{MARKS}]\.))"
)
_POINT_INSIDE_INITIALS: Final = re.compile(rf"\.(?={_LETTER}(?![\w{MARKS}]))(?<={_INITIAL}\.)")
_COLON: Final = re.compile(rf":(?={_LETTER})(?<={_LETTER}:)")
"""A name glued to its initials (А.С.Пушкин), an ending behind a colon (EU:n): one index parts them, and so must all."""

_GEMINATE: Final = re.compile("(?<=[lL])·(?=[lL])")
_HALF_WIDTH_KANA: Final = re.compile("[ｶ-ﾎｳ][ﾞﾟ]")


def composed(text: str) -> str:
    """The text in NFC: what is folded, and what highlights show."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The form of a text in which it is searched. Folding it again changes nothing that is searched."""
    text = _with_points(text)
    return _POINT_INSIDE_INITIALS.sub("", text) if "." in text else text


def _with_points(text: str) -> str:
    if text.isascii():
        return _apart(without_elisions_and_endings(text, "") if "'" in text else text)
    text = _apart(without_elisions_and_endings(composed(text), ""))
    if _MAY_CHANGE.search(text) is None and _ARABIC_PREFIX not in text:
        return text
    text = _respelt(text)
    if has_unspaced(text):
        return "".join(_pieces(text))
    return _MAY_CHANGE.sub(_folded_match, text)


def _apart(text: str) -> str:
    text = _POINT.sub(". ", text)
    return _COLON.sub(": ", text) if ":" in text else text


def _folded_match(found: re.Match[str]) -> str:
    return _FOLDED[ord(found[0])]


def _pieces(text: str) -> list[str]:
    """What each character becomes."""
    pieces = [_FOLDED[ord(char)] for char in text]
    for pair in _HALF_WIDTH_KANA.finditer(text):
        pieces[pair.start()], pieces[pair.start() + 1] = set_apart(unicodedata.normalize("NFKC", pair[0])), ""
    for cluster in CLUSTER_BEFORE_A_WORD.finditer(text):
        pieces[cluster.end() - 1] += " "
    for initials in INITIALS_BEFORE_A_POINT.finditer(text):
        for place in range(initials.start() + 1, initials.end() - 1):
            pieces[place] = PHINTHU + text[place]
    for word in WORD_WITH_READINGS.finditer(text):
        _move_readings_behind(word, pieces)
    if PHINTHU in text:
        for letter in STACKED.finditer(text):
            pieces[letter.end() - 1] = pieces[letter.end() - 1].lstrip()
    return pieces


def _move_readings_behind(word: re.Match[str], pieces: list[str]) -> None:
    """Make one word of 東京(とうきょう)都, with the reading behind it."""
    for reading in READING.finditer(word[0]):
        place = slice(word.start() + reading.start(), word.start() + reading.end())
        pieces[word.end() - 1] += f" {''.join(pieces[place])} "
        pieces[place] = [""] * len(reading[0])


def _respelt(text: str) -> str:
    """The text, as long as it is, with one spelling of what is spelt in two ways.

    Abbreviations such as צה"ל are one word, whichever quotation mark is typed for the gershayim, and so are Thai
    initials, Catalan words with l·l and Persian verbs; the nasal before a consonant of its own place is the dot of
    Devanagari, Armenian եւ is և, and the ring of Thai "am" stands behind the tone.

    What a text has no letter of isn't looked for: these expressions go through it slowly.
    """
    if HEBREW_LETTER.search(text):
        text = HEBREW_QUOTED.sub(r"\1 \2\3", text)
        text = HEBREW_ABBREVIATION.sub(_unseen, text)
    if _PREFIX in text or _ARABIC_PREFIX in text:
        text = PERSIAN_PREFIX.sub(r"\1" + INVISIBLE, text)
    if YIWN in text or YIWN.upper() in text:
        text = ARMENIAN_YIWN.sub("վ", text)
    text = _GEMINATE.sub(INVISIBLE, text) if "·" in text else text
    if VIRAMA in text:
        text = HOMORGANIC_NASAL.sub(lambda nasal: ANUSVARA.ljust(len(nasal[0]), INVISIBLE), text)
    return joined_initials(SPLIT_AM.sub(r"\2\1", text)) if has_unspaced(text) else text


def _unseen(found: re.Match[str]) -> str:
    return INVISIBLE * len(found[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A folded text beside the (composed) text it was made from."""

    original: str
    folded: str
    starts: tuple[int, ...]
    """Where each character of the original begins in the folded text."""

    def span(self, start: int, end: int) -> Span:
        """Where in the original a stretch of the folded text stands, with the marks of its last letter."""
        first, last = self._character(start), self._character(end - 1) + 1
        while last < len(self.original) and _belongs_to_what_precedes(self.original[last]):
            last += 1
        return first, last

    def passage(self, start: int, end: int) -> Span:
        """Where in the original a stretch of whole words stands, with what folding took out before and behind them."""
        first, last = self.span(start, end)
        if not self.folded[:start] or self.folded[start - 1].isspace():
            first = min(first, bisect_left(self.starts, start))
        if end == len(self.folded):
            last = len(self.original)
        elif not self.folded[end - 1].isspace():
            last = max(last, bisect_right(self.starts, end) - 1)
        return first, last

    def _character(self, place: int) -> int:
        """The character that gave what stands at ``place``: the last of those that begin there or before."""
        return bisect_right(self.starts, place) - 1


def _belongs_to_what_precedes(char: str) -> bool:
    return not _FOLDED[ord(char)] and unicodedata.category(char)[0] == "M"


def align(text: str) -> Alignment:
    """A text and its folded form, place by place."""
    original = composed(text)
    text = without_elisions_and_endings(original, INVISIBLE)
    pieces = _pieces(_respelt(text))
    for glued in (_POINT, _COLON):
        for sign in glued.finditer(text):
            pieces[sign.start()] += " "
    _take_out_points(pieces)
    return Alignment(original=original, folded="".join(pieces), starts=_starts(pieces))


def _take_out_points(pieces: list[str]) -> None:
    """Those inside initials."""
    starts = _starts(pieces)
    for point in reversed(list(_POINT_INSIDE_INITIALS.finditer("".join(pieces)))):
        piece = bisect_right(starts, point.start()) - 1
        at = point.start() - starts[piece]
        pieces[piece] = pieces[piece][:at] + pieces[piece][at + 1 :]


def _starts(pieces: list[str]) -> tuple[int, ...]:
    return tuple(accumulate((len(piece) for piece in pieces[:-1]), initial=0))
