"""The bodies of a feed's stories, up to a bound: behind it entries have a summary and an address only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dateline.domain.document import StoryDocument
from dateline.ports.index import Index
from dateline_web.stories.public import public_stories

MAX_BYTES: Final = 4_000_000
"""Of all bodies of a feed, as HTML."""

_AT_ONCE: Final = 10
"""Stories that are read at a time: they are in memory together, and may have megabytes each."""


def with_bodies(index: Index, stories: Sequence[StoryDocument]) -> tuple[StoryDocument, ...]:
    """``stories``, which are brief, in their order: whole as long as they fit, brief from the first on that doesn't.

    Raises ``IndexUnavailable``.
    """
    sizes: list[int] = []
    fitting: list[StoryDocument] = []
    while len(fitting) == len(sizes) < len(stories):
        longest, left = max(sizes, default=MAX_BYTES), MAX_BYTES - sum(sizes)
        at_once = max(1, min(_AT_ONCE, left // max(longest, 1)))
        for story in _whole(index, stories[len(sizes) :][:at_once]):
            sizes.append(len(story.body_html.encode()))
            if sum(sizes) > MAX_BYTES:
                break
            fitting.append(story)
    return (*fitting, *stories[len(fitting) :])


def _whole(index: Index, stories: Sequence[StoryDocument]) -> list[StoryDocument]:
    """What was withdrawn since it was found stays as brief as it was found."""
    whole = {story.id: story for story in public_stories(index, [story.id for story in stories])}
    return [whole.get(story.id, story) for story in stories]
