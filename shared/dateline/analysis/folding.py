"""Folding: the form of a text in which it is searched, the same for text and query, on every index and in highlights.

Case and diacritics don't count, nor how a letter is encoded, nor what nobody sees. An index must fold by itself what
``characters`` leaves alone: case, and the diacritics of Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from dateline.analysis.characters import HEBREW_ABBREVIATION, INVISIBLE, folded_character, plain_characters
from dateline.analysis.marking import Span
from dateline.analysis.unspaced import CLUSTER_BEFORE_A_WORD, has_unspaced, set_apart

VERSION: Final = 1
"""A change of what text becomes is another version: an index made with the one can't be searched with the other."""


class _Characters(dict[int, str]):
    """A table that learns each character when it is first met."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = set_apart(folded_character(chr(point)))
        return folded


_FOLDED: Final = _Characters()
_MAY_CHANGE: Final = re.compile(f"[^{plain_characters()}]")

_APOSTROPHE: Final = re.compile(r"['’‛ʼ＇](?=[^\W\d_]{2})")
_ELIDED: Final = frozenset(
    {
        "c", "d", "j", "l", "m", "n", "s", "t", "v", "qu", "lorsqu", "puisqu", "quoiqu", "jusqu", "un", "all", "coll",
        "dall", "dell", "nell", "pell", "sull", "gl", "agl", "dagl", "degl", "negl", "sugl", "quell", "quest",
    }
)  # fmt: skip
"""What French and Italian (and Catalan) write without its vowel before a word: l’, qu’, dell’."""
MAX_ELIDED: Final = max(map(len, _ELIDED))

_HALF_WIDTH_KANA: Final = re.compile("[ｶ-ﾎｳ][ﾞﾟ]")


def composed(text: str) -> str:
    """The text in NFC: what is folded, and what highlights show."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The form of a text in which it is searched. Folding it again changes nothing that is searched."""
    if text.isascii():
        return _without_elisions(text, "") if "'" in text else text
    text = _without_elisions(composed(text), "")
    if _MAY_CHANGE.search(text) is None:
        return text
    text = _joined_hebrew(text)
    if has_unspaced(text):
        return "".join(_pieces(text))
    return _MAY_CHANGE.sub(_folded_match, text)


def _folded_match(found: re.Match[str]) -> str:
    return _FOLDED[ord(found[0])]


def _pieces(text: str) -> list[str]:
    """What each character becomes."""
    pieces = [_FOLDED[ord(char)] for char in text]
    for pair in _HALF_WIDTH_KANA.finditer(text):
        pieces[pair.start()], pieces[pair.start() + 1] = set_apart(unicodedata.normalize("NFKC", pair[0])), ""
    for cluster in CLUSTER_BEFORE_A_WORD.finditer(text):
        pieces[cluster.end() - 1] += " "
    return pieces


def _without_elisions(text: str, filler: str) -> str:
    """The text with ``filler`` for each character of its elided articles and pronouns."""
    kept, at = [], 0
    for apostrophe in _APOSTROPHE.finditer(text):
        end = apostrophe.start()
        if length := _elided_before(text, end):
            kept += [text[at : end - length], filler * (length + 1)]
            at = end + 1
    return "".join([*kept, text[at:]]) if kept else text


def _elided_before(text: str, end: int) -> int:
    """How long the elided word is that ends at an apostrophe; 0 when there is none."""
    for length in range(1, min(end, MAX_ELIDED) + 1):
        before = text[end - length - 1 : end - length] if length < end else ""
        if not (before.isalnum() or before == "_"):
            word = text[end - length : end].lower()
            return length if word in _ELIDED and before not in ("'", "’") else 0
    return 0


def _joined_hebrew(text: str) -> str:
    """Abbreviations such as צה"ל as one word, whichever quotation mark is typed for the gershayim."""
    return HEBREW_ABBREVIATION.sub(INVISIBLE, text)


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

    def _character(self, place: int) -> int:
        """The character that gave what stands at ``place``: the last of those that begin there or before."""
        return bisect_right(self.starts, place) - 1


def _belongs_to_what_precedes(char: str) -> bool:
    return not _FOLDED[ord(char)] and unicodedata.category(char)[0] == "M"


def align(text: str) -> Alignment:
    """A text and its folded form, place by place."""
    original = composed(text)
    pieces = _pieces(_joined_hebrew(_without_elisions(original, INVISIBLE)))
    starts = accumulate((len(piece) for piece in pieces[:-1]), initial=0)
    return Alignment(original=original, folded="".join(pieces), starts=tuple(starts))
