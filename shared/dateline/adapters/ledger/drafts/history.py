"""Which of a draft's texts are kept: the last ones all, and of earlier ones those that lie furthest apart in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_KEPT: Final = 50
LAST_ONES: Final = 10
"""They aren't thinned: what a slip of the hand took away a moment ago is still there."""
MOST_BYTES: Final = 4 * 1024 * 1024
"""Of all kept texts but the newest."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text that is kept: when it was saved, and how many bytes it has."""

    revision: int
    at: datetime
    size: int


def superfluous(texts: Sequence[KeptText]) -> list[int]:
    """The revisions that go, of all that are kept, oldest first. The newest stays, whatever its size."""
    left, gone = list(texts), []
    while len(left) > MOST_KEPT:
        gone.append(left.pop(_nearest(left)).revision)
    bytes_left = sum(text.size for text in left[:-1])
    while bytes_left > MOST_BYTES:
        bytes_left -= left[0].size
        gone.append(left.pop(0).revision)
    return gone


def _nearest(texts: Sequence[KeptText]) -> int:
    """The place of the text without which the widest gap in time is smallest; neither the first nor one of the last."""
    inner = range(1, len(texts) - LAST_ONES)
    return min(inner, key=lambda place: texts[place + 1].at - texts[place - 1].at)
