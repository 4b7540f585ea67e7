"""The part of a long text in which matches are marked: marking all of it would take longer than a reader waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dateline.ports.index import MARKED_LENGTH

FURTHER: Final = 2
"""Parts that are tried where nothing matched at the beginning."""
BEFORE: Final = 200
"""Characters before a match that are shown with it, more than enough."""
ENDING: Final = 3
"""Letters at the end of a word that may differ from what was typed."""
LONGEST_WORD: Final = 100
MAX_WORDS: Final = 20
"""Of a query, that are looked for in all of a text."""


def excerpts(text: str, words: Sequence[str]) -> Iterator[str]:
    """The beginning of ``text``, then parts from where one of ``words`` (in lower case) may stand; each is bounded."""
    yield _cut(text, 0)
    lowered = text.lower()
    stems = [word[: max(2, len(word) - ENDING)] if len(word) > ENDING else word for word in words[:MAX_WORDS]]
    at = MARKED_LENGTH - LONGEST_WORD
    for _ in range(FURTHER):
        places = [place for stem in stems if (place := lowered.find(stem, at)) >= 0]
        if not places:
            return
        start = max(0, min(places) - BEFORE)
        yield _cut(text, start)
        at = start + MARKED_LENGTH - LONGEST_WORD


def _cut(text: str, start: int) -> str:
    """The part from ``start`` on, of whole words."""
    part = text[start : start + MARKED_LENGTH]
    first = part.find(" ", 0, LONGEST_WORD) + 1 if start else 0
    last = part.rfind(" ", len(part) - LONGEST_WORD) if start + len(part) < len(text) else -1
    return part[first : last if last > 0 else len(part)]
