"""How alike two titles are, whatever forms their words have: for what is called nearly the same twice."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

STEM: Final = 5
"""Letters by which words are compared: endings of Russian and Belarusian, and plurals, are behind them."""
_WORD: Final = re.compile(r"[^\W_]+")
_SMALL: Final = frozenset({
    "the", "and", "for", "with", "will", "from", "into", "about", "this", "that", "year", "new", "новый", "для",
    "как", "что", "это", "его", "при", "или", "над", "под", "без", "пра", "што", "гэта", "яго", "які", "пад", "праз",
})  # fmt: skip


def title_stems(title: str) -> frozenset[str]:
    """The beginnings of the telling words of a title, and its numbers."""
    words = _WORD.findall(_plain(title))
    return frozenset(word[:STEM] for word in words if (len(word) > 2 or word.isdigit()) and word not in _SMALL)


def title_likeness(one: str, other: str) -> float:
    """From 0 to 1: the words that both have, of those that the shorter has and, less, of those that the longer has."""
    here, there = title_stems(one), title_stems(other)
    if not here or not there:
        return 0.0
    shared = len(here & there)
    least, most = sorted((len(here), len(there)))
    return 0.7 * shared / max(least, 2) + 0.3 * shared / most


def _plain(title: str) -> str:
    """Without case and marks on letters."""
    return "".join(char for char in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(char))


def title_beginnings(title: str) -> frozenset[str]:
    """The beginnings of the telling words of a title as it is written, but for case: to look for them in others."""
    words = _WORD.findall(title.casefold())
    return frozenset(word[:STEM] for word in words if len(word) > 3 and _plain(word) not in _SMALL)
