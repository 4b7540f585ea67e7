"""The stories that a term would be given to, or taken from, and how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

MOST_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedStory:
    """A story that the term would be given to, or taken from, and the words that it comes from."""

    id: str
    headline: str
    published_at: datetime
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedStories:
    """How many stories, and the newest of them."""

    count: int = 0
    items: tuple[TouchedStory, ...] = ()

    @classmethod
    def of(cls, found: Sequence[TouchedStory], examined: int, candidates: int) -> TouchedStories:
        """Those ``found`` among the ``examined`` of so many candidates; where not all were, their number is worked
        out."""
        count = len(found) if examined >= candidates else round(len(found) * candidates / max(examined, 1))
        newest = sorted(found, key=lambda story: (story.published_at, story.id), reverse=True)
        return cls(count=count, items=tuple(newest[:MOST_LISTED]))


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPreview:
    """The stories that gain and lose a term.

    Of ``candidates``, which may, so many were ``examined``. ``complete``: they are all that there are, and the counts
    are exact. ``at_least``: there was no time to find all candidates. ``archive``: they are of the whole archive, and
    not just of the newest stories.
    """

    gain: TouchedStories
    lose: TouchedStories
    examined: int
    candidates: int
    complete: bool
    at_least: bool = False
    archive: bool = False
