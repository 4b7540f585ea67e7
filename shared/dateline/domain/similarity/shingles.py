"""A text as the set of its shingles: the runs of words in it, each as a number."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final
from zlib import crc32

from dateline.domain.similarity.boilerplate import without_boilerplate

LENGTH: Final = 2
"""Words of a shingle."""
MOST_WORDS: Final = 5_000
"""Words of a text that are looked at: a longer one is a document, and its first pages tell it from others."""
MOST_CHARACTERS: Final = 50_000
FEWEST: Final = 20
"""Shingles without which a text is compared with none: "Photos will follow" stands under many."""
_TELLING: Final = 9
"""Bytes of a run that says anything: "of the" stands in every text."""
_THREE_BYTES: Final = 0xE0
"""How a character begins in UTF-8 that is a word or half of one."""

_UNSPACED: Final = "\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Scripts that put no space between words: each character counts as one."""
_WORD: Final = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_MIXED: Final = 0x9E3779B97F4A7C15
_64_BITS: Final = (1 << 64) - 1


def shingles_of(headline: str, body_text: str) -> Set[int]:
    """The shingles of a story, each a number of 64 bits that is the same everywhere and always; empty where there are
    too few to say anything."""
    body = without_boilerplate(body_text[:MOST_CHARACTERS])
    words = [word.encode() for word in _WORD.findall(f"{headline}\n{body}".casefold())[:MOST_WORDS]]
    runs = zip(*(words[start:] for start in range(LENGTH)), strict=False)
    found = {
        (crc32(run) * _MIXED) & _64_BITS
        for run in map(b" ".join, runs)
        if len(run) >= _TELLING or run[0] >= _THREE_BYTES
    }
    return found if len(found) >= FEWEST else frozenset()


def likeness(one: Set[int], other: Set[int]) -> float:
    """The part of all their shingles that both have (Jaccard 1901): 1 is the same text, 0 nothing in common."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
