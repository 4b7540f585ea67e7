"""The cursor of a page by relevance: scores change while stories are written, so it names a walk.

A walk begins with the second page, which is the first that is paid for: it goes through what the index held then, in
one order, without the stories of the first page. So none comes twice, and none is missed that stood at the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from dateline.errors import InvalidInput

FIRST: Final = ""
"""In place of a walk's name: the first page's end, where none has begun."""
FORGOTTEN: Final = "-"
"""In place of a walk's name: pages follow one another by score alone."""
EDGE_PARTS: Final = 3
_EDGE: Final = slice(1, 1 + EDGE_PARTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedCursor:
    """``walk`` is the adapter's name of it; ``edge`` are score, time and id of the hit at the page's end, by which the
    next page is found where the walk is forgotten; ``seen`` are the ids of the first page."""

    walk: str
    edge: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    @classmethod
    def first(cls, seen: Iterable[object]) -> Self:
        """Of a first page with these ids."""
        return cls(walk=FIRST, seen=tuple(map(str, seen)))

    @classmethod
    def of(cls, after: tuple[str, ...]) -> Self:
        """What ``at`` gave. Raises ``InvalidInput``."""
        if len(after) < _EDGE.stop:
            raise InvalidInput("this cursor belongs to another search")
        return cls(walk=after[0], edge=after[_EDGE], seen=after[_EDGE.stop :])

    @property
    def is_walk(self) -> bool:
        """Whether a walk goes on here, so that at least the first page stands before."""
        return self.walk not in (FIRST, FORGOTTEN)

    def of_walk(self, name: str) -> Self:
        """The same in a walk of this name."""
        return replace(self, walk=name)

    def at(self, edge: tuple[str, ...]) -> tuple[str, ...]:
        """What a page gives as its ``after`` or ``before``, with its hit at that end."""
        return (self.walk, *edge, *self.seen)
