"""The words of a text for recognising titles in it: folded, and without the endings that Cyrillic ones take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from dateline.analysis.folding import fold

_WORD: Final = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_ENDING: Final = re.compile(
    r"(?<=\w\w\w)(?:ыми|ими|ого|его|ому|ему|ами|ями|ага|яга|аму|яму|ымі|імі|амі|ямі|ах|ях|ам|ям|ом|ем|ой|ей|ою|ею"
    r"|ую|юю|ая|яя|ое|ее|ые|ие|ыя|ія|ый|ий|ых|их|ім|ым|им|ай|яй|ае|яе|ау|оу|яу|еу|ов|ев|ью|у|ю|а|я|о|е|ы|и|і|й|ь)$"
)
"""What Russian and Belarusian words end in, folded; Belarusian has no other analysis here."""
_OPENING: Final = frozenset('«“„‘"‹»')
_CLOSING: Final = frozenset('»”“’"›')


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its ``stem`` to compare by, where it stands, and whether it begins with a capital letter."""

    stem: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> list[Word]:
    """The words of a text in their order."""
    return [
        Word(stem_of(found[0]), found.start(), found.end(), found[0][0].isupper()) for found in _WORD.finditer(text)
    ]


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether what stands from ``start`` to ``end`` stands in quotation marks of its own."""
    return text[start - 1 : start] in _OPENING and start > 0 and text[end : end + 1] in _CLOSING and end < len(text)


def _plain(folded: str) -> str:
    """Without the diacritics of Latin letters, which an index folds by itself."""
    if folded.isascii():
        return folded
    plain = folded.replace("’", "'").replace("ʼ", "'").replace("ł", "l")
    if "Ѐ" <= plain[-1] <= "ӿ":
        return plain
    return "".join(one for one in normalize("NFD", plain) if not combining(one))


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """A word's form to compare by."""
    folded = _plain(fold(word).casefold()).removesuffix("'s")
    return _ENDING.sub("", folded) if "Ѐ" <= folded[-1:] <= "ӿ" else folded


def stems_of(text: str) -> frozenset[str]:
    """The stems of words that stand between spaces."""
    return frozenset(map(stem_of, text.split()))
