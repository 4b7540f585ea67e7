"""A three-way merge of lists: what only one side changed is taken, what both changed is disputed.

As diff3 does it (Khanna, Kunal and Pierce: A Formal Investigation of Diff3, 2007), but that neighbours don't touch: one
side may change a paragraph, and the other the next one, or add one behind it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Generic, TypeVar

T = TypeVar("T", bound=Hashable)

MOST_COMPARED: Final = 1_000_000
"""Pairs that are compared, after what both begin and end with; lists with more changed throughout."""


@dataclass(frozen=True, slots=True)
class Agreed(Generic[T]):
    """What stands in the merged list."""

    parts: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Disputed(Generic[T]):
    """What both sides changed, each its own way."""

    base: tuple[T, ...]
    mine: tuple[T, ...]
    theirs: tuple[T, ...]


Stretch = Agreed[T] | Disputed[T]


def merge3(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> list[Stretch[T]]:
    """The merge of what two made of ``base``, in the order of the text."""
    joined: list[Stretch[T]] = []
    for stretch in _stretches(base, mine, theirs):
        before = joined[-1] if joined else None
        if isinstance(stretch, Agreed) and not stretch.parts:
            continue
        if isinstance(before, Agreed) and isinstance(stretch, Agreed):
            joined[-1] = Agreed(before.parts + stretch.parts)
        else:
            joined.append(stretch)
    return joined


@dataclass(frozen=True, slots=True)
class _Hunk:
    """What one side did: ``new`` parts in the place of those from ``start`` to ``end`` of the base."""

    is_mine: bool
    start: int
    end: int
    new: int


@dataclass(slots=True)
class _Cluster:
    """Hunks that touch: they stand in each other's way, unless they are of one side."""

    start: int
    end: int
    hunks: list[_Hunk]

    def touches(self, other: _Hunk) -> bool:
        """Whether both take the same parts, or add in the same place."""
        if self.start == self.end or other.start == other.end:
            return (self.start == other.start and self.end == other.end) or self.start < other.start < self.end
        return other.start < self.end

    def length(self, *, is_mine: bool) -> int:
        """How many parts a side has here."""
        own = (one for one in self.hunks if one.is_mine == is_mine)
        return self.end - self.start + sum(one.new - (one.end - one.start) for one in own)


def _stretches(base: Sequence[T], mine: Sequence[T], theirs: Sequence[T]) -> Iterator[Stretch[T]]:
    """What nobody touched, and in between what somebody did."""
    at = here = there = 0
    hunks = [*_hunks(base, mine, is_mine=True), *_hunks(base, theirs, is_mine=False)]
    for cluster in _clusters(sorted(hunks, key=lambda one: (one.start, one.end))):
        same = cluster.start - at
        yield Agreed(tuple(mine[here : here + same]))
        here, there = here + same, there + same
        mine_to, theirs_to = here + cluster.length(is_mine=True), there + cluster.length(is_mine=False)
        stretch = base[cluster.start : cluster.end], mine[here:mine_to], theirs[there:theirs_to]
        yield _resolved(*map(tuple, stretch))
        at, here, there = cluster.end, mine_to, theirs_to
    yield Agreed(tuple(mine[here:]))


def _clusters(hunks: Sequence[_Hunk]) -> Iterator[_Cluster]:
    cluster: _Cluster | None = None
    for hunk in hunks:
        if cluster and cluster.touches(hunk):
            cluster.hunks.append(hunk)
            cluster.end = max(cluster.end, hunk.end)
            continue
        if cluster:
            yield cluster
        cluster = _Cluster(hunk.start, hunk.end, [hunk])
    if cluster:
        yield cluster


def _resolved(base: tuple[T, ...], mine: tuple[T, ...], theirs: tuple[T, ...]) -> Stretch[T]:
    if mine in (base, theirs):
        return Agreed(theirs)
    return Agreed(mine) if theirs == base else Disputed(base, mine, theirs)


def _hunks(base: Sequence[T], changed: Sequence[T], *, is_mine: bool) -> Iterator[_Hunk]:
    """What a side did; as many parts in the place of as many are changed one by one."""
    places = _places(base, changed)
    at = there = 0
    for place in [*sorted(places), len(base)]:
        to = places.get(place, len(changed))
        if place - at == to - there:
            yield from (_Hunk(is_mine, one, one + 1, 1) for one in range(at, place))
        else:
            yield _Hunk(is_mine, at, place, to - there)
        at, there = place + 1, to + 1


def _places(base: Sequence[T], changed: Sequence[T]) -> Mapping[int, int]:
    """Where parts of ``base`` stand in ``changed``; in the same order."""
    start, least = 0, min(len(base), len(changed))
    while start < least and base[start] == changed[start]:
        start += 1
    end = 0
    while end < least - start and base[-1 - end] == changed[-1 - end]:
        end += 1
    same = {place: place for place in range(start)}
    same |= {len(base) - back: len(changed) - back for back in range(1, end + 1)}
    old, new = base[start : len(base) - end], changed[start : len(changed) - end]
    if len(old) * len(new) <= MOST_COMPARED:
        for block in SequenceMatcher(None, old, new).get_matching_blocks():
            same |= {start + block.a + step: start + block.b + step for step in range(block.size)}
    return same
