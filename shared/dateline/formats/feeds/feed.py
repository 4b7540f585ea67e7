"""What a feed has: entries in its own order, each a story in the shape in which one is sent as JSON, or ninjs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

MOST_ENTRIES: Final = 200
"""How many entries of a feed are read, from its beginning: feeds have their newest there."""
MOST_IN_ID: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry. ``id`` is its guid; ``story`` what it says, but for its source and id; ``ninjs`` the object it is,
    in a list of those. ``dated_by_version``: the date is when it was changed last, as far as the feed says."""

    id: str
    story: Mapping[str, Any] = field(default_factory=dict)
    ninjs: Mapping[str, Any] | None = None
    dated_by_version: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The entries of a feed, each id once; ``left_out`` more were not read."""

    entries: tuple[FeedEntry, ...]
    left_out: int = 0


def feed_of(entries: Iterable[FeedEntry], count: int) -> Feed:
    """A feed of ``count`` entries, of which ``entries`` gives the first. Of those with one id the first counts: a
    second would be its correction, and the first one that one's at the next pull."""
    first: dict[str, FeedEntry] = {}
    for _, entry in zip(range(MOST_ENTRIES), entries, strict=False):
        first.setdefault(entry.id, entry)
    return Feed(entries=tuple(first.values()), left_out=max(0, count - MOST_ENTRIES))


def kept_id(guid: str) -> str:
    """The id of an entry as an external id can be kept: of a longer one its digest."""
    return guid if len(guid) <= MOST_IN_ID else f"sha256:{sha256(guid.encode('utf-8', 'replace')).hexdigest()}"
